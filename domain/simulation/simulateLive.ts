import type { InstantMs } from '../calendar/dates';
import { policyVersionName, toDecisionRow } from '../collection/decideTurn';
import type { Collected, Decision, DecisionRow } from '../collection/decision';
import type { CustomerFacts, StepRecord } from '../collection/facts';
import type { Money } from '../money/money';
import { askedBy, askedByPolicy, union } from '../condition/asked';
import type { AskedFact } from '../condition/catalogue';
import { namedSegments } from '../condition/named';
import { noPolicies, type PoliciesByName } from '../policy/byName';
import type { Policy } from '../policy/types';
import { SimulatedAccount } from './account';
import { SegmentsOfCustomer, type RunStanding, type SegmentsOptions, type SimulatedSegment } from './segments';
import { simulateAccount } from './simulate';
import { simulatedInvoice } from './simulatedInvoice';

/** One customer of the running system: its facts, its invoices that are or were collected, and its unapplied cash and credit. */
export interface LiveLedger {
  customer: CustomerFacts;
  collected: readonly Collected[];
  unapplied: readonly Money[];
  /** What policy versions that steps may start have on record of invoices from an earlier stay on them, by the invoice's external id; left out: there was none. */
  earlier?: ReadonlyMap<string, readonly EarlierStay[]>;
  /** In which segments' runs that are under way it still waits, by the segment's key; left out: in none. `until` null: it has not been decided on. */
  waits?: ReadonlyMap<string, { until: InstantMs | null }>;
}

/** A segment of the running system, and how its runs stand for everybody. */
export interface LiveSegment extends SimulatedSegment, Pick<RunStanding, 'number' | 'skipNext'> {
  title: string;
  paused: boolean;
  nextRunAt: InstantMs | null;
}

/** Segments whose runs are lived through beside the ladders. */
export interface LiveSegments extends Pick<SegmentsOptions, 'onDecision' | 'onAct'> {
  /** All that are not archived, by key. */
  of: readonly LiveSegment[];
}

/** An invoice was on a policy version before the one that it is on. */
export interface EarlierStay {
  /** As in 'reference@1'. */
  version: string;
  records: readonly StepRecord[];
}

/** What there is beside the ledger. */
export interface LiveSurroundings {
  /** The policies in force, that steps start by name. */
  others?: PoliciesByName;
  /** Left out: the segments that a customer is in stay as they are, and none of them runs. */
  segments?: LiveSegments;
}

/** What has to be read of a ledger beside what its own policies ask, for it to be lived through under these policies and in these surroundings. */
export function askedInLife(policies: Iterable<Policy>, { others = noPolicies, segments }: LiveSurroundings): ReadonlySet<AskedFact> {
  return union([
    ...[...policies, ...others.values()].map(askedByPolicy),
    ...(segments?.of ?? []).flatMap(({ condition, run }) => [condition, run?.when ?? null, run?.invoices.where ?? null].map(askedBy)),
  ]);
}

/**
 * The decisions that the running system would make from `now` until `end` (not included) if nothing else happened to the ledger: nobody pays,
 * and no invoice is added. Each invoice stays on its own policy version until a step starts another policy. Ordered by instant, then by customer.
 */
export function simulateLive(ledgers: Iterable<LiveLedger>, now: InstantMs, end: InstantMs, surroundings: LiveSurroundings = {}): DecisionRow[] {
  const rows: { row: DecisionRow; at: InstantMs }[] = [];
  for (const ledger of ledgers) liveThrough(ledger, now, end, (decision) => rows.push({ row: toDecisionRow(decision), at: decision.at }), surroundings);
  return rows.sort((a, b) => a.at - b.at || (a.row.customer < b.row.customer ? -1 : a.row.customer > b.row.customer ? 1 : 0)).map(({ row }) => row);
}

/** The same for one customer, decision by decision, for whoever only counts them. */
export function liveThrough(ledger: LiveLedger, now: InstantMs, end: InstantMs, emit: (decision: Decision) => void, { others = noPolicies, segments }: LiveSurroundings = {}): void {
  const { customer, collected, unapplied, earlier } = ledger;
  const account = new SimulatedAccount(customer, null, null, others);
  for (const { invoice, policy } of collected) account.adopt(simulatedInvoice(invoice, policy, now, staysOf(earlier?.get(invoice.externalId), others)));
  for (const { currency, amountMinor } of unapplied) account.addUnapplied(currency, amountMinor);
  const runs = segments && segments.of.length > 0 ? new SegmentsOfCustomer(account, runsOf(ledger, segments, others, now), now) : null;
  simulateAccount(account, [], end, emit, runs);
  runs?.end();
}

function runsOf({ collected, waits }: LiveLedger, { of, onDecision, onAct }: LiveSegments, others: PoliciesByName, now: InstantMs): SegmentsOptions {
  const watched = of.some(({ consolidated, run }) => consolidated && run) || collected.some(({ policy }) => asksOfSegments(policy)) || [...others.values()].some(asksOfSegments);
  const standings = new Map(of.map((segment) => [segment.key, standingOf(segment, waits?.get(segment.key), now)]));
  return { of, standingOf: ({ key }) => standings.get(key)!, asks: watched ? 'daily' : 'at-runs', onDecision, onAct };
}

/** A segment that is paused begins no run, and goes on with none. */
function standingOf({ paused, nextRunAt, number, skipNext }: LiveSegment, waits: { until: InstantMs | null } | undefined, now: InstantMs): RunStanding {
  if (paused) return { nextAt: Infinity, number, skipNext, waits: null };
  return { nextAt: nextRunAt ?? Infinity, number, skipNext, waits: waits ? { until: waits.until ?? now, besidesDone: waits.until !== null } : null };
}

const asking = new WeakMap<Policy, boolean>();

/** Whether a step hangs on the segments that a customer is in. */
function asksOfSegments(policy: Policy): boolean {
  let asks = asking.get(policy);
  if (asks === undefined) asking.set(policy, (asks = policy.steps.some(({ when }) => namedSegments(when).length > 0)));
  return asks;
}

/** Earlier stays on the versions that steps would start; a draft in the place of one has nothing on record. */
function staysOf(stays: readonly EarlierStay[] | undefined, others: PoliciesByName): Map<Policy, readonly StepRecord[]> | null {
  if (!stays) return null;
  return new Map([...others.values()].flatMap((policy) => {
    const stay = stays.find(({ version }) => version === policyVersionName(policy));
    return stay ? [[policy, stay.records] as const] : [];
  }));
}
