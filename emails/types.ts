import type { LocalDate } from '../domain/calendar/dates';
import type { CustomValue } from '../domain/collection/facts';
import type { MessageContent } from '../domain/templates/content';
import type { MessageTemplate } from '../domain/templates/types';

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
  /** What is asked for: without what is disputed or promised. */
  openMinor: number;
  disputedMinor?: number;
  promisedMinor?: number;
  lines: readonly InvoiceLine[];
  /** Late fees and interest beside what is open. */
  chargesMinor?: number;
  /** What is taken off for paying until a day. */
  discount?: { amountMinor: number; lastDay: LocalDate } | null;
  custom?: Readonly<Record<string, CustomValue>>;
  /** The customer's own copy, if one was stored; otherwise one is drawn. */
  document: { fileName: string; contentType: string; contentBase64: string } | null;
}

/** The customer as a template may tell of it, beside the name. */
export interface MessageCustomer {
  /** Its id in the system that it comes from. */
  number: string | null;
  country: string | null;
  tier: string | null;
  businessUnit: string | null;
  termsDays: number | null;
  custom: Readonly<Record<string, CustomValue>>;
}

/** All that a message says, before it is put into words. */
export interface MessageInput extends MessageContent {
  /** A published version, or a draft that is looked at. */
  template: MessageTemplate;
  /** The customer's, as BCP 47, e.g. `de` or `de-AT`; a template without that language is written in its default one. */
  language: string;
  /** The message's own id: printed small, so that a person and a provider can both be asked about it. */
  messageId: string;
  sender: Sender;
  customerName: string;
  customer?: MessageCustomer;
  /** Today where the customer is. */
  today: LocalDate;
  /** The invoice that leads first. At least one for the kinds customer, invoice-delivery and segment. */
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
