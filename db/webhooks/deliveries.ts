import type { Knex } from 'knex';

/** A delivery that this process has leased: nobody else attempts it before the lease ends. */
export interface LeasedDelivery {
  id: string;
  event: string;
  body: string;
  url: string;
  secret: string;
  /** This attempt included. */
  attempts: number;
}

/**
 * Ends what was overtaken: that a hold was placed is no news once it is released. Whoever would be told of it after all would lock a customer who has paid.
 * An attempt that is under way is left to end; the release waits for it.
 */
async function supersede(knex: Knex): Promise<void> {
  await knex.raw(
    `UPDATE webhook_deliveries p SET state = 'superseded', leased_until = NULL
     WHERE p.state = 'waiting' AND p.event = 'hold.placed' AND (p.leased_until IS NULL OR p.leased_until <= now())
       AND (EXISTS (SELECT FROM webhook_deliveries r WHERE r.endpoint_id = p.endpoint_id AND r.subject = p.subject AND r.event = 'hold.released')
         OR EXISTS (SELECT FROM holds h WHERE h.key = p.subject AND h.released_at IS NOT NULL))`);
}

/** Leases deliveries whose time has come, oldest first; of one hold never its release while it is still being told that it was placed. A process that dies with them gives them back by the lease's end. */
export async function leaseDeliveries(knex: Knex, limit: number, leaseMs: number): Promise<LeasedDelivery[]> {
  await supersede(knex);
  const { rows } = await knex.raw<{ rows: LeasedDelivery[] }>(
    `UPDATE webhook_deliveries d SET attempts = d.attempts + 1, leased_until = now() + ? * interval '1 millisecond'
     FROM webhook_endpoints e
     WHERE e.id = d.endpoint_id AND d.id IN (
       SELECT w.id FROM webhook_deliveries w JOIN webhook_endpoints a ON a.id = w.endpoint_id AND a.active
       WHERE w.state = 'waiting' AND w.next_attempt_at <= now() AND (w.leased_until IS NULL OR w.leased_until <= now())
         AND NOT EXISTS (SELECT FROM webhook_deliveries p WHERE w.event = 'hold.released' AND p.endpoint_id = w.endpoint_id AND p.subject = w.subject AND p.event = 'hold.placed' AND p.state = 'waiting')
       ORDER BY w.next_attempt_at LIMIT ? FOR UPDATE OF w SKIP LOCKED
     )
     RETURNING d.id, d.event, d.body, e.url, e.secret, d.attempts`,
    [leaseMs, limit],
  );
  return rows;
}

export async function recordDelivered(knex: Knex, id: string): Promise<void> {
  await knex('webhook_deliveries').where({ id }).update({ state: 'delivered', delivered_at: knex.fn.now(), leased_until: null, last_error: null });
}

/** `retryAfterMs` null: given up. */
export async function recordFailure(knex: Knex, id: string, reason: string, retryAfterMs: number | null): Promise<void> {
  const outcome = retryAfterMs === null ? { state: 'failed' } : { next_attempt_at: knex.raw(`now() + ? * interval '1 millisecond'`, [retryAfterMs]) };
  await knex('webhook_deliveries').where({ id, state: 'waiting' }).update({ ...outcome, leased_until: null, last_error: reason });
}
