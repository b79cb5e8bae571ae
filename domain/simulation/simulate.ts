import { dayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { startOfDay } from '../calendar/zones';
import { decideNext } from '../collection/decideNext';
import { decideTurn, toDecisionRow } from '../collection/decideTurn';
import type { Collected, DecisionRow } from '../collection/decision';
import type { Policy } from '../policy/types';
import { customerAccount, type SimulatedAccount, type SimulatedInvoice } from './account';
import { defaultTimeZone, ledgerTimeline, type Ledger, type LedgerEvent } from './timeline';

/** No instant needs more rounds than a ladder has steps; beyond it the policy chases its own tail. */
const roundsMax = 64;

export interface SimulationOptions {
  /** Called with the number of customers done and in all. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Every decision that the running system makes on a ledger between two dates, both included, in each customer's zone, ordered by instant.
 * Takes the invoices issued before `from` as a ledger brought over on that day. Customers do not affect each other, so each is run by itself.
 */
export function simulate(ledger: Ledger, policy: Policy, from: LocalDate, to: LocalDate, options: SimulationOptions = {}): DecisionRow[] {
  const timelines = ledgerTimeline(ledger, from);
  const customers = [...ledger.customers].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const rows: DecisionRow[] = [];
  const instants: InstantMs[] = [];
  customers.forEach((customer, position) => {
    const timeline = timelines.get(customer.externalId);
    if (timeline) {
      const account = customerAccount(customer, policy);
      simulateAccount(account, timeline, startOfDay(dayNumber(to) + 1, customer.timeZone ?? defaultTimeZone), (row, at) => {
        rows.push(row);
        instants.push(at);
      });
    }
    options.onProgress?.(position + 1, customers.length);
  });
  // The rows of one customer are in order, and customers come by id: a stable sort by instant is all that is left to do.
  const order = Uint32Array.from(rows.keys()).sort((a, b) => instants[a]! - instants[b]! || a - b);
  return Array.from(order, (position) => rows[position]!);
}

/** Runs one customer until `end`, not included: from one instant at which something happens or is due to the next. */
export function simulateAccount(account: SimulatedAccount, timeline: readonly LedgerEvent[], end: InstantMs, emit: (row: DecisionRow, at: InstantMs) => void): void {
  let position = 0;
  for (;;) {
    let now = timeline[position]?.at ?? Infinity;
    for (const invoice of account.active) now = Math.min(now, invoice.nextAt);
    if (now >= end) return;
    while (timeline[position]?.at === now) {
      account.apply(timeline[position]!);
      position += 1;
    }
    account.takeUp();
    // Where steps have times of their own, an email that goes now may carry what is due later today.
    const asked = account.active.filter((invoice) => invoice.nextAt <= now || invoice.policy.steps.some((step) => step.atMinute !== null));
    runTurns(account, asked, now, emit);
    for (const invoice of asked) invoice.nextAt = nextInstant(account, invoice, now);
    account.retire();
  }
}

function runTurns(account: SimulatedAccount, invoices: readonly SimulatedInvoice[], now: InstantMs, emit: (row: DecisionRow, at: InstantMs) => void): void {
  for (let round = 0; round < roundsMax; round += 1) {
    const collected: Collected[] = invoices.map((invoice) => ({ invoice: account.refresh(invoice), policy: invoice.policy }));
    const turn = decideTurn(account.customer, collected, now);
    if (turn.decisions.length === 0) return;
    for (const decision of turn.decisions) emit(toDecisionRow(decision), now);
    account.record(turn);
  }
  throw new Error(`customer ${account.customer.externalId}: more than ${roundsMax} rounds at ${new Date(now).toISOString()}`);
}

function nextInstant(account: SimulatedAccount, invoice: SimulatedInvoice, now: InstantMs): InstantMs {
  const plan = decideNext(account.customer, { invoice, policy: invoice.policy }, now);
  if (plan.kind === 'act') throw new Error(`invoice ${invoice.externalId} is still due after its turn`);
  return plan.kind === 'wait' ? plan.until ?? Infinity : Infinity;
}
