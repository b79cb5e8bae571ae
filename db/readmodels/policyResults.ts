import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { cameSinceSql, countedAtSql } from '../ledger/countedAtSql';
import { nowSql } from './clockSql';

/** A version of a policy and a currency: what the invoices came to that it collects, or collected last. */
export interface PolicyTotals {
  versionId: number;
  policy: string;
  version: number;
  currency: string;
  invoices: number;
  openInvoices: number;
  billedMinor: number;
  /** What payments have brought since an invoice came under the version, by the day on which the money was received. */
  collectedMinor: number;
  openMinor: number;
  paid: number;
  /** Of the paid: by the due date, where the customer is. */
  paidOnTime: number;
  /** Mean over the paid; one that was paid early counts 0. Null: none is paid. */
  averageDaysDelinquent: number | null;
}

/** What a version did in a week, which begins on Monday: for what Dunwell does in UTC, for what was paid where the customer is. */
export interface PolicyWeek {
  week: LocalDate;
  versionId: number;
  emails: number;
  tasks: number;
  holds: number;
  handoffs: number;
  suppressed: number;
  started: number;
  paid: number;
}

export interface PolicyWeekMoney {
  week: LocalDate;
  versionId: number;
  currency: string;
  collectedMinor: number;
}

export interface PolicyResults {
  at: Date;
  from: LocalDate;
  totals: PolicyTotals[];
  weeks: PolicyWeek[];
  money: PolicyWeekMoney[];
}

/** Every invoice under collection with the version that it is, or was last, collected by, and since when. */
const underSql = `under AS (
  SELECT k.invoice_id, k.policy_version_id AS version_id, k.started_at, coalesce((SELECT max(m.at) FROM policy_moves m WHERE m.invoice_id = k.invoice_id AND m.to_version_id = k.policy_version_id), k.started_at) AS since
  FROM collections k JOIN policy_versions v ON v.id = k.policy_version_id WHERE (:policy::text IS NULL OR v.policy = :policy)
), put AS (
  SELECT u.version_id, u.invoice_id, a.amount_minor, a.payment_id, (${countedAtSql({ application: 'a', invoice: 'i', zone: 'c.time_zone' })} AT TIME ZONE c.time_zone)::date AS counted_on,
    ${cameSinceSql({ application: 'a', zone: 'c.time_zone', since: 'u.since' })} AS came_since
  FROM under u JOIN invoices i ON i.id = u.invoice_id JOIN customers c ON c.id = i.customer_id JOIN applications a ON a.invoice_id = u.invoice_id AND a.reversed_at IS NULL
), brought AS (
  SELECT version_id, invoice_id, counted_on, amount_minor FROM put WHERE payment_id IS NOT NULL AND came_since
), settled AS (
  SELECT p.version_id, p.invoice_id, max(p.counted_on) AS settled_on FROM put p JOIN invoices i ON i.id = p.invoice_id
  WHERE i.document_state = 'issued' AND i.open_minor <= 0 GROUP BY p.version_id, p.invoice_id HAVING bool_or(p.payment_id IS NOT NULL)
)`;

