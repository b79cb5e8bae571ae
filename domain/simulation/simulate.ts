import { dayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { startOfDay } from '../calendar/zones';
import { decideNext } from '../collection/decideNext';
import { decideTurn, toDecisionRow } from '../collection/decideTurn';
import type { Decision, DecisionRow } from '../collection/decision';
import { askedAheadMs, hasTimes } from '../collection/laterToday';
import { policiesByName } from '../policy/byName';
import type { Policy } from '../policy/types';
import type { SimulatedAccount } from './account';
import { customerAccount } from './customerAccount';
import { nextRunOnce, SegmentsOfCustomer, type SegmentDecisionRow, type SegmentsOptions, type SimulatedSegment } from './segments';
import type { SimulatedInvoice } from './simulatedInvoice';
import { defaultTimeZone, ledgerTimeline, type Ledger, type LedgerEvent } from './timeline';

/** No instant needs more rounds than a ladder has steps; beyond it the policy chases its own tail. */
const roundsMax = 64;

export interface SimulationOptions {
  /** Called with the number of customers done and in all. */
  onProgress?: (done: number, total: number) => void;
  segments?: SimulatedSegments;
  /** The other policies, that steps start by name. */
  others?: readonly Policy[];
}

/** Segments that collect beside the policy. */
export interface SimulatedSegments {
  of: readonly SimulatedSegment[];
  /** When their schedules were set. */
  since: InstantMs;
  /** Called with what each run came to for each customer, customer by customer. */
  onDecision?: (row: SegmentDecisionRow) => void;
}

/**
 * Every decision that the running system makes on a ledger between two dates, both included, in each customer's zone, ordered by instant.
 * Takes the invoices issued before `from` as a ledger brought over on that day. Customers do not affect each other, so each is run by itself.
 */
export function simulate(ledger: Ledger, policy: Policy, from: LocalDate, to: LocalDate, options: SimulationOptions = {}): DecisionRow[] {
  const timelines = ledgerTimeline(ledger, from);
  const customers = [...ledger.customers].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const others = policiesByName([...options.others ?? [], policy]);
  const rowsAt = new Map<InstantMs, DecisionRow[]>();
  const beside = options.segments ? sinceThen(options.segments) : null;
  customers.forEach((customer, position) => {
    const timeline = timelines.get(customer.externalId);
    if (timeline || beside) {
      const account = customerAccount(customer, policy, others);
      const segments = beside ? new SegmentsOfCustomer(account, beside) : null;
      simulateAccount(account, timeline ?? [], startOfDay(dayNumber(to) + 1, customer.timeZone ?? defaultTimeZone), (decision) => {
        const rows = rowsAt.get(decision.at);
        if (rows) rows.push(toDecisionRow(decision));
        else rowsAt.set(decision.at, [toDecisionRow(decision)]);
      }, segments);
      segments?.end();
    }
    options.onProgress?.(position + 1, customers.length);
  });
  // At one instant the rows of a customer are in order, and customers come by id.
  return [...rowsAt].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows);
}

/** Segments of which nothing has run before. */
function sinceThen({ of, since, onDecision }: SimulatedSegments): SegmentsOptions {
  return { of: [...of].sort((a, b) => (a.key < b.key ? -1 : 1)), standingOf: ({ run }) => ({ nextAt: nextRunOnce(run.cadence, since), number: 0, skipNext: false, waits: null }), asks: 'always', onDecision };
}

/** Runs one customer until `end`, not included: from one instant at which something happens or is due to the next. */
export function simulateAccount(account: SimulatedAccount, timeline: readonly LedgerEvent[], end: InstantMs, emit: (decision: Decision) => void, segments: SegmentsOfCustomer | null = null): void {
  let position = 0;
  for (;;) {
    let now = Math.min(timeline[position]?.at ?? Infinity, segments?.nextAt() ?? Infinity);
    for (const invoice of account.active) now = Math.min(now, invoice.nextAt);
    if (now >= end) return;
    while (timeline[position]?.at === now) {
      account.apply(timeline[position]!);
      position += 1;
    }
    account.takeUp();
    segments?.mark(now);
    // A run by itself asks no ladder.
    if (account.active.some((invoice) => invoice.nextAt <= now)) {
      const until = now + aheadOf(account);
      takeTurns(account, account.active.filter((invoice) => invoice.nextAt <= until), now, emit);
    }
    segments?.decide(now);
    account.retire();
  }
}

/**
 * How far ahead it is asked. Under one policy that gives steps no times of their own whatever is due on a day is due at one instant, and what is held back is held back alike: then there is nothing ahead
 * that would be decided otherwise, and half of the work is saved.
 */
function aheadOf({ active }: SimulatedAccount): number {
  const [first] = active;
  if (!first) return 0;
  const { policy } = first.collected;
  return hasTimes(policy) || active.some(({ collected }) => collected.policy !== policy) ? askedAheadMs : 0;
}

/** Decides all that is due at an instant, until nothing is, and notes when to look at each invoice next. */
function takeTurns(account: SimulatedAccount, invoices: readonly SimulatedInvoice[], now: InstantMs, emit: (decision: Decision) => void): void {
  for (let round = 0; round < roundsMax; round += 1) {
    for (const invoice of invoices) account.refresh(invoice, now);
    account.refreshCustomer(now);
    const turn = decideTurn(account.customer, invoices.map(({ collected }) => collected), now);
    for (const decision of turn.decisions) emit(decision);
    account.record(turn);
    if (!planAll(account, invoices, now)) return;
  }
  throw new Error(`customer ${account.customer.externalId}: still due after ${roundsMax} rounds at ${new Date(now).toISOString()}`);
}

/** Notes when to look at each invoice next; answers whether one of them is due still. */
function planAll(account: SimulatedAccount, invoices: readonly SimulatedInvoice[], now: InstantMs): boolean {
  let due = false;
  for (const invoice of invoices) {
    const plan = decideNext(account.customer, invoice.collected, now);
    if (plan.kind === 'act') due = true;
    else invoice.nextAt = plan.kind === 'wait' ? plan.until ?? Infinity : Infinity;
  }
  return due;
}
