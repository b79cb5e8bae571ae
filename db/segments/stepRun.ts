import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { nextRun } from '../../domain/segment/cadence';
import { isMail, type SegmentRun } from '../../domain/segment/types';
import { isRefused } from '../collection/refusedWorkflows';
import { lockCustomersOf } from '../ledger';
import { actOnMembers, type DecidedMember } from './actOnMembers';
import { decideMembers } from './decideMembers';

/** How far a run is: its number, the last member that was decided on by pages (null once all have been), and how many were by this step. */
export interface RunPosition {
  run: number;
  after: number | null;
  decided: number;
}

/** What came of a step: messages to hand over and more to do at once, a wait, or the end. `at` null: a run began or ended. */
export type RunStep = { kind: 'more'; deliver: string[]; at: RunPosition | null } | { kind: 'wait'; until: InstantMs | null; why: string } | { kind: 'done' };

interface Row {
  id: number;
  key: string;
  title: string;
  archived: boolean;
  run: SegmentRun | null;
  paused: boolean;
  skip_next: boolean;
  run_asked_by: string | null;
  next_run_at: Date | null;
}

interface ActiveRun {
  id: number;
  number: number;
  page_after: number | null;
  planned_at: Date;
}

/**
 * The next step of a segment: begins the run that is due, decides on a page of members, or says until when there is nothing to do. Call it in a transaction of its
 * own: it also notes how far the run is, so that a repeat after a crash goes on and repeats nothing.
 */
export async function stepRun(trx: Knex.Transaction, segmentId: number, now: InstantMs, customersPerPage: number): Promise<RunStep> {
  const segment = await trx<Row>('segments').where({ id: segmentId }).forUpdate().first<Row | undefined>('id', 'key', 'title', 'archived', 'run', 'paused', 'skip_next', 'run_asked_by', 'next_run_at');
  if (!segment || segment.archived || segment.run === null) {
    await trx('segments').where({ id: segmentId }).update({ next_at: null });
    return { kind: 'done' };
  }
  if (segment.paused) return wait(trx, segment, null, 'paused by a person');
  const active = await trx('segment_runs').where({ segment_id: segment.id, state: 'running' }).first<ActiveRun | undefined>('id', 'number', 'page_after', 'planned_at');
  if (await begin(trx, segment, active, now)) return { kind: 'more', deliver: [], at: null };
  if (active) return goOn(trx, segment, segment.run, active, now, customersPerPage);
  const until = segment.next_run_at?.getTime() ?? nextRun(segment.run.cadence, now);
  return wait(trx, segment, until, 'the next run');
}

async function wait(trx: Knex.Transaction, segment: Row, until: InstantMs | null, why: string): Promise<RunStep> {
  await trx('segments').where({ id: segment.id }).update({ next_at: until === null ? null : new Date(until) });
  return { kind: 'wait', until, why };
}

/** Begins a run that a person asked for or whose time has come; runs that were missed meanwhile are one. Answers whether it began or skipped one. */
async function begin(trx: Knex.Transaction, segment: Row, active: ActiveRun | undefined, now: InstantMs): Promise<boolean> {
  const run = segment.run!;
  const isDue = segment.next_run_at !== null && segment.next_run_at.getTime() <= now;
  if (segment.run_asked_by === null && !isDue) return false;
  // Its customers who still wait for their hour are written to by the new run, not twice.
  if (active) await finish(trx, active, now);
  const skipped = isDue && segment.skip_next && segment.run_asked_by === null;
  const at = new Date(now);
  await trx.raw(
    `INSERT INTO segment_runs (segment_id, number, planned_at, asked_by, state, page_after, ended_at)
     SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM segment_runs WHERE segment_id = ?`,
    [segment.id, isDue ? segment.next_run_at : at, segment.run_asked_by, skipped ? 'skipped' : 'running', skipped ? null : 0, skipped ? at : null, segment.id]);
  await trx('segments').where({ id: segment.id }).update({
    run_asked_by: null, ...(isDue ? { skip_next: false, next_run_at: new Date(nextRun(run.cadence, now)) } : {}), next_at: at,
  });
  return true;
}

/** A page of members not decided on yet; then those whose hour has come; then the wait for the next of them. */
async function goOn(trx: Knex.Transaction, segment: Row, run: SegmentRun, active: ActiveRun, now: InstantMs, limit: number): Promise<RunStep> {
  if (active.page_after !== null) {
    const { rows } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT customer_id FROM segment_members WHERE segment_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?', [segment.id, active.page_after, limit]);
    const ids = rows.map(({ customer_id }) => customer_id);
    if (await othersGoFirst(trx, segment, ids, now, active.planned_at)) return waitForOthers(trx, segment, now);
    const deliver = await decideOn(trx, segment, run, active, ids, now);
    const after = ids.length < limit ? null : ids.at(-1)!;
    await trx('segment_runs').where({ id: active.id }).update({ page_after: after });
    return { kind: 'more', deliver, at: { run: active.number, after, decided: ids.length } };
  }
  const { rows } = await trx.raw<{ rows: { customer_id: number; until: Date }[] }>(
    `SELECT customer_id, until FROM segment_decisions WHERE run_id = ? AND outcome = 'deferred' AND until <= ? ORDER BY customer_id LIMIT ?`, [active.id, new Date(now), limit]);
  const due = rows.reduce((latest, { until }) => Math.max(latest, until.getTime()), 0);
  if (await othersGoFirst(trx, segment, rows.map(({ customer_id }) => customer_id), now, new Date(due))) return waitForOthers(trx, segment, now);
  if (rows.length > 0) return { kind: 'more', deliver: await decideOn(trx, segment, run, active, rows.map(({ customer_id }) => customer_id), now), at: { run: active.number, after: null, decided: rows.length } };
  const next = await trx('segment_decisions').where({ run_id: active.id, outcome: 'deferred' }).min<{ until: Date | null }[]>({ until: 'until' });
  const until = next[0]?.until?.getTime() ?? null;
  if (until === null) {
    await finish(trx, active, now);
    return { kind: 'more', deliver: [], at: null };
  }
  return wait(trx, segment, Math.min(until, segment.next_run_at?.getTime() ?? until), 'customers whose send window is closed');
}

