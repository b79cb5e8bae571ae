import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { dayMs, dayNumber } from '../domain/calendar/dates';
import { localeOf } from './locale';
import { oneLine } from './safety';
import type { MessageInput, MessageInvoice } from './types';
import { wordings } from './wording';
import type { Labels } from './wording/types';

type Page = InstanceType<typeof PDFDocument>;

const margin = 56;
const bottom = 72;
const ink = '#111827';
const soft = '#6b7280';
const rule = '#d1d5db';

/** Who writes to whom, and in which language. */
export type PdfInput = Pick<MessageInput, 'sender' | 'customerName' | 'language'>;

/**
 * Draws an invoice: who to whom, lines, total, what has been paid, what is open, and how to pay.
 * The same invoice in the same state gives the same bytes: the file's date is the invoice's, and nothing in it is random.
 */
export async function invoicePdf(invoice: MessageInvoice, input: PdfInput): Promise<Buffer> {
  const locale = localeOf(input.language);
  const { labels } = wordings[locale.language];
  const money = (amountMinor: number): string => locale.money({ amountMinor, currency: invoice.currency });
  const issuedAt = new Date(dayNumber(invoice.issuedOn) * dayMs);
  const page = new PDFDocument({
    size: 'A4', margins: { top: margin, left: margin, right: margin, bottom }, bufferPages: true, lang: locale.tag,
    info: { Title: `${labels.invoice} ${oneLine(invoice.number)}`, Author: oneLine(input.sender.name), CreationDate: issuedAt, ModDate: issuedAt },
  });
  const bytes = collect(page);
  registerFonts(page, textsOf(invoice, input));

  drawHead(page, invoice, input, labels);
  drawFacts(page, [
    [labels.billedTo, oneLine(input.customerName)],
    [labels.issued, locale.date(invoice.issuedOn)],
    [labels.due, locale.dueDate(invoice.dueOn)],
  ]);
  drawLines(page, invoice, labels, money, locale.number);
  drawSums(page, [
    [labels.total, money(invoice.totalMinor), false],
    ...(invoice.openMinor === invoice.totalMinor ? [] : [[labels.paid, money(invoice.totalMinor - invoice.openMinor), false] as const]),
    [labels.open, money(invoice.openMinor), true],
  ]);
  if (invoice.openMinor > 0) drawPayment(page, invoice, input, labels);
  numberPages(page, labels);
  page.end();
  return bytes;
}

function collect(page: Page): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
  });
}

// Latin-1 is printed in the Helvetica that every PDF reader has (nothing to embed: small and quick); anything beyond it in
// DejaVu, whose subset is embedded. Intl writes narrow and hard spaces, which Helvetica has no glyph for; those are replaced below.
const beyondLatin1 = /[^\u0020-\u007e\u00a0-\u00ff€‚„…‘’“”•–—™šœžŸŠŒŽ]/u;
let dejavu: { regular: Buffer; bold: Buffer } | null = null;

function registerFonts(page: Page, texts: readonly string[]): void {
  if (!texts.some((text) => beyondLatin1.test(plainSpaces(text)))) {
    page.registerFont('text', 'Helvetica').registerFont('strong', 'Helvetica-Bold');
    return;
  }
  dejavu ??= {
    regular: readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    bold: readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  };
  page.registerFont('text', dejavu.regular).registerFont('strong', dejavu.bold);
}

/** Everything printed that could need a glyph beyond Latin-1: what the ledger holds, and how its amounts are written. */
function textsOf(invoice: MessageInvoice, { sender, customerName, language }: PdfInput): string[] {
  return [
    invoice.number, customerName, sender.name, ...sender.addressLines, ...invoice.lines.map(({ description }) => description),
    ...sender.paymentMethods.flatMap((method) => Object.values(method).filter((value): value is string => typeof value === 'string')),
    localeOf(language).money({ amountMinor: -1, currency: invoice.currency }),
  ].map(oneLine);
}

function plainSpaces(text: string): string {
  return text.replace(/[\u202f\u2007\u2009\u00a0]/g, ' ').replace(/\u2212/g, '-');
}

function write(page: Page, text: string, x: number, y: number, options: PDFKit.Mixins.TextOptions & { font?: 'text' | 'strong'; size?: number; color?: string } = {}): void {
  const { font = 'text', size = 10, color = ink, ...rest } = options;
  page.font(font).fontSize(size).fillColor(color).text(plainSpaces(oneLine(text)), x, y, rest);
}

