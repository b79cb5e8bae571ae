import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { nextRun } from '../../domain/segment/cadence';
import type { MemberDecision } from '../../domain/segment/decideMember';
import { isMail, type SegmentRun } from '../../domain/segment/types';
import { appendAudit, type Actor } from '../audit';
import { decideMembers } from './decideMembers';
import { SegmentError } from './segments';

/** What a person may ask of a segment's runs. */
export type RunControl = 'pause' | 'resume' | 'run-now' | 'skip-next';

interface Row {
  key: string;
  archived: boolean;
  run: SegmentRun | null;
  paused: boolean;
}

async function locked(trx: Knex.Transaction, id: number): Promise<Row> {
  const row = await trx('segments').where({ id }).forUpdate().first<Row | undefined>('key', 'archived', 'run', 'paused');
  if (!row) throw new SegmentError('There is no such segment.');
  return row;
}

/** Sets what a segment does and when, or that it does nothing by itself (null). A run under way goes on by the new rules. */
export async function setRun(trx: Knex.Transaction, actor: Actor, id: number, run: SegmentRun | null, consolidated: boolean, now: InstantMs): Promise<void> {
  const before = await locked(trx, id);
  const next = run === null ? null : new Date(nextRun(run.cadence, now));
  await trx('segments').where({ id }).update({
    run: run === null ? null : JSON.stringify(run), consolidated: run !== null && consolidated, next_run_at: next, next_at: new Date(now), skip_next: false, run_asked_by: null, change_seq: trx.raw('change_seq + 1'), row_version: trx.raw('row_version + 1'),
  });
  await appendAudit(trx, [{ actor, action: 'segment.run-set', subjectType: 'segment', subjectId: before.key, before: { run: before.run }, after: { run, consolidated } }]);
}

/** Does what a person asks. Throws SegmentError for a segment that does nothing by itself. */
export async function controlRun(trx: Knex.Transaction, actor: Actor, id: number, control: RunControl, now: InstantMs): Promise<void> {
  const before = await locked(trx, id);
  if (before.archived || before.run === null) throw new SegmentError('This segment does nothing by itself: give it a schedule first.');
  if (control === 'run-now' && before.paused) throw new SegmentError('This segment is paused: resume it first.');
  const change = {
    pause: { paused: true }, resume: { paused: false, next_run_at: new Date(nextRun(before.run.cadence, now)) }, 'run-now': { run_asked_by: actor.name }, 'skip-next': { skip_next: true },
  }[control];
  await trx('segments').where({ id }).update({ ...change, next_at: new Date(now), change_seq: trx.raw('change_seq + 1') });
  await appendAudit(trx, [{ actor, action: `segment.${control}`, subjectType: 'segment', subjectId: before.key }]);
}

export interface RunPreview {
  at: Date | null;
  /** Members looked at: the first so many. */
  looked: number;
  /** The next run and those after it. */
  dates: Date[];
  customers: { customerId: number; customerName: string; decision: MemberDecision['kind']; reason: string; email: boolean; others: number; until: Date | null; invoices: number }[];
}

/** What a run would do if it were now, to the first members: the very decision that is made then. */
export async function previewRun(db: Knex, id: number, now: InstantMs, limit: number): Promise<RunPreview> {
  const row = await db('segments').where({ id }).first<{ run: SegmentRun | null; next_run_at: Date | null } | undefined>('run', 'next_run_at');
  const run = row?.run;
  if (!run) throw new SegmentError('This segment does nothing by itself: give it a schedule first.');
  const ids = await db<{ segment_id: number; customer_id: number }>('segment_members').where({ segment_id: id }).orderBy('customer_id').limit(limit).pluck('customer_id');
  const at = row?.next_run_at?.getTime() ?? now;
  const decided = await decideMembers(db, id, run, ids, Math.max(at, now));
  return {
    at: row?.next_run_at ?? null, ...nextDates(run, row?.next_run_at ?? null, now), looked: ids.length,
    customers: decided.map(({ account: { customerId, name }, decision }) => ({
      customerId, customerName: name, decision: decision.kind, reason: decision.reason,
      email: decision.kind === 'act' && decision.actions.some(isMail), others: decision.kind === 'suppress' ? 0 : decision.actions.filter((action) => !isMail(action)).length,
      until: decision.kind === 'defer' ? new Date(decision.until) : null, invoices: decision.kind === 'suppress' ? 0 : decision.invoices.length,
    })),
  };
}

const datesShown = 6;

/** The runs after the next one. */
function nextDates({ cadence }: SegmentRun, next: Date | null, now: InstantMs): { dates: Date[] } {
  const dates: Date[] = [];
  for (let at = next?.getTime() ?? nextRun(cadence, now); dates.length < datesShown; at = nextRun(cadence, at)) dates.push(new Date(at));
  return { dates };
}

export interface Schedule {
  run: SegmentRun | null;
  consolidated: boolean;
  paused: boolean;
  skipNext: boolean;
  nextRunAt: Date | null;
  runs: { number: number; plannedAt: Date; askedBy: string | null; state: 'running' | 'done' | 'skipped'; endedAt: Date | null; executed: number; suppressed: number; deferred: number }[];
}

const runsShown = 20;

export async function readSchedule(db: Knex, id: number): Promise<Schedule> {
  const { rows: [standing] } = await db.raw<{ rows: Omit<Schedule, 'runs'>[] }>('SELECT run, consolidated, paused, skip_next AS "skipNext", next_run_at AS "nextRunAt" FROM segments WHERE id = ?', [id]);
  if (!standing) throw new SegmentError('There is no such segment.');
  const { rows: runs } = await db.raw<{ rows: Schedule['runs'] }>(
    `SELECT r.number, r.planned_at AS "plannedAt", r.asked_by AS "askedBy", r.state, r.ended_at AS "endedAt",
       count(d.*) FILTER (WHERE d.outcome = 'executed')::int AS executed, count(d.*) FILTER (WHERE d.outcome = 'suppressed')::int AS suppressed, count(d.*) FILTER (WHERE d.outcome = 'deferred')::int AS deferred
     FROM (SELECT * FROM segment_runs WHERE segment_id = ? ORDER BY number DESC LIMIT ?) r LEFT JOIN segment_decisions d ON d.run_id = r.id
     GROUP BY r.id, r.number, r.planned_at, r.asked_by, r.state, r.ended_at ORDER BY r.number DESC`, [id, runsShown]);
  return { ...standing, runs };
}
