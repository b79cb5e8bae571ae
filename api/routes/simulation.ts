import type { Knex } from 'knex';
import { setImmediate as breathe } from 'node:timers/promises';
import { dayMs } from '../../domain/calendar/dates';
import type { DecisionRow } from '../../domain/collection/decision';
import type { Policy } from '../../domain/policy/types';
import { noRuns, runTallied, type RunTally } from '../../domain/simulation/comparePolicies';
import type { SegmentAct } from '../../domain/simulation/segments';
import { askedInLife, simulateLive, type LiveSegment } from '../../domain/simulation/simulateLive';
import { readClock } from '../../db/clock/clock';
import { startablePolicies } from '../../db/policies';
import { readLiveLedger, readLiveSegments } from '../../db/readmodels/liveLedger';

interface Day {
  on: string;
  /** By steps. */
  emails: number;
  /** What runs of segments write on what is owed. */
  segmentEmails: number;
  statements: number;
  /** By steps and by runs. */
  tasks: number;
  holds: number;
  handoffs: number;
  suppressed: number;
}
const columnOf = { email: 'emails', task: 'tasks', hold: 'holds', handoff: 'handoffs' } as const;

/** What the runs of a segment do over all the days. */
interface SegmentTotals extends RunTally {
  segment: string;
  title: string;
}

/**
 * What the next days bring if the ledger stays as it is: by the steps of policies, and for whoever owes something by the runs of segments. With a draft, every invoice is taken as being on it; what was decided
 * before counts by the names of steps.
 */
export async function simulateLedger(knex: Knex, { days, draft, decisionsMax }: { days: number; draft: Policy | null; decisionsMax: number }) {
  const started = performance.now();
  const { now } = await readClock(knex);
  const end = now + days * dayMs;
  const inForce = await startablePolicies(knex);
  const others = draft ? new Map([...inForce, [draft.policy, draft]]) : inForce;
  const segments = await readLiveSegments(knex);
  const acts: SegmentAct[] = [];
  const surroundings = { others, segments: { of: segments, onAct: (act: SegmentAct) => void acts.push(act) } };
  const rows: DecisionRow[] = [];
  let invoices = 0;
  for await (const ledgers of readLiveLedger(knex, askedInLife(draft ? [draft] : [], surroundings))) {
    invoices += ledgers.reduce((sum, { collected }) => sum + collected.length, 0);
    const taken = draft ? ledgers.map((ledger) => ({ ...ledger, collected: ledger.collected.map((each) => ({ ...each, policy: draft })) })) : ledgers;
    for (const row of simulateLive(taken, now, end, surroundings)) rows.push(row);
    // A long simulation shares this process with everybody's requests.
    await breathe();
  }
  rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0));
  return {
    from: new Date(now), to: new Date(end), invoices, tookMs: Math.round(performance.now() - started), days: daysOf(rows, acts), counts: countsOf(rows), segments: totalsOf(segments, acts),
    decisions: rows.slice(0, decisionsMax), total: rows.length, truncated: rows.length > decisionsMax,
  };
}

function daysOf(rows: readonly DecisionRow[], acts: readonly SegmentAct[]): Day[] {
  const days = new Map<string, Day>();
  const dayOf = (on: string): Day => {
    let day = days.get(on);
    if (!day) days.set(on, (day = { on, emails: 0, segmentEmails: 0, statements: 0, tasks: 0, holds: 0, handoffs: 0, suppressed: 0 }));
    return day;
  };
  for (const { on, action, outcome } of rows) {
    const day = dayOf(on);
    if (outcome === 'executed' && action in columnOf) day[columnOf[action as keyof typeof columnOf]] += 1;
    if (outcome === 'suppressed' || outcome === 'skipped') day.suppressed += 1;
  }
  for (const { on, actions } of acts) {
    const day = dayOf(on);
    for (const { kind } of actions) if (kind !== 'notify') day[runTallied[kind]] += 1;
  }
  return [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** Of the segments that do something by themselves, by key. */
function totalsOf(segments: readonly LiveSegment[], acts: readonly SegmentAct[]): SegmentTotals[] {
  const totals = new Map(segments.filter(({ run }) => run !== null).map(({ key, title }) => [key, { ...noRuns, segment: key, title }]));
  for (const { segment, actions } of acts) for (const { kind } of actions) totals.get(segment)![runTallied[kind]] += 1;
  return [...totals.values()];
}

function countsOf(rows: readonly DecisionRow[]): { step: string; action: string; outcome: DecisionRow['outcome']; count: number }[] {
  const counts = new Map<string, { step: string; action: string; outcome: DecisionRow['outcome']; count: number }>();
  for (const { step, action, outcome } of rows) {
    const key = `${step}/${action}/${outcome}`;
    const found = counts.get(key);
    if (found) found.count += 1;
    else counts.set(key, { step, action, outcome, count: 1 });
  }
  return [...counts.values()].sort((a, b) => (`${a.step}/${a.action}/${a.outcome}` < `${b.step}/${b.action}/${b.outcome}` ? -1 : 1));
}
