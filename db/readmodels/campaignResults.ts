import type { Knex } from 'knex';
import type { GroupSums } from '../../domain/experiment/compare';
import { cameSinceSql, countedAtSql } from '../ledger/countedAtSql';

/** How many customers of a group have come how far. */
export interface GroupFunnel {
  group: string;
  members: number;
  active: number;
  stopped: number;
  done: number;
  heldOut: number;
  queued: number;
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  replied: number;
  promised: number;
  disputed: number;
  paid: number;
}

/** Live, customers counted once for each thing; messages that were cancelled at hand-over were never queued. */
export async function readFunnel(db: Knex, runId: number): Promise<GroupFunnel[]> {
  const { rows } = await db.raw<{ rows: GroupFunnel[] }>(
    `WITH mailed AS (
       SELECT a.customer_id, bool_or(m.state <> 'cancelled') AS queued, bool_or(m.sent_at IS NOT NULL) AS sent, bool_or(m.state = 'delivered') AS delivered,
         bool_or(m.opened_at IS NOT NULL) AS opened, bool_or(m.clicked_at IS NOT NULL) AS clicked
       FROM campaign_acts a JOIN messages m ON m.id = a.message_id WHERE a.run_id = :run GROUP BY a.customer_id
     ), answered AS (
       SELECT m.customer_id, bool_or(e.kind = 'email.replied') AS replied, bool_or(e.kind = 'promise.made') AS promised, bool_or(e.kind = 'dispute.opened') AS disputed, bool_or(e.kind = 'payment.received') AS paid
       FROM campaign_members m JOIN events e ON e.customer_id = m.customer_id AND e.id > m.joined_after_event AND e.kind IN ('email.replied', 'promise.made', 'dispute.opened', 'payment.received')
       WHERE m.run_id = :run GROUP BY m.customer_id
     )
     SELECT m.experiment_group AS "group", count(*)::int AS members,
       (count(*) FILTER (WHERE m.state = 'active'))::int AS active, (count(*) FILTER (WHERE m.state = 'stopped'))::int AS stopped, (count(*) FILTER (WHERE m.state = 'done'))::int AS done,
       (count(*) FILTER (WHERE m.state = 'held-out'))::int AS "heldOut",
       (count(*) FILTER (WHERE d.queued))::int AS queued, (count(*) FILTER (WHERE d.sent))::int AS sent, (count(*) FILTER (WHERE d.delivered))::int AS delivered,
       (count(*) FILTER (WHERE d.opened))::int AS opened, (count(*) FILTER (WHERE d.clicked))::int AS clicked,
       (count(*) FILTER (WHERE a.replied))::int AS replied, (count(*) FILTER (WHERE a.promised))::int AS promised, (count(*) FILTER (WHERE a.disputed))::int AS disputed, (count(*) FILTER (WHERE a.paid))::int AS paid
     FROM campaign_members m LEFT JOIN mailed d USING (customer_id) LEFT JOIN answered a USING (customer_id)
     WHERE m.run_id = :run GROUP BY m.experiment_group ORDER BY m.experiment_group`, { run: runId });
  return rows;
}

const joinedSql = { application: 'a', zone: 'c.time_zone', since: 'm.joined_at' };

/** Whether an application a was in force at an instant. */
const inForceSql = (at: string): string => `a.applied_at < ${at} AND (a.reversed_at IS NULL OR a.reversed_at >= ${at})`;

/**
 * Whether an invoice i of customer c turned out, by an instant, to be no debt: it was voided after the member m joined, or credit notes come to its total, which is how an invoice is cancelled where a
 * document that was issued may not be voided.
 */
const cancelledSql = (until: string): string => `(
  (i.voided_at > m.joined_at AND i.voided_at <= ${until})
  OR (i.total_minor > 0 AND i.total_minor <= (
    SELECT sum(a.amount_minor) FROM applications a WHERE a.invoice_id = i.id AND a.credit_note_id IS NOT NULL
      AND ${countedAtSql({ application: 'a', zone: 'c.time_zone', invoice: 'i' })} <= ${until} AND (a.reversed_at IS NULL OR a.reversed_at > ${until})))) IS TRUE`;

/** What of the balance of the member m on joining lay on invoices that turned out to be no debt, by currency. */
const cancelledBalanceSql = (until: string): string => `
  SELECT i.currency, sum(i.total_minor - coalesce((SELECT sum(a.amount_minor) FROM applications a WHERE a.invoice_id = i.id AND ${inForceSql('m.joined_at')}), 0))::bigint AS open_minor
  FROM invoices i
  WHERE i.customer_id = m.customer_id AND ${cancelledSql(until)} AND NOT EXISTS (SELECT FROM events e WHERE e.customer_id = m.customer_id AND e.invoice_id = i.id AND e.kind = 'invoice.created' AND e.id > m.joined_after_event)
  GROUP BY i.currency`;

/** What was applied after the member m of customer c joined, to invoices i that were there and are a debt, by an instant. An instant within the day of joining counts as that of joining. */
const appliedSql = (until: string): string => `
  SELECT i.currency, a.amount_minor, a.payment_id IS NOT NULL AS is_cash, a.write_off_id IS NULL AS is_paid, came_since, greatest(t.counted_at, m.joined_at) AS at
  FROM invoices i JOIN applications a ON a.invoice_id = i.id
  CROSS JOIN LATERAL (SELECT ${countedAtSql({ ...joinedSql, invoice: 'i' })} AS counted_at, ${cameSinceSql(joinedSql)} AS came_since) t
  WHERE i.customer_id = m.customer_id AND i.issued_on <= (m.joined_at AT TIME ZONE c.time_zone)::date AND a.applied_at >= m.joined_at AND t.counted_at <= ${until} AND (a.reversed_at IS NULL OR a.reversed_at > ${until})
    AND NOT (${cancelledSql(until)})`;

