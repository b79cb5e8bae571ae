import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { evaluateCondition } from '../../domain/condition/evaluate';
import type { Condition } from '../../domain/policy/types';
import { refreshBehaviour } from '../behaviour/refresh';
import { askForModes } from '../collection/modes';
import { overdueByTime, overdueByTimeSql, refreshOverdue } from '../customers/overdue';
import { readAccounts } from '../conditions/readAccounts';
import { customerVerdicts, type CustomerScope } from '../conditions/select';
import { noteMembership } from './noteMembership';

/** Customers in one pass: some seconds of one core at most, whatever the ledger. */
const customersPerPass = 10_000;
/** Reasons are worked out in memory, so many at once. */
const explainedAtOnce = 1_000;

interface Segment {
  id: number;
  key: string;
  condition: Condition;
  refresh_from: number | null;
}

/** What a pass came to. */
export interface KeptMembership {
  /** Customers whose ledger changed, and whose day has come, and those looked at for a new condition. */
  looked: number;
  joined: number;
  left: number;
}

/**
 * Brings the membership of all segments up to date for a bounded number of customers: those whose ledger has changed, those for whom a day has come on which an
 * answer may change, and, for a condition that is new, the next of all. What is kept of customers beside it, how they pay and what is overdue, is brought up to date with it. One transaction: it dies without a trace, and what it took comes again.
 */
export async function keepMembership(knex: Knex, now: InstantMs): Promise<KeptMembership> {
  return knex.transaction(async (trx) => {
    const changed = await takeChanges(trx);
    const due = await takeRechecks(trx, now);
    await refreshBehaviour(trx, changed, now);
    await refreshOverdue(trx, [...new Set([...changed, ...await overdueByTime(trx, now)])], now);
    const segments = await trx<Segment & { archived: boolean }>('segments').where({ archived: false }).orderBy('id').select('id', 'key', 'condition', 'refresh_from');
    await askForModesOf(trx, [...changed, ...[...due.values()].flat()]);
    const kept: KeptMembership = { looked: changed.length, joined: 0, left: 0 };
    for (const segment of segments) {
      const ids = [...new Set([...changed, ...(due.get(segment.id) ?? [])])];
      kept.looked += ids.length - changed.length;
      if (ids.length > 0) add(kept, await settle(trx, segment, { kind: 'ids', ids }, now));
      if (segment.refresh_from !== null) add(kept, await refresh(trx, segment, segment.refresh_from, now));
    }
    return kept;
  });
}

/** Whether there is something to keep at an instant. */
export async function isMembershipOwed(knex: Knex, now: InstantMs): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: { owed: boolean }[] }>(
    `SELECT EXISTS (SELECT FROM segment_changes) OR EXISTS (SELECT FROM segment_rechecks WHERE at <= ?) OR ${overdueByTimeSql} OR EXISTS (SELECT FROM segments WHERE refresh_from IS NOT NULL AND NOT archived) AS owed`, [new Date(now), new Date(now)]);
  return rows[0]?.owed ?? false;
}

async function takeChanges(trx: Knex.Transaction): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { customer_id: number }[] }>(
    `WITH taken AS (DELETE FROM segment_changes WHERE id IN (SELECT id FROM segment_changes ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING customer_id)
     SELECT DISTINCT customer_id FROM taken ORDER BY customer_id`, [customersPerPass]);
  return rows.map(({ customer_id }) => customer_id);
}

async function takeRechecks(trx: Knex.Transaction, now: InstantMs): Promise<Map<number, number[]>> {
  const { rows } = await trx.raw<{ rows: { segment_id: number; customer_ids: number[] }[] }>(
    `WITH taken AS (DELETE FROM segment_rechecks WHERE (segment_id, customer_id) IN
       (SELECT segment_id, customer_id FROM segment_rechecks WHERE at <= ? ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING segment_id, customer_id)
     SELECT segment_id, array_agg(customer_id::integer) AS customer_ids FROM taken GROUP BY segment_id`, [new Date(now), customersPerPass]);
  return new Map(rows.map(({ segment_id, customer_ids }) => [segment_id, customer_ids]));
}

