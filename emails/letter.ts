import { daysBetween } from '../domain/calendar/dates';
import { sumByCurrency, type Money } from '../domain/money/money';
import { localeOf, type Locale } from './locale';
import { oneLine, safeSubject, webUrl } from './safety';
import { templateOf, type MessageInput, type MessageInvoice, type PaymentMethod, type Template } from './types';
import { wordings } from './wording';
import type { Facts, Labels, Wording } from './wording/types';

/** A message in words, before it is set as HTML or as plain text: both parts say the same because both come from it. */
export interface Letter {
  lang: string;
  subject: string;
  sender: string;
  heading: string;
  greeting: string;
  opening: readonly string[];
  table: LetterTable;
  closing: readonly string[];
  payment: LetterPayment | null;
  questions: string | null;
  regards: string;
  footer: readonly string[];
}

export interface LetterTable {
  headings: { invoice: string; due: string; status: string; open: string };
  rows: readonly { number: string; due: string; status: string; tone: 'calm' | 'late' | 'done'; open: string }[];
  /** One per currency; empty when there is only one invoice, whose row says it all. */
  totals: readonly { label: string; amount: string }[];
}

export interface LetterPayment {
  heading: string;
  facts: readonly { label: string; value: string }[];
  links: readonly { label: string; url: string }[];
  notes: readonly string[];
}

export class TemplateError extends Error {
  override name = 'TemplateError';
}

/** Puts a message into words. Throws TemplateError for a template that does not exist. */
export function composeLetter(input: MessageInput): Letter {
  const template = templateOf(input.template);
  if (!template) {
    throw new TemplateError(`The policy asks for the template "${input.template}", which does not exist. Use delivery, due, overdue-7 (or another number of days), hold-notice or released.`);
  }
  const [lead] = input.invoices;
  if (!lead) throw new TemplateError(`Message ${input.messageId} has no invoice to write about.`);

  const locale = localeOf(input.language);
  const wording = wordings[locale.language];
  const facts = factsOf(input, lead, locale);
  const words = wording.templates[inTime(template, facts)];
  const sender = oneLine(input.sender.name);
  return {
    lang: locale.tag,
    subject: safeSubject(words.subject(facts)),
    sender,
    heading: words.heading(facts),
    greeting: wording.labels.greeting(facts.customer),
    opening: words.opening(facts),
    table: tableOf(input, locale, wording),
    closing: words.closing(facts),
    payment: words.asksForPayment ? paymentOf(input, wording.labels) : null,
    questions: input.sender.replyTo ? wording.labels.questions(contactOf(input)) : null,
    regards: wording.labels.regards,
    footer: [[sender, ...input.sender.addressLines.map(oneLine)].join(' · '), wording.labels.messageReference(input.messageId)],
  };
}

/** A reminder of an invoice that is not overdue after all (a person sent it early) does not say that it is. */
function inTime(template: Template, facts: Facts): Template {
  return template === 'overdue' && facts.daysOverdue <= 0 ? 'due' : template;
}

function factsOf(input: MessageInput, lead: MessageInvoice, locale: Locale): Facts {
  return {
    customer: oneLine(input.customerName),
    sender: oneLine(input.sender.name),
    count: input.invoices.length,
    number: oneLine(lead.number),
    open: locale.money({ amountMinor: lead.openMinor, currency: lead.currency }),
    dueOn: locale.dueDate(lead.dueOn),
    daysOverdue: daysBetween(lead.dueOn, input.today),
    totalOpen: locale.amounts(openTotals(input.invoices)),
  };
}

export function openTotals(invoices: readonly MessageInvoice[]): Money[] {
  const totals = sumByCurrency(invoices.map(({ openMinor, currency }) => ({ amountMinor: openMinor, currency })));
  return [...totals].map(([currency, amountMinor]) => ({ amountMinor, currency }));
}

function tableOf(input: MessageInput, locale: Locale, { labels, status }: Wording): LetterTable {
  return {
    headings: { invoice: labels.invoice, due: labels.due, status: labels.status, open: labels.open },
    rows: input.invoices.map((invoice) => {
      const late = daysBetween(invoice.dueOn, input.today);
      const settled = invoice.openMinor === 0;
      return {
        number: oneLine(invoice.number),
        due: locale.dueDate(invoice.dueOn),
        status: settled ? status.settled : late > 0 ? status.overdue(late) : late === 0 ? status.dueToday : status.dueIn(-late),
        tone: settled ? 'done' : late > 0 ? 'late' : 'calm',
        open: locale.money({ amountMinor: invoice.openMinor, currency: invoice.currency }),
      };
    }),
    totals: input.invoices.length === 1 ? [] : openTotals(input.invoices).map((total) => ({ label: labels.totalOpen, amount: locale.money(total) })),
  };
}

function paymentOf({ sender, invoices }: MessageInput, labels: Labels): LetterPayment | null {
  if (!sender.paymentMethods.length) return null;
  const facts = sender.paymentMethods.flatMap((method) => (method.kind === 'bank' ? bankFacts(method, labels) : []));
  const reference = { label: labels.paymentReference, value: invoices.map(({ number }) => oneLine(number)).join(', ') };
  return {
    heading: labels.waysToPay,
    facts: facts.length ? [...facts, reference] : [],
    links: sender.paymentMethods.flatMap((method) => {
      const url = method.kind === 'link' ? webUrl(method.url) : null;
      return method.kind === 'link' && url ? [{ label: oneLine(method.label), url }] : [];
    }),
    notes: sender.paymentMethods.flatMap((method) => (method.kind === 'text' ? [oneLine(method.text)] : [])),
  };
}

function bankFacts(method: Extract<PaymentMethod, { kind: 'bank' }>, labels: Labels): { label: string; value: string }[] {
  return [
    { label: labels.accountHolder, value: oneLine(method.accountHolder) },
    ...(method.bank ? [{ label: labels.bank, value: oneLine(method.bank) }] : []),
    { label: labels.account, value: oneLine(method.account) },
    ...(method.routing ? [{ label: labels.routing, value: oneLine(method.routing) }] : []),
  ];
}

function contactOf({ sender }: MessageInput): string {
  return [sender.replyTo, sender.phone].filter((way): way is string => way !== null).map(oneLine).join(', ');
}
