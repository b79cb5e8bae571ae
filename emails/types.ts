import type { LocalDate } from '../domain/calendar/dates';

export const templates = ['delivery', 'due', 'overdue', 'hold-notice', 'released'] as const;
export type Template = (typeof templates)[number];

const overdueName = /^overdue(-\d+)?$/;

/**
 * The template of a name that a policy uses, or null when there is none. A ladder names its reminders after their day
 * (`overdue-7`, `overdue-30`); they are one template, which says how late each invoice really is.
 */
export function templateOf(name: string): Template | null {
  if (overdueName.test(name)) return 'overdue';
  return templates.find((template) => template === name) ?? null;
}

/** How a customer can pay, as it is printed in messages and on invoices. */
export type PaymentMethod =
  | { kind: 'bank'; accountHolder: string; bank: string | null; account: string; routing: string | null }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'text'; text: string };

/** Who writes. */
export interface Sender {
  name: string;
  /** Postal address, one entry per line. */
  addressLines: readonly string[];
  replyTo: string | null;
  phone: string | null;
  paymentMethods: readonly PaymentMethod[];
}

export interface InvoiceLine {
  description: string;
  quantity: string;
  amountMinor: number;
}

/** An invoice as a message tells of it. */
export interface MessageInvoice {
  number: string;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  openMinor: number;
  lines: readonly InvoiceLine[];
  /** The customer's own copy, if one was stored; otherwise one is drawn. */
  document: { fileName: string; contentType: string; contentBase64: string } | null;
}

/** All that a message says, before it is put into words. */
export interface MessageInput {
  /** The name as in the policy, e.g. `overdue-7`. */
  template: string;
  /** BCP 47, e.g. `de` or `de-AT`; a language without a translation is written to in English. */
  language: string;
  /** The message's own id: printed small, so that a person and a provider can both be asked about it. */
  messageId: string;
  sender: Sender;
  customerName: string;
  /** Today where the customer is. */
  today: LocalDate;
  /** The invoice that leads first; at least one. */
  invoices: readonly MessageInvoice[];
  attachInvoices: boolean;
}

export interface Attachment {
  filename: string;
  contentType: string;
  contentBase64: string;
}

export interface RenderedMessage {
  subject: string;
  html: string;
  text: string;
  attachments: Attachment[];
}