/** The next page of all customers, for a condition that is new. */
async function refresh(trx: Knex.Transaction, segment: Segment, afterId: number, now: InstantMs): Promise<KeptMembership> {
  const page = { kind: 'page', afterId, limit: customersPerPass } as const;
  const kept = await settle(trx, segment, page, now);
  const { rows } = await trx.raw<{ rows: { last: number | null; count: number }[] }>(
    'SELECT max(id) AS last, count(*)::int AS count FROM (SELECT id FROM customers WHERE id > ? ORDER BY id LIMIT ?) page', [afterId, customersPerPass]);
  const { last, count } = rows[0] ?? { last: null, count: 0 };
  await trx('segments').where({ id: segment.id, refresh_from: afterId }).update({ refresh_from: count < customersPerPass ? null : last });
  return { ...kept, looked: count };
}

/** Joins and leaves of one segment among some customers, in one statement; then why, in words. */
async function settle(trx: Knex.Transaction, segment: Segment, scope: CustomerScope, now: InstantMs): Promise<KeptMembership> {
  const verdicts = customerVerdicts(segment.condition, scope, now);
  const at = new Date(now);
  const { rows } = await trx.raw<{ rows: { change: 'joined' | 'left'; customer_id: number }[] }>(
    `WITH verdict AS MATERIALIZED (${verdicts.sql}),
     rechecked AS (
       INSERT INTO segment_rechecks (segment_id, customer_id, at) SELECT ?, v.id, v.flips_on::timestamp AT TIME ZONE v.time_zone FROM verdict v WHERE v.flips_on IS NOT NULL
       ON CONFLICT (segment_id, customer_id) DO UPDATE SET at = excluded.at WHERE segment_rechecks.at <> excluded.at
     ),
     forgotten AS (DELETE FROM segment_rechecks r USING verdict v WHERE r.segment_id = ? AND r.customer_id = v.id AND v.flips_on IS NULL),
     joined AS (
       INSERT INTO segment_members (segment_id, customer_id, joined_at, reason) SELECT ?, v.id, ?, '' FROM verdict v
       WHERE v.holds AND NOT EXISTS (SELECT FROM segment_members m WHERE m.segment_id = ? AND m.customer_id = v.id) ORDER BY v.id RETURNING customer_id
     ),
     gone AS (DELETE FROM segment_members m USING verdict v WHERE m.segment_id = ? AND m.customer_id = v.id AND NOT v.holds RETURNING m.customer_id)
     SELECT 'joined' AS change, customer_id FROM joined UNION ALL SELECT 'left', customer_id FROM gone ORDER BY customer_id`,
    [...verdicts.values, segment.id, segment.id, segment.id, at, segment.id, segment.id] as Knex.RawBinding[]);
  for (let from = 0; from < rows.length; from += explainedAtOnce) await record(trx, segment, rows.slice(from, from + explainedAtOnce), now);
  // Whose invoices a segment collects in batches hangs on who is in it.
  await askForModesOf(trx, rows.map(({ customer_id }) => customer_id));
  const joined = rows.filter(({ change }) => change === 'joined').length;
  return { looked: 0, joined, left: rows.length - joined };
}

async function askForModesOf(trx: Knex.Transaction, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length > 0) await askForModes(trx, 'SELECT unnest(?::bigint[])', [[...new Set(customerIds)]]);
}

async function record(trx: Knex.Transaction, segment: Segment, changes: readonly { change: 'joined' | 'left'; customer_id: number }[], now: InstantMs): Promise<void> {
  const accounts = await readAccounts(trx, changes.map(({ customer_id }) => customer_id), now);
  const reasons = new Map(accounts.map(({ customerId, facts }) => [customerId, evaluateCondition(segment.condition, facts).reason]));
  const told = changes.map(({ change, customer_id }) => ({ change, customer_id, reason: reasons.get(customer_id) ?? '' }));
  await noteMembership(trx, segment, told, now);
}

function add(kept: KeptMembership, more: KeptMembership): void {
  kept.looked += more.looked;
  kept.joined += more.joined;
  kept.left += more.left;
}