/** Results of one policy, or of all, by version: totals over all time, and what was done and came in by week since `weeks` weeks ago. */
export async function readPolicyResults(db: Knex, { policy, weeks }: { policy: string | null; weeks: number }): Promise<PolicyResults> {
  const { rows: [clock] } = await db.raw<{ rows: { at: Date; from: LocalDate }[] }>(`SELECT ${nowSql} AS at, (date_trunc('week', ${nowSql} AT TIME ZONE 'UTC') - (?::int - 1) * interval '7 days')::date AS from`, [weeks]);
  const { at, from } = clock!;
  const bindings = { policy, from };
  const weekOf = (date: string): string => `date_trunc('week', ${date}::timestamp)::date`;
  const week = (instant: string): string => weekOf(`(${instant} AT TIME ZONE 'UTC')`);
  const since = `:from::date AT TIME ZONE 'UTC'`;
  const [totals, decided, started, paid, money] = await Promise.all([
    db.raw<{ rows: PolicyTotals[] }>(
      `WITH ${underSql}, brought_each AS (SELECT invoice_id, sum(amount_minor) AS minor FROM brought GROUP BY invoice_id)
       SELECT v.id AS "versionId", v.policy, v.version, i.currency, count(*)::int AS invoices, (count(*) FILTER (WHERE i.open_minor > 0))::int AS "openInvoices", sum(i.total_minor)::bigint AS "billedMinor",
         coalesce(sum(b.minor), 0)::bigint AS "collectedMinor", sum(greatest(i.open_minor, 0))::bigint AS "openMinor", count(s.settled_on)::int AS paid,
         (count(*) FILTER (WHERE s.settled_on <= i.due_on))::int AS "paidOnTime",
         (avg(greatest(s.settled_on - i.due_on, 0)) FILTER (WHERE s.settled_on IS NOT NULL))::float8 AS "averageDaysDelinquent"
       FROM under u JOIN policy_versions v ON v.id = u.version_id JOIN invoices i ON i.id = u.invoice_id
       LEFT JOIN brought_each b ON b.invoice_id = u.invoice_id LEFT JOIN settled s ON s.invoice_id = u.invoice_id
       WHERE i.document_state = 'issued' GROUP BY v.id, v.policy, v.version, i.currency ORDER BY v.policy, v.version DESC, i.currency`, bindings),
    db.raw<{ rows: Omit<PolicyWeek, 'started' | 'paid'>[] }>(
      `SELECT ${week('d.at')} AS week, v.id AS "versionId", (count(DISTINCT d.message_id) FILTER (WHERE d.outcome = 'executed' AND d.action IN ('email', 'release-notice')))::int AS emails,
         (count(*) FILTER (WHERE d.outcome = 'executed' AND d.action = 'task'))::int AS tasks, (count(*) FILTER (WHERE d.outcome = 'executed' AND d.action = 'hold'))::int AS holds,
         (count(*) FILTER (WHERE d.outcome = 'executed' AND d.action = 'handoff'))::int AS handoffs, (count(*) FILTER (WHERE d.outcome = 'suppressed'))::int AS suppressed
       FROM decisions d JOIN policy_versions v ON v.id = d.policy_version_id WHERE d.at >= ${since} AND (:policy::text IS NULL OR v.policy = :policy) GROUP BY 1, 2 ORDER BY 1, 2`, bindings),
    db.raw<{ rows: CountOfWeek[] }>(`WITH ${underSql} SELECT ${week('started_at')} AS week, version_id AS "versionId", count(*)::int AS count FROM under WHERE started_at >= ${since} GROUP BY 1, 2`, bindings),
    db.raw<{ rows: CountOfWeek[] }>(`WITH ${underSql} SELECT ${weekOf('settled_on')} AS week, version_id AS "versionId", count(*)::int AS count FROM settled WHERE settled_on >= :from::date GROUP BY 1, 2`, bindings),
    db.raw<{ rows: PolicyWeekMoney[] }>(
      `WITH ${underSql} SELECT ${weekOf('b.counted_on')} AS week, b.version_id AS "versionId", i.currency, sum(b.amount_minor)::bigint AS "collectedMinor" FROM brought b JOIN invoices i ON i.id = b.invoice_id
       WHERE b.counted_on >= :from::date GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`, bindings),
  ]);
  return { at, from, totals: totals.rows, weeks: joined(decided.rows, started.rows, paid.rows), money: money.rows };
}

interface CountOfWeek {
  week: LocalDate;
  versionId: number;
  count: number;
}

/** One row for each week and version in which anything was. */
function joined(decided: readonly Omit<PolicyWeek, 'started' | 'paid'>[], started: readonly CountOfWeek[], paid: readonly CountOfWeek[]): PolicyWeek[] {
  const rows = new Map<string, PolicyWeek>();
  const rowOf = ({ week, versionId }: { week: LocalDate; versionId: number }): PolicyWeek => {
    const key = `${week}/${versionId}`;
    const row = rows.get(key) ?? { week, versionId, emails: 0, tasks: 0, holds: 0, handoffs: 0, suppressed: 0, started: 0, paid: 0 };
    rows.set(key, row);
    return row;
  };
  for (const row of decided) Object.assign(rowOf(row), row);
  for (const row of started) rowOf(row).started = row.count;
  for (const row of paid) rowOf(row).paid = row.count;
  return [...rows.values()].sort((a, b) => (a.week < b.week ? -1 : a.week > b.week ? 1 : a.versionId - b.versionId));
}
