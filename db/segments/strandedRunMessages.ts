import type { Knex } from 'knex';

/**
 * The newest messages of a segment's runs that nobody has begun to hand over: whoever queued them last may have died before passing them on. What is older has been passed on, and waits for its
 * provider. To hand one over twice does no harm.
 */
export async function strandedRunMessages(knex: Knex, segmentId: number, limit: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    // Members are decided on by their ids, and on a manual clock all at one instant.
    `SELECT m.id FROM messages m JOIN segment_decisions d ON d.customer_id = m.customer_id AND d.message_id = m.id JOIN segment_runs r ON r.id = d.run_id
     WHERE m.source IN ('segment', 'statement') AND m.state = 'queued' AND r.segment_id = ?
     ORDER BY m.queued_at DESC, r.id DESC, m.customer_id DESC LIMIT ?`, [segmentId, limit]);
  return rows.map(({ id }) => id);
}
