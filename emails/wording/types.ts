import type { EntryKind } from '../../domain/statement/types';

/** Words of the frame and of the invoice as a file; what a message says is in its template. */
export interface Labels {
  invoice: string;
  issued: string;
  due: string;
  status: string;
  total: string;
  open: string;
  totalOpen: string;
  description: string;
  quantity: string;
  amount: string;
  billedTo: string;
  paid: string;
  waysToPay: string;
  accountHolder: string;
  bank: string;
  account: string;
  routing: string;
  paymentReference: string;
  /** That a disputed amount is left out of what is asked for. */
  withoutDisputed(amount: string): string;
  /** The same of an amount that the customer has promised to pay. */
  withoutPromised(amount: string): string;
  /** What is taken off an invoice for paying in time. */
  withDiscount(number: string, discounted: string, discount: string, until: string): string;
  /** "2%". */
  percent(number: string): string;
  /** What a campaign takes off each invoice that it lists. */
  offer(taken: string): string;
  /** Late fees and interest, which are never part of what is open. */
  withCharges(amount: string): string;
  /** "Message 3f2a…": what a person can be asked about. */
  messageReference(id: string): string;
  page(page: number, of: number): string;
}

/** How an invoice stands on the day of the message. */
export interface StatusWording {
  settled: string;
  dueToday: string;
  dueIn(days: number): string;
  overdue(days: number): string;
}

/** Words of a statement: of the file, and of what moved an account wherever it is told. */
export interface StatementWording {
  title: string;
  customer: string;
  period: string;
  between(from: string, to: string): string;
  currency: string;
  opening: string;
  moved: string;
  closing: string;
  openItems: string;
  nothingOpen: string;
  item: string;
  daysPastDue: string;
  disputed(amount: string): string;
  promised(amount: string): string;
  aging: string;
  notDue: string;
  moreThan(days: number): string;
  unapplied: string;
  entries: string;
  date: string;
  balance: string;
  fileName: string;
  /** What moved the account; the reference is an invoice's number, or what a payment or credit note is called. */
  entry: Readonly<Record<EntryKind, (reference: string) => string>>;
}

/** Everything a message says in one language. */
export interface Wording {
  labels: Labels;
  status: StatusWording;
  statement: StatementWording;
}
