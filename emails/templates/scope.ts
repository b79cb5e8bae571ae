import { daysBetween, isLocalDate } from '../../domain/calendar/dates';
import type { CustomValue } from '../../domain/collection/facts';
import { sumByCurrency, type Money } from '../../domain/money/money';
import type { StatementContent } from '../../domain/statement/types';
import type { TemplateKind } from '../../domain/templates/types';
import { oneLine, webUrl } from '../safety';
import type { MessageInput, MessageInvoice, Sender } from '../types';
import type { StatementWording, StatusWording, Wording } from '../wording/types';
import { TemplateError } from './errors';
import { AmountsValue, BlockValue, DateValue, MoneyValue } from './values';

/** The fields of domain/templates/fields.ts with their values: the same names, held by a test. */
export function scopeOf(input: MessageInput, { status, statement }: Pick<Wording, 'status' | 'statement'>): object {
  const { customer, sender, today } = input;
  return {
    customer: {
      name: visible(input.customerName), number: customer?.number ?? null, country: customer?.country ?? null, tier: customer?.tier ?? null, business_unit: customer?.businessUnit ?? null,
      terms_days: customer?.termsDays ?? null, custom: customValues(customer?.custom),
    },
    sender: { name: visible(sender.name), contact: contactOf(sender), reply_to: sender.replyTo, phone: sender.phone },
    today: new DateValue(today),
    links: { pay: payLink(sender), console: input.notice?.url ?? null },
    ...invoiceScope(input, status),
    ...kindScope(input, statement),
  };
}

function invoiceScope({ invoices, today, template }: MessageInput, status: StatusWording): object {
  const all = invoices.map((invoice) => invoiceValues(invoice, daysBetween(invoice.dueOn, today), status));
  const overdue = invoices.filter((invoice) => isOverdue(invoice, daysBetween(invoice.dueOn, today)));
  if (all.length === 0 && needsInvoice.includes(template.kind)) throw new TemplateError(`a template of the kind "${template.kind}" needs an invoice to write about`);
  return {
    ...(all[0] ? { invoice: all[0] } : {}),
    invoices: all,
    invoice_count: invoices.length,
    overdue_count: overdue.length,
    totals: { open: amounts(openTotals(invoices)), overdue: amounts(openTotals(overdue)) },
    blocks: { invoices: new BlockValue('invoices'), payment: new BlockValue('payment') },
  };
}

const needsInvoice: readonly TemplateKind[] = ['customer', 'invoice-delivery', 'segment'];

function kindScope({ template, segment, statement, campaign, notice }: MessageInput, words: StatementWording): object {
  switch (template.kind) {
    case 'customer':
    case 'invoice-delivery':
      return {};
    case 'segment':
      return { segment: { name: given(segment, template.kind).name } };
    case 'statement': return { statement: statementValues(given(statement, template.kind), words) };
    case 'campaign': {
      const { name, offer, expiresOn } = given(campaign, template.kind);
      if (offer !== null && typeof offer !== 'string') throw new TemplateError('what the campaign offers is not in words');
      return { campaign: { name, offer, expires_on: expiresOn === null ? null : new DateValue(expiresOn) } };
    }
    case 'internal': {
      const { title, text, items = [] } = given(notice, template.kind);
      return { notice: { title, text, items: items.map((item) => ({ ...item, title: visible(item.title) })) } };
    }
  }
}

