import type { Knex } from 'knex';
import type { GroupSums } from '../../domain/experiment/compare';

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

/**
 * Each member's balance on joining, and what payments have brought of it by an instant: no more than the balance, and only on invoices that were there. `until` is SQL over the
 * member m.
 */
const collectedSql = (until: string): string => `
  SELECT m.run_id, m.customer_id, m.experiment_group, m.joined_at, b.currency, b.open_minor, least(b.open_minor, coalesce(p.minor, 0)) AS collected_minor, p.last_at
  FROM campaign_members m JOIN campaign_balances b ON b.run_id = m.run_id AND b.customer_id = m.customer_id
  LEFT JOIN LATERAL (
    SELECT sum(a.amount_minor)::bigint AS minor, max(a.applied_at) AS last_at FROM invoices i JOIN applications a ON a.invoice_id = i.id
    WHERE i.customer_id = m.customer_id AND i.currency = b.currency AND i.issued_on <= m.joined_at::date AND a.payment_id IS NOT NULL
      AND a.applied_at >= m.joined_at AND a.applied_at <= ${until} AND (a.reversed_at IS NULL OR a.reversed_at > ${until})
  ) p ON true
  WHERE m.run_id = :run`;

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
    `SELECT floor(extract(epoch FROM a.applied_at - m.joined_at) / 86400)::int AS day, m.experiment_group AS "group", i.currency, sum(a.amount_minor)::bigint AS "collectedMinor"
     FROM campaign_members m JOIN invoices i ON i.customer_id = m.customer_id AND i.issued_on <= m.joined_at::date
     JOIN applications a ON a.invoice_id = i.id AND a.payment_id IS NOT NULL AND a.applied_at >= m.joined_at AND a.applied_at <= :now AND (a.reversed_at IS NULL OR a.reversed_at > :now)
     WHERE m.run_id = :run GROUP BY 1, 2, 3 ORDER BY 1, 2`, { run: runId, now });
  return rows;
}

/** Sums over the members whose horizon is over, by group and currency. */
export async function readExperimentSums(db: Knex, runId: number, horizonDays: number, now: Date): Promise<(GroupSums & { group: string; currency: string })[]> {
  const end = `(m.joined_at + :horizon::integer * interval '1 day')`;
  const { rows } = await db.raw<{ rows: (GroupSums & { group: string; currency: string })[] }>(
    `SELECT "group", currency, count(*)::int AS customers, sum(x) AS x, sum(y) AS y, sum(x * x) AS xx, sum(x * y) AS xy, sum(y * y) AS yy, sum(days) AS days, sum(days * days) AS "daysSquared" FROM (
       SELECT experiment_group AS "group", currency, open_minor::float8 AS x, collected_minor::float8 AS y,
         CASE WHEN collected_minor >= open_minor THEN extract(epoch FROM last_at - joined_at)::float8 / 86400 ELSE :horizon::float8 END AS days
       FROM (${collectedSql(end)} AND ${end} <= :now) c
     ) each GROUP BY "group", currency ORDER BY currency, "group"`, { run: runId, horizon: horizonDays, now });
  return rows;
}
