import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { nowSql } from '../readmodels/clockSql';

/** Customers in one pass, as many as of those whose ledger changed. */
const customersPerPass = 10_000;

/** Those for whom a day has come on which another invoice is overdue, though nothing changed in their ledger. */
export async function overdueByTime(trx: Knex, now: InstantMs): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT DISTINCT customer_id FROM (SELECT customer_id FROM customer_overdue WHERE changes_at <= ? ORDER BY changes_at LIMIT ?) due', [new Date(now), customersPerPass]);
  return rows.map(({ customer_id }) => customer_id);
}

/** Whether there are such customers, as SQL with a place for the instant. */
export const overdueByTimeSql = 'EXISTS (SELECT FROM customer_overdue WHERE changes_at <= ?)';

/**
 * Adds up anew what these customers owe that is overdue. Of two who do it at once the one who saw more wins, whoever is the last to write: a customer's version grows with every change of its ledger, and with its time zone.
 */
export async function refreshOverdue(trx: Knex, customerIds: readonly number[], now: InstantMs): Promise<void> {
  if (customerIds.length === 0) return;
  await trx.raw(
    `WITH asked AS MATERIALIZED (SELECT id, time_zone, ledger_version + row_version AS version, (?::timestamptz AT TIME ZONE time_zone)::date AS today FROM customers WHERE id = ANY (?)),
     parts AS (
       SELECT a.id, i.currency, i.open_minor, i.due_on FROM asked a JOIN invoices i ON i.customer_id = a.id AND i.open_minor > 0
       -- A currency in which nothing is open any more is not forgotten: it says so.
       UNION ALL SELECT k.customer_id, k.currency, 0, NULL FROM customer_overdue k WHERE k.customer_id IN (SELECT id FROM asked)
     )
     INSERT INTO customer_overdue AS k (customer_id, currency, minor, as_of, changes_at, version)
     SELECT a.id, p.currency, coalesce(sum(p.open_minor) FILTER (WHERE p.due_on < a.today), 0), a.today, (min(p.due_on) FILTER (WHERE p.due_on >= a.today) + 1)::timestamp AT TIME ZONE a.time_zone, a.version
     FROM parts p JOIN asked a ON a.id = p.id GROUP BY a.id, a.today, a.time_zone, a.version, p.currency
     ORDER BY a.id, p.currency
     ON CONFLICT (customer_id, currency) DO UPDATE SET minor = excluded.minor, as_of = excluded.as_of, changes_at = excluded.changes_at, version = excluded.version
     WHERE (excluded.version, excluded.as_of) > (k.version, k.as_of)`, [new Date(now), [...customerIds]]);
}

/** Beyond so many, what the keeper has not come to is not told apart any more: after a large import everything is added up from the ledger until it has. */
const staleMax = 2_000;

/**
 * The customers whose figure is not to be believed: their ledger has changed, or a day has come, since it was kept. Null when they are too many. A change and the row that tells the keeper of it are of one
 * transaction, as are the figure and the end of that row, so that whoever is not named here had the right figure when this was asked.
 */
export async function staleOverdue(db: Knex): Promise<number[] | null> {
  const { rows } = await db.raw<{ rows: { customer_id: number }[] }>(
    `SELECT customer_id FROM (SELECT customer_id FROM segment_changes UNION ALL SELECT customer_id FROM customer_overdue WHERE changes_at <= ${nowSql}) stale LIMIT ${staleMax + 1}`);
  return rows.length > staleMax ? null : [...new Set(rows.map(({ customer_id }) => customer_id))];
}

/** The same from the ledger, of these customers or, null, of all: as a common table with a customer's id and what of it is overdue, where that is more than nothing. */
export function restatedOverdue(currency: string, customerIds: readonly number[] | null): { sql: string; bindings: (string | readonly number[])[] } {
  return {
    sql: `restated AS MATERIALIZED (
      SELECT o.id AS customer_id, sum(i.open_minor)::bigint AS minor FROM (SELECT id, (${nowSql} AT TIME ZONE time_zone)::date AS today FROM customers ${customerIds ? 'WHERE id = ANY (?::bigint[])' : ''}) o
      JOIN invoices i ON i.customer_id = o.id AND i.open_minor > 0 AND i.currency = ? AND i.due_on < o.today GROUP BY o.id)`,
    bindings: customerIds ? [customerIds, currency] : [currency],
  };
}