/** So long a run waits for what is due at the same time. */
const othersFirstMs = 60_000;
const lookAgainMs = 1_000;

/**
 * Where reminders of ladders and runs of segments fall on one instant, the reminders go first, then the segments by key, and have what spacing and caps leave: otherwise it would
 * hang on which workflow woke first. What does not move for long, or is refused by Temporal, holds no run up.
 */
async function othersGoFirst(trx: Knex.Transaction, { key }: Row, customerIds: readonly number[], now: InstantMs, since: Date): Promise<boolean> {
  if (customerIds.length === 0 || now >= since.getTime() + othersFirstMs) return false;
  const { rows } = await trx.raw<{ rows: { due: boolean }[] }>(
    `SELECT EXISTS (SELECT FROM collections c WHERE customer_id = ANY(?) AND (planned_seq < requested_seq OR (state = 'active' AND next_at <= ?)) AND NOT ${isRefused('c')})
       OR EXISTS (SELECT FROM segments WHERE key < ? AND next_at <= ? AND run IS NOT NULL AND NOT archived AND NOT paused) AS due`, [[...customerIds], new Date(now), key, new Date(now)]);
  return rows[0]?.due ?? false;
}

/** On a manual clock it is told again for as long as its time has come. */
async function waitForOthers(trx: Knex.Transaction, segment: Row, now: InstantMs): Promise<RunStep> {
  await wait(trx, segment, now, '');
  return { kind: 'wait', until: now + lookAgainMs, why: 'what is due at the same time goes first' };
}

async function finish(trx: Knex.Transaction, active: ActiveRun, now: InstantMs): Promise<void> {
  await trx('segment_decisions').where({ run_id: active.id, outcome: 'deferred' }).update({ outcome: 'suppressed', reason_code: 'collapsed', reason: 'the next run began before it could be sent', until: null, at: new Date(now) });
  await trx('segment_runs').where({ id: active.id }).update({ state: 'done', ended_at: new Date(now) });
}

/** Decides on some members from the ledger as it is now, with their rows locked, and writes decisions and what follows from them together. */
async function decideOn(trx: Knex.Transaction, segment: Row, run: SegmentRun, active: ActiveRun, customerIds: readonly number[], now: InstantMs): Promise<string[]> {
  if (customerIds.length === 0) return [];
  await lockCustomersOf(trx, customerIds);
  const decided = (await decideMembers(trx, segment.id, run, customerIds, now)).map((each) => ({ ...each, messageId: randomUUID() }));
  await trx.raw(
    `INSERT INTO segment_decisions (run_id, customer_id, outcome, reason_code, reason, at, on_date, until, message_id, ledger_version)
     SELECT ?, t.customer_id, t.outcome, t.code, t.reason, ?, t.on_date, t.until, t.message_id, t.version
     FROM jsonb_to_recordset(?::jsonb) AS t (customer_id bigint, outcome text, code text, reason text, on_date date, until timestamptz, message_id uuid, version bigint)
     ON CONFLICT (run_id, customer_id) DO UPDATE SET outcome = excluded.outcome, reason_code = excluded.reason_code, reason = excluded.reason, at = excluded.at, on_date = excluded.on_date,
       until = excluded.until, message_id = excluded.message_id, ledger_version = excluded.ledger_version WHERE segment_decisions.outcome = 'deferred'`,
    [active.id, new Date(now), JSON.stringify(decided.map(rowOf))]);
  return actOnMembers(trx, { segment, number: active.number, actions: run.actions, now }, decided);
}

function rowOf({ account: { customerId, facts }, decision, messageId }: DecidedMember): Record<string, unknown> {
  const base = { customer_id: customerId, on_date: facts.today, version: facts.customer.ledgerVersion, until: null, message_id: null, reason: decision.reason };
  switch (decision.kind) {
    case 'act': return { ...base, outcome: 'executed', code: 'due', message_id: decision.actions.some(isMail) ? messageId : null };
    case 'suppress': return { ...base, outcome: 'suppressed', code: decision.code };
    case 'defer': return { ...base, outcome: 'deferred', code: decision.code, until: new Date(decision.until).toISOString() };
  }
}
