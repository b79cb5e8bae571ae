import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { SegmentDecisionRow } from '../../domain/simulation/segments';

/** What the runs of segments came to for each customer, as a simulation tells it. */
export async function readSegmentDecisionRows(knex: Knex, from: LocalDate, to: LocalDate): Promise<SegmentDecisionRow[]> {
  const { rows } = await knex.raw<{ rows: (Omit<SegmentDecisionRow, 'at'> & { at: Date })[] }>(
    `SELECT d.at, d.on_date AS "on", c.external_id AS customer, s.key AS segment, r.number AS run, d.outcome, d.reason_code AS reason,
       ARRAY(SELECT i.external_id FROM message_invoices mi JOIN invoices i ON i.id = mi.invoice_id WHERE mi.message_id = d.message_id ORDER BY i.external_id COLLATE "C") AS invoices
     FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id JOIN segments s ON s.id = r.segment_id JOIN customers c ON c.id = d.customer_id
     WHERE d.on_date BETWEEN ? AND ? ORDER BY d.at, s.key COLLATE "C", c.external_id COLLATE "C"`, [from, to]);
  return rows.map(({ at, ...row }) => ({ at: at.toISOString(), ...row }));
}

/** Of each segment, the last run that was planned for that day or before. */
export async function lastRunsBy(knex: Knex, day: LocalDate): Promise<Map<string, number>> {
  const { rows } = await knex.raw<{ rows: { segment: string; run: number }[] }>(
    'SELECT s.key AS segment, max(r.number) AS run FROM segment_runs r JOIN segments s ON s.id = r.segment_id WHERE r.planned_at < ?::date GROUP BY s.key', [day]);
  return new Map(rows.map(({ segment, run }) => [segment, run]));
}
