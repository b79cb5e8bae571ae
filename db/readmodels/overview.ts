import type { Knex } from 'knex';
import { nowSql, pausedSql, zonesSql } from './clockSql';
import { agingBuckets, type AgingBucket } from './invoices';

export interface Overview {
  now: Date;
  today: string;
  currencies: {
    currency: string; openMinor: number; overdueMinor: number; unappliedMinor: number; openInvoices: number; overdueInvoices: number; customers: number;
    aging: { bucket: AgingBucket; openMinor: number; invoices: number }[];
  }[];
  todaysActions: { step: string; action: string; outcome: string; count: number }[];
  comingNext: { on: string; step: string; invoices: number }[];
  messages: { state: string; count: number }[];
  openTasks: number;
  activeHolds: number;
  activeCollections: number;
  paused: number;
}

interface AgingRow {
  currency: string;
  bucket: number;
  openMinor: number;
  invoices: number;
}

const comingDays = 14;

export async function readOverview(db: Knex): Promise<Overview> {
  const [clock, aging, customers, unapplied, actions, coming, messages, counts] = await Promise.all([
    db.raw<{ rows: { now: Date; today: string }[] }>(`SELECT n AS now, (n AT TIME ZONE 'UTC')::date AS today FROM (SELECT ${nowSql} AS n) c`),
    // Summed by customer first: the customer's zone is then looked up once for each, not once for each invoice.
    db.raw<{ rows: AgingRow[] }>(
      `WITH ${zonesSql} SELECT currency, bucket, sum(open_minor)::bigint AS "openMinor", sum(invoices)::bigint AS invoices FROM (
         SELECT g.currency, g.open_minor, g.invoices, CASE WHEN g.due_on >= z.today THEN 0 ELSE least((z.today - g.due_on - 1) / 30, 4) + 1 END AS bucket
         FROM (SELECT i.currency, i.due_on, c.time_zone, sum(i.open_minor) AS open_minor, count(*) AS invoices
               FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.open_minor > 0 GROUP BY i.currency, i.due_on, c.time_zone) g
         JOIN zones z ON z.time_zone = g.time_zone) b
       GROUP BY currency, bucket`),
    db.raw<{ rows: { currency: string; customers: number }[] }>('SELECT currency, count(*) AS customers FROM (SELECT currency, customer_id FROM invoices WHERE open_minor > 0 GROUP BY currency, customer_id) d GROUP BY currency'),
    db.raw<{ rows: { currency: string; unappliedMinor: number }[] }>(
      `SELECT currency, sum(unapplied_minor)::bigint AS "unappliedMinor" FROM (
         SELECT currency, unapplied_minor FROM payments WHERE unapplied_minor > 0 UNION ALL SELECT currency, unapplied_minor FROM credit_notes WHERE unapplied_minor > 0) u GROUP BY currency`),
    db.raw<{ rows: Overview['todaysActions'] }>(
      `SELECT step, action, outcome, count(*) AS count FROM decisions WHERE at >= date_trunc('day', ${nowSql}, 'UTC') AND at < date_trunc('day', ${nowSql}, 'UTC') + interval '1 day'
       GROUP BY step, action, outcome ORDER BY step, action, outcome`),
    db.raw<{ rows: Overview['comingNext'] }>(
      `SELECT (next_at AT TIME ZONE 'UTC')::date AS "on", next_step AS step, count(*) AS invoices FROM collections
       WHERE state = 'active' AND next_at IS NOT NULL AND next_step IS NOT NULL AND next_at < ${nowSql} + make_interval(days => ?) GROUP BY 1, 2 ORDER BY 1, 2`, [comingDays]),
    db.raw<{ rows: Overview['messages'] }>(`SELECT state, count(*) AS count FROM messages WHERE queued_at > ${nowSql} - interval '7 days' GROUP BY state ORDER BY state`),
    db.raw<{ rows: Pick<Overview, 'openTasks' | 'activeHolds' | 'activeCollections' | 'paused'>[] }>(
      `SELECT (SELECT count(*) FROM tasks WHERE state IN ('open', 'claimed')) AS "openTasks", (SELECT count(*) FROM holds WHERE released_at IS NULL) AS "activeHolds",
         (SELECT count(*) FROM collections WHERE state = 'active') AS "activeCollections", (SELECT count(*) FROM collections k WHERE state = 'active' AND ${pausedSql('k')}) AS paused`),
  ]);
  const names = new Set([...aging.rows, ...unapplied.rows].map((row) => row.currency));
  const currencies = [...names].sort().map((currency) => {
    const rows = aging.rows.filter((row) => row.currency === currency);
    const sum = (of: readonly AgingRow[], field: 'openMinor' | 'invoices'): number => of.reduce((total, row) => total + row[field], 0);
    const overdue = rows.filter((row) => row.bucket > 0);
    return {
      currency, openMinor: sum(rows, 'openMinor'), overdueMinor: sum(overdue, 'openMinor'), openInvoices: sum(rows, 'invoices'), overdueInvoices: sum(overdue, 'invoices'),
      unappliedMinor: unapplied.rows.find((row) => row.currency === currency)?.unappliedMinor ?? 0,
      customers: customers.rows.find((row) => row.currency === currency)?.customers ?? 0,
      aging: agingBuckets.map((bucket, position) => {
        const row = rows.find((candidate) => candidate.bucket === position);
        return { bucket, openMinor: row?.openMinor ?? 0, invoices: row?.invoices ?? 0 };
      }),
    };
  });
  const now = clock.rows[0];
  const count = counts.rows[0];
  if (!now || !count) throw new Error('The clock table is empty: run the migrations.');
  return { ...now, currencies, todaysActions: actions.rows, comingNext: coming.rows, messages: messages.rows, ...count };
}
