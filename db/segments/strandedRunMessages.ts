import type { Knex } from 'knex';

/** Messages of a segment's runs that nobody has begun to hand over: whoever queued them may have died before passing them on. To hand one over twice does no harm. */
export async function strandedRunMessages(knex: Knex, segmentId: number, limit: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    `SELECT m.id FROM messages m WHERE m.source IN ('segment', 'statement') AND m.state = 'queued'
       AND EXISTS (SELECT FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id WHERE r.segment_id = ? AND d.customer_id = m.customer_id AND d.message_id = m.id)
     ORDER BY m.queued_at, m.id LIMIT ?`, [segmentId, limit]);
  return rows.map(({ id }) => id);
}
