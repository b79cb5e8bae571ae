import type { Knex } from 'knex';
import { readClock } from '../clock/clock';

/** How much waits in each of the places where things wait. */
export type QueueDepths = Record<'messages' | 'due' | 'owed' | 'webhooks' | 'tasks', number>;

export async function queueDepths(knex: Knex): Promise<QueueDepths> {
  const { now } = await readClock(knex);
  const { rows } = await knex.raw<{ rows: QueueDepths[] }>(
    `SELECT (SELECT count(*) FROM messages WHERE state IN ('queued', 'sending', 'unknown'))::int AS messages,
            (SELECT count(*) FROM collections WHERE state = 'active' AND next_at <= ?)::int AS due,
            (SELECT count(*) FROM collections WHERE planned_seq < requested_seq)::int AS owed,
            (SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting')::int AS webhooks,
            (SELECT count(*) FROM tasks WHERE state IN ('open', 'claimed'))::int AS tasks`,
    [new Date(now)],
  );
  return rows[0]!;
}
