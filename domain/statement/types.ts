import type { InstantMs, LocalDate } from '../calendar/dates';
import type { Money } from '../money/money';

/** What moved an account. `correction`: what was changed on it for days that an earlier statement told of already, so that every statement begins where the last one ended. */
export type EntryKind =
  | 'invoice' | 'payment' | 'payment-refunded' | 'payment-reversed' | 'credit-note' | 'write-off' | 'write-off-reversed' | 'discount' | 'discount-reversed'
  | 'late-fee' | 'interest' | 'compensation' | 'charge-waived' | 'correction';

/** Something that moved an account: above zero where the customer owes more by it. */
export interface AccountEntry extends Money {
  kind: EntryKind;
  on: LocalDate;
  /** The invoice's number, or what the payment or credit note is called. */
  reference: string | null;
}

/** What is open: an invoice, or a late fee or interest, which is never part of the invoice that it is for. */
export interface OpenItem {
  kind: 'invoice' | 'late-fee' | 'interest' | 'compensation';
  /** The number of the invoice, also of that which a charge is for. */
  reference: string;
  issuedOn: LocalDate;
  /** A charge is due on the day on which it is made. */
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  openMinor: number;
  /** What of it is disputed or promised; it is open all the same. */
  disputedMinor: number;
  promisedMinor: number;
}

/** Money or credit that is on no invoice yet. */
export interface UnappliedItem extends Money {
  kind: 'payment' | 'credit-note';
  reference: string;
  on: LocalDate;
}

/** A customer's account as a statement tells of it. */
export interface StatementAccount {
  /** What is new to the customer since the last statement. */
  entries: readonly AccountEntry[];
  items: readonly OpenItem[];
  unapplied: readonly UnappliedItem[];
}

/** The statement before. */
export interface LastStatement {
  to: LocalDate;
  at: InstantMs;
  closing: readonly Money[];
}

/** What is open by days past due. Charges are in it, by the days since they were made. */
export interface Aging {
  currency: string;
  /** As `agingBounds` has them: not due, 1 to 30 days, …, more than 120. */
  bucketsMinor: readonly number[];
  openMinor: number;
}

export interface StatementEntry {
  date: LocalDate;
  kind: EntryKind;
  reference: string | null;
  amount: Money;
  /** In the entry's currency, after it. */
  balance: Money;
}

/** What a statement tells of an account between two days, both included. */
export interface StatementContent {
  from: LocalDate;
  to: LocalDate;
  /** One amount per currency. Below zero: the customer has credit. */
  opening: readonly Money[];
  closing: readonly Money[];
  entries: readonly StatementEntry[];
  items: readonly OpenItem[];
  aging: readonly Aging[];
  unapplied: readonly UnappliedItem[];
}

/** When a statement is sent: where something is open or was since the last one, where something is open, or in any case. */
export type StatementRule = 'open-or-moved' | 'open' | 'always';
export const statementRules = ['open-or-moved', 'open', 'always'] as const satisfies readonly StatementRule[];

/** What the rule asks about. Credit that is left over is open, too. */
export interface StatementStanding {
  open: boolean;
  moved: boolean;
}
