import { daysBetween, type LocalDate } from '../domain/calendar/dates';
import { agingBounds } from '../domain/statement/makeStatement';
import type { Aging, OpenItem, StatementContent, StatementEntry } from '../domain/statement/types';
import { sumByCurrency, type Money } from '../domain/money/money';
import { localeOf, type Locale } from './locale';
import { drawFacts, drawHead, drawHeading, drawNote, drawPayment, drawPdf, drawSums, drawTable, senderTexts, type Column, type Page, type PdfInput, type Row } from './pdfPage';
import { oneLine } from './safety';
import { wordings } from './wording';
import type { Labels, StatementWording } from './wording/types';

/** Who writes to whom, in which language, on what day: all that a statement's file needs besides what it tells. */
interface Written {
  locale: Locale;
  labels: Labels;
  words: StatementWording;
  to: LocalDate;
}

/**
 * Draws a statement of account: balances, what is open and how late, by age, what is on no invoice yet, and what moved the account. The same statement gives the same bytes.
 */
export async function statementPdf(statement: StatementContent, { sender, customerName, language }: PdfInput): Promise<Buffer> {
  const locale = localeOf(language);
  const { labels, statement: words } = wordings[locale.language];
  const written: Written = { locale, labels, words, to: statement.to };
  const currencies = [...new Set([...statement.opening, ...statement.closing, ...statement.items, ...statement.unapplied, ...statement.entries.map(({ amount }) => amount)].map(({ currency }) => currency))];
  const texts = [
    customerName, ...senderTexts(sender), ...statement.items.map(({ reference }) => reference), ...statement.unapplied.map(({ reference }) => reference), ...statement.entries.map(({ reference }) => reference ?? ''),
    ...currencies.map((currency) => locale.money({ amountMinor: -1, currency })), locale.shortDate(statement.to),
  ];
  return drawPdf({ title: words.title, on: statement.to, locale, sender, texts }, labels, (page) => {
    drawHead(page, words.title, sender);
    drawFacts(page, [[words.customer, oneLine(customerName)], [words.period, words.between(locale.date(statement.from), locale.date(statement.to))]]);
    drawBalances(page, statement, written);
    drawHeading(page, words.openItems);
    if (statement.items.length === 0) drawNote(page, words.nothingOpen);
    else drawItems(page, statement, written);
    drawUnapplied(page, statement, written);
    drawEntries(page, statement.entries, written);
    if (statement.items.length > 0) drawPayment(page, sender, labels, null);
  });
}

function drawBalances(page: Page, { opening, closing, entries }: StatementContent, { locale, words }: Written): void {
  const [before, after] = [sumByCurrency(opening), sumByCurrency(closing)];
  const currencies = [...new Set([...before.keys(), ...after.keys(), ...entries.map(({ amount }) => amount.currency)])].sort();
  if (currencies.length === 0) return;
  drawTable(page, [{ heading: words.currency, width: null }, ...[words.opening, words.moved, words.closing].map((heading) => amountColumn(heading, 120))], currencies.map((currency) => {
    const [from, to] = [before.get(currency) ?? 0, after.get(currency) ?? 0];
    return { cells: [currency, ...[from, to - from, to].map((amountMinor) => locale.money({ amountMinor, currency }))] };
  }));
}

function drawItems(page: Page, { items, aging }: StatementContent, written: Written): void {
  const { locale, labels, words } = written;
  drawTable(page, [
    { heading: words.item, width: null }, { heading: labels.issued, width: 62 }, { heading: labels.due, width: 58 }, { heading: words.daysPastDue, width: 68, align: 'right' }, amountColumn(labels.total, 84), amountColumn(labels.open, 84),
  ], items.map((item) => itemRow(item, written)), 9);
  drawSums(page, aging.map(({ currency, openMinor }) => [labels.totalOpen, locale.money({ amountMinor: openMinor, currency }), true] as const));
  drawHeading(page, words.aging);
  drawTable(page, [{ heading: words.currency, width: null }, ...agingHeadings(words).map((heading) => amountColumn(heading, 64))], aging.map((each) => agingRow(each, locale)), 8);
}

function itemRow({ kind, reference, issuedOn, dueOn, currency, totalMinor, openMinor, disputedMinor, promisedMinor }: OpenItem, { locale, words, to }: Written): Row {
  const money = (amountMinor: number): string => locale.money({ amountMinor, currency });
  const late = Math.max(0, daysBetween(dueOn, to));
  const notes = [...(disputedMinor > 0 ? [words.disputed(money(disputedMinor))] : []), ...(promisedMinor > 0 ? [words.promised(money(promisedMinor))] : [])];
  return {
    cells: [words.entry[kind](reference), locale.shortDate(issuedOn), locale.shortDate(dueOn), late > 0 ? String(late) : '', money(totalMinor), money(openMinor)],
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  };
}

function agingHeadings(words: StatementWording): string[] {
  return [words.notDue, ...agingBounds.slice(1).map((bound, index) => `${(agingBounds[index] ?? 0) + 1}–${bound}`), words.moreThan(agingBounds.at(-1) ?? 0)];
}

function agingRow({ currency, bucketsMinor }: Aging, locale: Locale): Row {
  return { cells: [currency, ...bucketsMinor.map((amountMinor) => (amountMinor === 0 ? '–' : locale.money({ amountMinor, currency })))] };
}

function drawUnapplied(page: Page, { unapplied }: StatementContent, { locale, labels, words }: Written): void {
  if (unapplied.length === 0) return;
  drawHeading(page, words.unapplied);
  drawTable(page, [{ heading: words.item, width: null }, { heading: words.date, width: 80 }, amountColumn(labels.amount, 120)],
    unapplied.map(({ kind, reference, on, ...amount }) => ({ cells: [words.entry[kind](reference), locale.shortDate(on), locale.money(amount)] })), 9);
}

function drawEntries(page: Page, entries: readonly StatementEntry[], { locale, labels, words }: Written): void {
  if (entries.length === 0) return;
  drawHeading(page, words.entries);
  drawTable(page, [{ heading: words.date, width: 70 }, { heading: words.item, width: null }, amountColumn(labels.amount, 100), amountColumn(words.balance, 100)],
    entries.map(({ date, kind, reference, amount, balance }) => ({ cells: [locale.shortDate(date), words.entry[kind](reference ?? ''), ...[amount, balance].map((each: Money) => locale.money(each))] })), 9);
}

function amountColumn(heading: string, width: number): Column {
  return { heading, width, align: 'right' };
}

/** What the file is called: `statement-2026-11-02.pdf`. */
export function statementFileName({ to }: Pick<StatementContent, 'to'>, language: string): string {
  return `${wordings[localeOf(language).language].statement.fileName}-${to}.pdf`;
}
