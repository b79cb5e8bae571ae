import type { Knex } from 'knex';

/** What somebody takes is offered by nobody else for so long. A hand-over that lasts longer is begun again by somebody else, which its message's own state makes harmless. */
const leaseMs = 60_000;

/** Takes messages of a run whose time to be offered has come, the longest waiting first. Somebody who dies with them gives them back when the lease ends. */
export async function takeOffers(knex: Knex, runId: number, limit: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { message_id: string }[] }>(
    `UPDATE campaign_acts a SET offer_at = now() + :leaseMs::integer * interval '1 millisecond'
     FROM (SELECT run_id, customer_id, step FROM campaign_acts WHERE run_id = :runId AND offer_at <= now() ORDER BY offer_at, customer_id LIMIT :limit FOR UPDATE SKIP LOCKED) t
     WHERE a.run_id = t.run_id AND a.customer_id = t.customer_id AND a.step = t.step RETURNING a.message_id`, { runId, limit, leaseMs });
  return rows.map(({ message_id }) => message_id);
}

/** What became of an offer: null where the message has ended, otherwise in how long it is to be offered again. */
export interface OfferOutcome {
  messageId: string;
  againInMs: number | null;
}

export async function settleOffers(knex: Knex, outcomes: readonly OfferOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ messageId, againInMs }) => ({ message_id: messageId, ms: againInMs }));
  await knex.raw(
    `UPDATE campaign_acts a SET offer_at = now() + t.ms * interval '1 millisecond' FROM jsonb_to_recordset(?::jsonb) AS t (message_id uuid, ms float8) WHERE a.message_id = t.message_id`, [JSON.stringify(rows)]);
}

/** In how long the next message of a run is to be offered, 0 when one is now; null when none is. What others have taken counts with the end of their lease. */
export async function nextOfferInMs(knex: Knex, runId: number): Promise<number | null> {
  const { rows } = await knex.raw<{ rows: { ms: number | null }[] }>(
    `SELECT CASE WHEN min(offer_at) IS NOT NULL THEN greatest(0, ceil(extract(epoch FROM min(offer_at) - now()) * 1000))::float8 END AS ms FROM campaign_acts WHERE run_id = ? AND offer_at IS NOT NULL`, [runId]);
  return rows[0]?.ms ?? null;
}
