import type { Template } from '../types';

/** What sentences are made of: amounts and dates already written as the recipient writes them. */
export interface Facts {
  customer: string;
  sender: string;
  /** How many invoices the message is about. */
  count: number;
  /** Number, open amount and due date of the invoice that leads. */
  number: string;
  open: string;
  dueOn: string;
  /** Whole days since the lead's due date; 0 or less when it is not overdue. */
  daysOverdue: number;
  /** Open amount of all invoices in the message, per currency. */
  totalOpen: string;
}

export interface TemplateWording {
  subject(facts: Facts): string;
  heading(facts: Facts): string;
  /** What is said above the table of invoices. */
  opening(facts: Facts): readonly string[];
  /** What is said below it. */
  closing(facts: Facts): readonly string[];
  /** Whether the ways to pay are printed. */
  asksForPayment: boolean;
}

export interface Labels {
  greeting(customer: string): string;
  regards: string;
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
  questions(contact: string): string;
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

/** Everything a message says in one language. */
export interface Wording {
  labels: Labels;
  status: StatusWording;
  templates: Readonly<Record<Template, TemplateWording>>;
}
