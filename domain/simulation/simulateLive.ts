import type { InstantMs } from '../calendar/dates';
import { policyVersionName, toDecisionRow } from '../collection/decideTurn';
import type { Collected, Decision, DecisionRow } from '../collection/decision';
import type { CustomerFacts, StepRecord } from '../collection/facts';
import type { Money } from '../money/money';
import { noPolicies, type PoliciesByName } from '../policy/byName';
import type { Policy } from '../policy/types';
import { SimulatedAccount, simulatedInvoice } from './account';
import { simulateAccount } from './simulate';

/** One customer of the running system: its facts, its invoices that are or were collected, and its unapplied cash and credit. */
export interface LiveLedger {
  customer: CustomerFacts;
  collected: readonly Collected[];
  unapplied: readonly Money[];
  /** What policy versions that steps may start have on record of invoices from an earlier stay on them, by the invoice's external id; left out: there was none. */
  earlier?: ReadonlyMap<string, readonly EarlierStay[]>;
}

/** An invoice was on a policy version before the one that it is on. */
export interface EarlierStay {
  /** As in 'reference@1'. */
  version: string;
  records: readonly StepRecord[];
}

/**
 * The decisions that the running system would make from `now` until `end` (not included) if nothing else happened to the ledger: nobody pays,
 * and no invoice is added. Each invoice stays on its own policy version until a step starts another policy, of `others`. Ordered by instant, then by customer.
 */
export function simulateLive(ledgers: Iterable<LiveLedger>, now: InstantMs, end: InstantMs, others: PoliciesByName = noPolicies): DecisionRow[] {
  const rows: { row: DecisionRow; at: InstantMs }[] = [];
  for (const ledger of ledgers) liveThrough(ledger, now, end, (decision) => rows.push({ row: toDecisionRow(decision), at: decision.at }), others);
  return rows.sort((a, b) => a.at - b.at || (a.row.customer < b.row.customer ? -1 : a.row.customer > b.row.customer ? 1 : 0)).map(({ row }) => row);
}

/** The same for one customer, decision by decision, for whoever only counts them. */
export function liveThrough({ customer, collected, unapplied, earlier }: LiveLedger, now: InstantMs, end: InstantMs, emit: (decision: Decision) => void, others: PoliciesByName = noPolicies): void {
  const account = new SimulatedAccount(customer, null, null, others);
  // What was read stays as it was: it is run through more than once.
  for (const { invoice, policy } of collected) account.adopt(Object.assign(simulatedInvoice({ ...invoice }, policy, now), { stays: staysOf(earlier?.get(invoice.externalId), others) }));
  for (const { currency, amountMinor } of unapplied) account.addUnapplied(currency, amountMinor);
  simulateAccount(account, [], end, emit);
}

/** Earlier stays on the versions that steps would start; a draft in the place of one has nothing on record. */
function staysOf(stays: readonly EarlierStay[] | undefined, others: PoliciesByName): Map<Policy, readonly StepRecord[]> | null {
  if (!stays) return null;
  return new Map([...others.values()].flatMap((policy) => {
    const stay = stays.find(({ version }) => version === policyVersionName(policy));
    return stay ? [[policy, stay.records] as const] : [];
  }));
}