const width = (page: Page): number => page.page.width - 2 * margin;

function drawHead(page: Page, invoice: MessageInvoice, { sender }: PdfInput, labels: Labels): void {
  write(page, sender.name, margin, margin, { font: 'strong', size: 13, width: width(page) });
  for (const line of sender.addressLines) write(page, line, margin, page.y + 1, { size: 9, color: soft, width: width(page) });
  write(page, `${labels.invoice} ${invoice.number}`, margin, page.y + 36, { font: 'strong', size: 20, width: width(page) });
  page.y += 12;
}

function drawFacts(page: Page, facts: readonly (readonly [string, string])[]): void {
  for (const [label, value] of facts) {
    const y = page.y + 3;
    write(page, label, margin, y, { color: soft, width: 110 });
    write(page, value, margin + 120, y, { width: width(page) - 120 });
  }
}

function drawLines(page: Page, invoice: MessageInvoice, labels: Labels, money: (amountMinor: number) => string, number: (value: string) => string): void {
  const columns = { description: width(page) - 200, quantity: 80, amount: 120 };
  const row = (description: string, quantity: string, amount: string, style: { font: 'text' | 'strong'; color: string; size: number }): void => {
    const height = page.font(style.font).fontSize(style.size).heightOfString(plainSpaces(oneLine(description)), { width: columns.description - 12 });
    if (page.y + height + 12 > page.page.height - bottom) page.addPage();
    const y = page.y + 6;
    write(page, quantity, margin + columns.description, y, { ...style, width: columns.quantity, align: 'right', lineBreak: false });
    write(page, amount, margin + columns.description + columns.quantity, y, { ...style, width: columns.amount, align: 'right', lineBreak: false });
    write(page, description, margin, y, { ...style, width: columns.description - 12 });
    page.y = y + height + 5;
    page.moveTo(margin, page.y).lineTo(margin + width(page), page.y).lineWidth(0.5).strokeColor(rule).stroke();
  };
  page.y += 22;
  row(labels.description, labels.quantity, labels.amount, { font: 'strong', color: soft, size: 9 });
  for (const line of invoice.lines) row(line.description, number(line.quantity), money(line.amountMinor), { font: 'text', color: ink, size: 10 });
}

function drawSums(page: Page, sums: readonly (readonly [string, string, boolean])[]): void {
  if (page.y + 24 * sums.length > page.page.height - bottom) page.addPage();
  page.y += 8;
  for (const [label, amount, strong] of sums) {
    const y = page.y + 4;
    const style = { font: strong ? 'strong' : 'text', size: strong ? 11 : 10 } as const;
    write(page, label, margin + width(page) - 320, y, { ...style, width: 180, align: 'right' });
    write(page, amount, margin + width(page) - 130, y, { ...style, width: 130, align: 'right', lineBreak: false });
    page.y = y + 15;
  }
}

function drawPayment(page: Page, invoice: MessageInvoice, { sender }: PdfInput, labels: Labels): void {
  const facts = sender.paymentMethods.flatMap((method): (readonly [string, string])[] => {
    if (method.kind === 'text') return [['', method.text]];
    if (method.kind === 'link') return [[method.label, method.url]];
    return [
      [labels.accountHolder, method.accountHolder], ...(method.bank ? [[labels.bank, method.bank] as const] : []),
      [labels.account, method.account], ...(method.routing ? [[labels.routing, method.routing] as const] : []),
    ];
  });
  if (!facts.length) return;
  if (page.y + 40 + 16 * (facts.length + 1) > page.page.height - bottom) page.addPage();
  write(page, labels.waysToPay, margin, page.y + 28, { font: 'strong', size: 11, width: width(page) });
  page.y += 4;
  drawFacts(page, [...facts, [labels.paymentReference, invoice.number]]);
}

function numberPages(page: Page, labels: Labels): void {
  const { count } = page.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    page.switchToPage(index);
    // Below the bottom margin pdfkit would begin a new page; for the page number it has none.
    page.page.margins.bottom = 0;
    write(page, labels.page(index + 1, count), margin, page.page.height - 48, { size: 8, color: soft, width: width(page), align: 'right', lineBreak: false });
  }
}
