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

/** Leases deliveries whose time has come, oldest first. A process that dies with them gives them back by the lease's end. */
export async function leaseDeliveries(knex: Knex, limit: number, leaseMs: number): Promise<LeasedDelivery[]> {
  const { rows } = await knex.raw<{ rows: LeasedDelivery[] }>(
    `UPDATE webhook_deliveries d SET attempts = d.attempts + 1, leased_until = now() + ? * interval '1 millisecond'
     FROM webhook_endpoints e
     WHERE e.id = d.endpoint_id AND d.id IN (
       SELECT w.id FROM webhook_deliveries w JOIN webhook_endpoints a ON a.id = w.endpoint_id AND a.active
       WHERE w.state = 'waiting' AND w.next_attempt_at <= now() AND (w.leased_until IS NULL OR w.leased_until <= now())
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
