import type { InstantMs } from '../calendar/dates';
import type { Collected, DecisionRow } from '../collection/decision';
import type { CustomerFacts } from '../collection/facts';
import type { Money } from '../money/money';
import { SimulatedAccount, simulatedInvoice } from './account';
import { simulateAccount } from './simulate';

/** One customer of the running system: its facts, its invoices that are or were collected, and its unapplied cash and credit. */
export interface LiveLedger {
  customer: CustomerFacts;
  collected: readonly Collected[];
  unapplied: readonly Money[];
}

/**
 * The decisions that the running system would make from `now` until `end` (not included) if nothing else happened to the ledger: nobody pays,
 * and no invoice is added. Each invoice stays on its own policy version. Ordered by instant, then by customer.
 */
export function simulateLive(ledgers: Iterable<LiveLedger>, now: InstantMs, end: InstantMs): DecisionRow[] {
  const rows: { row: DecisionRow; at: InstantMs }[] = [];
  for (const { customer, collected, unapplied } of ledgers) {
    const account = new SimulatedAccount(customer);
    for (const { invoice, policy } of collected) {
      account.adopt(simulatedInvoice(invoice, policy, now));
    }
    for (const { currency, amountMinor } of unapplied) account.addUnapplied(currency, amountMinor);
    simulateAccount(account, [], end, (row, at) => rows.push({ row, at }));
  }
  return rows.sort((a, b) => a.at - b.at || (a.row.customer < b.row.customer ? -1 : a.row.customer > b.row.customer ? 1 : 0)).map(({ row }) => row);
}