/**
 * Each member's balance on joining, and what has become of it by an instant: the cash that payments have brought, and all that has settled it with when the last of it counted. Never more than the
 * balance, and only on invoices that were there. What had come before the member joined and was recorded later was neither owed nor brought, and what was cancelled by that instant was not owed. `until`
 * is SQL over the member m.
 */
const collectedSql = (until: string): string => `
  SELECT m.run_id, m.customer_id, m.experiment_group, m.joined_at, b.currency, o.open_minor, least(o.open_minor, coalesce(p.cash_minor, 0)) AS collected_minor, coalesce(p.paid_minor, 0) AS paid_minor, p.last_at
  FROM campaign_members m JOIN customers c ON c.id = m.customer_id JOIN campaign_balances b ON b.run_id = m.run_id AND b.customer_id = m.customer_id
  LEFT JOIN LATERAL (
    SELECT sum(amount_minor) FILTER (WHERE NOT came_since)::bigint AS before_minor, sum(amount_minor) FILTER (WHERE came_since AND is_cash)::bigint AS cash_minor,
      sum(amount_minor) FILTER (WHERE came_since AND is_paid)::bigint AS paid_minor, max(at) FILTER (WHERE came_since AND is_paid) AS last_at
    FROM (${appliedSql(until)}) applied WHERE applied.currency = b.currency
  ) p ON true
  LEFT JOIN LATERAL (${cancelledBalanceSql(until)}) x ON x.currency = b.currency
  CROSS JOIN LATERAL (SELECT b.open_minor - coalesce(p.before_minor, 0) - coalesce(x.open_minor, 0) AS open_minor) o
  WHERE m.run_id = :run AND o.open_minor > 0`;

export interface GroupMoney {
  group: string;
  currency: string;
  openMinor: number;
  collectedMinor: number;
}

/** What was collected by now of what the members owed on joining. */
export async function readMoney(db: Knex, runId: number, now: Date): Promise<GroupMoney[]> {
  const { rows } = await db.raw<{ rows: GroupMoney[] }>(
    `SELECT experiment_group AS "group", currency, sum(open_minor)::bigint AS "openMinor", sum(collected_minor)::bigint AS "collectedMinor" FROM (${collectedSql(':now::timestamptz')}) c
     GROUP BY experiment_group, currency ORDER BY currency, experiment_group`, { run: runId, now });
  return rows;
}

/** Day by day, what had been collected: for the chart. */
export async function readCollectedByDay(db: Knex, runId: number, now: Date): Promise<{ day: number; group: string; currency: string; collectedMinor: number }[]> {
  const { rows } = await db.raw<{ rows: { day: number; group: string; currency: string; collectedMinor: number }[] }>(
    `SELECT floor(extract(epoch FROM p.at - m.joined_at) / 86400)::int AS day, m.experiment_group AS "group", p.currency, sum(p.amount_minor)::bigint AS "collectedMinor"
     FROM campaign_members m JOIN customers c ON c.id = m.customer_id CROSS JOIN LATERAL (${appliedSql(':now::timestamptz')}) p
     WHERE m.run_id = :run AND p.is_cash AND p.came_since GROUP BY 1, 2, 3 ORDER BY 1, 2`, { run: runId, now });
  return rows;
}

/**
 * The currency in which most of a run's customers owed something, of those who had joined before any outcome could count: fixed by then, so that no outcome has a say in it. Null where nobody has joined.
 */
export async function readMainCurrency(db: Knex, runId: number, horizonDays: number): Promise<string | null> {
  const { rows: [most] } = await db.raw<{ rows: { currency: string }[] }>(
    `SELECT b.currency FROM campaign_members m JOIN campaign_balances b ON b.run_id = m.run_id AND b.customer_id = m.customer_id
     WHERE m.run_id = :run AND m.joined_at < (SELECT min(joined_at) FROM campaign_members WHERE run_id = :run) + :horizon::integer * interval '1 day'
     GROUP BY b.currency ORDER BY count(*) DESC, b.currency LIMIT 1`, { run: runId, horizon: horizonDays });
  return most?.currency ?? null;
}

/** Sums over the members whose horizon is over, by group and currency. */
export async function readExperimentSums(db: Knex, runId: number, horizonDays: number, now: Date): Promise<(GroupSums & { group: string; currency: string })[]> {
  const end = `(m.joined_at + :horizon::integer * interval '1 day')`;
  const { rows } = await db.raw<{ rows: (GroupSums & { group: string; currency: string })[] }>(
    `SELECT "group", currency, count(*)::int AS customers, sum(x) AS x, sum(y) AS y, sum(x * x) AS xx, sum(x * y) AS xy, sum(y * y) AS yy, sum(days) AS days, sum(days * days) AS "daysSquared" FROM (
       SELECT experiment_group AS "group", currency, open_minor::float8 AS x, collected_minor::float8 AS y,
         CASE WHEN paid_minor >= open_minor THEN extract(epoch FROM last_at - joined_at)::float8 / 86400 ELSE :horizon::float8 END AS days
       FROM (${collectedSql(end)} AND ${end} <= :now) c
     ) each GROUP BY "group", currency ORDER BY currency, "group"`, { run: runId, horizon: horizonDays, now });
  return rows;
}
