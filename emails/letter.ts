import { daysBetween } from '../domain/calendar/dates';
import { cutText } from '../domain/cutText';
import { sumByCurrency } from '../domain/money/money';
import { chooseLanguage, writtenAs } from '../domain/templates/language';
import type { TemplateText } from '../domain/templates/types';
import { localeOfWords, type Locale } from './locale';
import { withOfferInWords } from './offer';
import { oneLine, safeSubject, webUrl } from './safety';
import { inlineText, type Block } from './templates/blocks';
import { parseLiquid, renderLine, renderMarked } from './templates/engine';
import { placed, TemplateError } from './templates/errors';
import { readMarkup } from './templates/markup';
import { openTotals, scopeOf, statusOf } from './templates/scope';
import type { MessageInput, MessageInvoice, PaymentMethod } from './types';
import { wordings } from './wording';
import type { Labels, Wording } from './wording/types';

/** A message in words, before it is set as HTML or as plain text: both parts say the same because both come from it. */
export interface Letter {
  lang: string;
  direction: 'ltr' | 'rtl';
  subject: string;
  sender: string;
  heading: string;
  /** What mail programs show beside the subject. */
  preview: string;
  body: readonly Block[];
  /** What the body's own blocks hold. */
  table: LetterTable | null;
  payment: LetterPayment | null;
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

const previewCharsMax = 200;

/** Puts a message into words. Throws TemplateError for a template that cannot say what it is to say. */
export function composeLetter(input: MessageInput): Letter {
  const { template } = input;
  const language = chooseLanguage(input.language, Object.keys(template.texts), template.defaultLanguage);
  const text = template.texts[language];
  if (!text) throw new TemplateError(`The template "${template.name}" has no words in its default language, ${template.defaultLanguage}.`);
  try {
    return inWords(input, text, localeOfWords(writtenAs(input.language, language)));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const where = `The template "${template.name}" (version ${template.version}, ${language})`;
    throw new TemplateError(`${where} cannot be written out: ${error.place ? placed(error.message, error.place) : error.message}`, error.place, error.message);
  }
}

function inWords(input: MessageInput, text: TemplateText, locale: Locale): Letter {
  const wording = wordings[locale.language];
  const scope = scopeOf(withOfferInWords(input, locale, wording.labels), wording);
  const body = readMarkup(renderMarked(parseLiquid(text.body, 'body'), 'body', scope, locale), text.body);
  const sender = oneLine(input.sender.name);
  return {
    lang: locale.tag,
    direction: rightToLeft.test(locale.tag) ? 'rtl' : 'ltr',
    subject: safeSubject(renderLine(parseLiquid(text.subject, 'subject'), 'subject', scope, locale)),
    sender,
    heading: renderLine(parseLiquid(text.heading, 'heading'), 'heading', scope, locale),
    preview: previewOf(body),
    body: [...body, ...claimed(input, locale, wording.labels), ...offered(input, locale, wording.labels)],
    table: input.invoices.length > 0 ? tableOf(input, locale, wording) : null,
    payment: paymentOf(input, wording.labels),
    footer: [[sender, ...input.sender.addressLines.map(oneLine)].join(' · '), wording.labels.messageReference(input.messageId)],
  };
}

const rightToLeft = /^(ar|fa|he|ps|ur|yi)(-|$)/;

/** Says what is left out of the amounts, so that nobody thinks that a dispute or a promise was overlooked, and what comes beside them. */
function claimed({ invoices }: MessageInput, locale: Locale, labels: Labels): Block[] {
  const amounts = (pick: (invoice: MessageInvoice) => number): string | null => {
    const some = invoices.filter((invoice) => pick(invoice) > 0);
    return some.length === 0 ? null : locale.amounts([...sumByCurrency(some.map((invoice) => ({ amountMinor: pick(invoice), currency: invoice.currency })))].map(([currency, amountMinor]) => ({ amountMinor, currency })));
  };
  const disputed = amounts((invoice) => invoice.disputedMinor ?? 0);
  const promised = amounts((invoice) => invoice.promisedMinor ?? 0);
  const charges = amounts((invoice) => invoice.chargesMinor ?? 0);
  const lines = [...(disputed ? [labels.withoutDisputed(disputed)] : []), ...(promised ? [labels.withoutPromised(promised)] : []), ...(charges ? [labels.withCharges(charges)] : [])];
  return lines.map((text) => ({ kind: 'paragraph', inlines: [{ kind: 'text', text }] }));
}

/** What is taken off for paying in time; the frame says it, so that no offer depends on a template that tells of it. */
function offered({ invoices }: MessageInput, locale: Locale, labels: Labels): Block[] {
  return invoices.flatMap(({ number, openMinor, currency, discount }): Block[] => {
    if (!discount || discount.amountMinor >= openMinor) return [];
    const money = (amountMinor: number): string => locale.money({ amountMinor, currency });
    const text = labels.withDiscount(oneLine(number), money(openMinor - discount.amountMinor), money(discount.amountMinor), locale.dueDate(discount.lastDay));
    return [{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }];
  });
}

/** What is said above the first table, but for the greeting, which says nothing. */
function previewOf(body: readonly Block[]): string {
  const first = body.findIndex(({ kind }) => kind === 'frame' || kind === 'table');
  const paragraphs = body.slice(0, first === -1 ? body.length : first).flatMap((block) => (block.kind === 'paragraph' ? [oneLine(inlineText(block.inlines))] : []));
  return cutText((paragraphs.length > 1 ? paragraphs.slice(1) : paragraphs).join(' '), previewCharsMax);
}

function tableOf(input: MessageInput, locale: Locale, { labels, status }: Wording): LetterTable {
  return {
    headings: { invoice: labels.invoice, due: labels.due, status: labels.status, open: labels.open },
    rows: input.invoices.map((invoice) => {
      const late = daysBetween(invoice.dueOn, input.today);
      return {
        number: oneLine(invoice.number),
        due: locale.dueDate(invoice.dueOn),
        status: statusOf(invoice, late, status),
        tone: invoice.openMinor === 0 && !invoice.disputedMinor && !invoice.promisedMinor ? 'done' : late > 0 ? 'late' : 'calm',
        open: locale.money({ amountMinor: invoice.openMinor, currency: invoice.currency }),
      };
    }),
    totals: input.invoices.length === 1 ? [] : openTotals(input.invoices).map((total) => ({ label: labels.totalOpen, amount: locale.money(total) })),
  };
}

function paymentOf({ sender, invoices }: MessageInput, labels: Labels): LetterPayment | null {
  if (!sender.paymentMethods.length) return null;
  const facts = sender.paymentMethods.flatMap((method) => (method.kind === 'bank' ? bankFacts(method, labels) : []));
  const reference = invoices.length > 0 ? [{ label: labels.paymentReference, value: invoices.map(({ number }) => oneLine(number)).join(', ') }] : [];
  return {
    heading: labels.waysToPay,
    facts: facts.length ? [...facts, ...reference] : [],
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
