import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { DecisionRow } from '../../domain/collection/decision';

/** The decisions as they are published, by instant, over dates in each customer's zone, both included. */
export async function readDecisionRows(knex: Knex, from: LocalDate | null = null, to: LocalDate | null = null): Promise<DecisionRow[]> {
  const { rows } = await knex.raw<{ rows: (Omit<DecisionRow, 'at'> & { at: Date })[] }>(
    `SELECT d.at, d.on_date AS "on", c.external_id AS customer, i.external_id AS invoice, d.step, d.action, d.outcome, d.reason, d.open_minor AS "openMinor",
       d.currency, p.policy || '@' || p.version AS "policyVersion"
     FROM decisions d JOIN customers c ON c.id = d.customer_id JOIN invoices i ON i.id = d.invoice_id JOIN policy_versions p ON p.id = d.policy_version_id
     WHERE (?::date IS NULL OR d.on_date >= ?::date) AND (?::date IS NULL OR d.on_date <= ?::date)
     ORDER BY d.at, d.id`,
    [from, from, to, to],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
