import type { Knex } from 'knex';
import type { SegmentDecisionRow } from '../../domain/simulation/segments';
import type { DecisionRow } from '../../domain/collection/decision';

/** A row that only one of the two has. */
export interface Mismatch<Row = DecisionRow> {
  only: 'simulated' | 'executed';
  row: Row;
}

/** Compares decisions row for row. Within an instant the order in which customers come does not matter. */
export function compareRows<Row extends DecisionRow | SegmentDecisionRow>(simulated: readonly Row[], executed: readonly Row[]): Mismatch<Row>[] {
  const counts = new Map<string, number>();
  for (const row of simulated) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const extra: Mismatch<Row>[] = [];
  for (const row of executed) {
    const count = counts.get(keyOf(row)) ?? 0;
    if (count > 0) counts.set(keyOf(row), count - 1);
    else extra.push({ only: 'executed', row });
  }
  for (const row of simulated) {
    const count = counts.get(keyOf(row)) ?? 0;
    if (count === 0) continue;
    counts.set(keyOf(row), count - 1);
    extra.push({ only: 'simulated', row });
  }
  return extra.sort((a, b) => (a.row.at < b.row.at ? -1 : a.row.at > b.row.at ? 1 : 0));
}

function keyOf(row: DecisionRow | SegmentDecisionRow): string {
  if ('segment' in row) return JSON.stringify([row.at, row.on, row.customer, row.segment, row.run, row.outcome, row.reason, row.invoices]);
  const { at, on, customer, invoice, step, action, outcome, reason, openMinor, currency, policyVersion } = row;
  return JSON.stringify([at, on, customer, invoice, step, action, outcome, reason, openMinor, currency, policyVersion]);
}

/**
 * Reminders that left for an invoice of which nothing was open at that instant. Told by the applications themselves and not by what the decision
 * says of itself; the good news that a hold is lifted is no reminder.
 */
export async function remindersToPaidInvoices(knex: Knex): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(
    `SELECT count(*)::int AS count FROM decisions d JOIN invoices i ON i.id = d.invoice_id JOIN messages m ON m.id = d.message_id
     WHERE d.action = 'email' AND d.outcome IN ('executed', 'covered') AND m.state <> 'cancelled'
       AND i.total_minor <= (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND a.applied_at <= d.at AND (a.reversed_at IS NULL OR a.reversed_at > d.at))`,
  );
  return rows[0]?.count ?? 0;
}

/** Steps that went out in more than one message. */
export async function doubledSteps(knex: Knex): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(
    `SELECT count(*)::int AS count FROM (
       SELECT FROM decisions d JOIN messages m ON m.id = d.message_id WHERE m.state <> 'cancelled'
       GROUP BY d.invoice_id, d.policy_version_id, d.step, d.action, d.occurrence HAVING count(DISTINCT m.id) > 1) doubled`,
  );
  return rows[0]?.count ?? 0;
}