function statementValues({ from, to, opening, closing, entries, items, aging, unapplied }: StatementContent, words: StatementWording): object {
  const money = (amountMinor: number, currency: string): MoneyValue | null => (amountMinor === 0 ? null : new MoneyValue({ amountMinor, currency }));
  return {
    from: new DateValue(from), to: new DateValue(to), opening: amounts(opening), closing: amounts(closing), unapplied: amounts(summed(unapplied)),
    charges: amounts(summed(items.flatMap(({ kind, currency, openMinor }) => (kind === 'invoice' ? [] : [{ currency, amountMinor: openMinor }])))),
    entries: entries.map(({ date, kind, reference, amount, balance }) => ({ date: new DateValue(date), text: words.entry[kind](visible(reference ?? '')), amount: new MoneyValue(amount), balance: new MoneyValue(balance) })),
    items: items.map(({ kind, reference, issuedOn, dueOn, currency, totalMinor, openMinor, disputedMinor, promisedMinor }) => ({
      text: words.entry[kind](visible(reference)), issued_on: new DateValue(issuedOn), due_on: new DateValue(dueOn), days_overdue: daysBetween(dueOn, to), total: new MoneyValue({ amountMinor: totalMinor, currency }),
      open: new MoneyValue({ amountMinor: openMinor, currency }), disputed: money(disputedMinor, currency), promised: money(promisedMinor, currency),
    })),
    aging: aging.map(({ currency, bucketsMinor, openMinor }) => {
      const bucket = (index: number): MoneyValue => new MoneyValue({ amountMinor: bucketsMinor[index] ?? 0, currency });
      return { currency, not_due: bucket(0), days_1_30: bucket(1), days_31_60: bucket(2), days_61_90: bucket(3), days_91_120: bucket(4), over_120: bucket(5), open: new MoneyValue({ amountMinor: openMinor, currency }) };
    }),
  };
}

function summed(of: readonly Money[]): Money[] {
  return [...sumByCurrency(of)].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

function given<T>(content: T | undefined, kind: TemplateKind): T {
  if (content === undefined) throw new TemplateError(`a template of the kind "${kind}" was asked for a message that is no ${kind}`);
  return content;
}

export function isOverdue({ openMinor }: MessageInvoice, daysLate: number): boolean {
  return openMinor > 0 && daysLate > 0;
}

function invoiceValues(invoice: MessageInvoice, daysLate: number, status: StatusWording): object {
  const { currency, totalMinor, openMinor } = invoice;
  return {
    number: visible(invoice.number), issued_on: new DateValue(invoice.issuedOn), due_on: new DateValue(invoice.dueOn), currency,
    total: new MoneyValue({ amountMinor: totalMinor, currency }), open: new MoneyValue({ amountMinor: openMinor, currency }),
    days_overdue: daysLate, is_overdue: isOverdue(invoice, daysLate), status: statusOf(invoice, daysLate, status),
    charges: invoice.chargesMinor ? new MoneyValue({ amountMinor: invoice.chargesMinor, currency }) : null, ...discountValues(invoice), custom: customValues(invoice.custom),
  };
}

function discountValues({ discount, openMinor, currency }: MessageInvoice): object {
  if (!discount || discount.amountMinor >= openMinor) return { discount: null, discounted: null, discount_until: null };
  return {
    discount: new MoneyValue({ amountMinor: discount.amountMinor, currency }), discounted: new MoneyValue({ amountMinor: openMinor - discount.amountMinor, currency }), discount_until: new DateValue(discount.lastDay),
  };
}

/** How an invoice stands on the day of the message, in words. */
export function statusOf({ openMinor }: MessageInvoice, daysLate: number, status: StatusWording): string {
  if (openMinor === 0) return status.settled;
  if (daysLate > 0) return status.overdue(daysLate);
  return daysLate === 0 ? status.dueToday : status.dueIn(-daysLate);
}

export function openTotals(invoices: readonly MessageInvoice[]): Money[] {
  const totals = sumByCurrency(invoices.map(({ openMinor, currency }) => ({ amountMinor: openMinor, currency })));
  return [...totals].map(([currency, amountMinor]) => ({ amountMinor, currency }));
}

/** What every letter needs is there even where the ledger has nothing that can be seen: a reminder is not lost for a name of blanks. */
function visible(text: string): string {
  return oneLine(text) || '–';
}

/** Null rather than no amounts, so that `{% if totals.overdue %}` says what it seems to. */
function amounts(of: readonly Money[]): AmountsValue | null {
  return of.length > 0 ? new AmountsValue(of) : null;
}

function customValues(custom: Readonly<Record<string, CustomValue>> = {}): object {
  const entries = Object.entries(custom).map(([name, value]) => [name, typeof value === 'string' && isLocalDate(value) ? new DateValue(value) : value] as const);
  return Object.fromEntries(entries);
}

function contactOf({ replyTo, phone }: Sender): string | null {
  return replyTo === null ? null : [replyTo, phone].filter((way): way is string => way !== null).join(', ');
}

function payLink({ paymentMethods }: Sender): string | null {
  for (const method of paymentMethods) {
    const url = method.kind === 'link' ? webUrl(method.url) : null;
    if (url !== null) return url;
  }
  return null;
}
