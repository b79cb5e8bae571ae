import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { dayMs, dayNumber, type LocalDate } from '../domain/calendar/dates';
import type { Locale } from './locale';
import { oneLine } from './safety';
import type { MessageInput, PaymentMethod, Sender } from './types';
import type { Labels } from './wording/types';

export type Page = InstanceType<typeof PDFDocument>;

/** Who writes to whom, and in which language. */
export type PdfInput = Pick<MessageInput, 'sender' | 'customerName' | 'language'>;

const margin = 56;
const bottom = 72;
const ink = '#111827';
const soft = '#6b7280';
const rule = '#d1d5db';

interface Paper {
  title: string;
  /** The file's date: nothing in it is random, so that the same content gives the same bytes. */
  on: LocalDate;
  locale: Locale;
  sender: Sender;
  /** Everything printed that could need a glyph beyond Latin-1. */
  texts: readonly string[];
}

/** Draws a file of A4 pages, numbered. */
export async function drawPdf({ title, on, locale, sender, texts }: Paper, labels: Labels, draw: (page: Page) => void): Promise<Buffer> {
  const dated = new Date(dayNumber(on) * dayMs);
  const page = new PDFDocument({
    size: 'A4', margins: { top: margin, left: margin, right: margin, bottom }, bufferPages: true, lang: locale.tag,
    // None of its own: pdfkit would read that font's file again with each text that is written in it by our name for it.
    font: '',
    info: { Title: oneLine(title), Author: oneLine(sender.name), CreationDate: dated, ModDate: dated },
  });
  const bytes = collect(page);
  registerFonts(page, texts);
  draw(page);
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
  if (!texts.some((text) => beyondLatin1.test(plainSpaces(oneLine(text))))) {
    page.registerFont('text', 'Helvetica').registerFont('strong', 'Helvetica-Bold');
    return;
  }
  dejavu ??= {
    regular: readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    bold: readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  };
  page.registerFont('text', dejavu.regular).registerFont('strong', dejavu.bold);
}

/** What of the sender is printed. */
export function senderTexts({ name, addressLines, paymentMethods }: Sender): string[] {
  return [name, ...addressLines, ...paymentMethods.flatMap((method) => Object.values(method).filter((value): value is string => typeof value === 'string'))];
}

function plainSpaces(text: string): string {
  return text.replace(/[\u202f\u2007\u2009\u00a0]/g, ' ').replace(/\u2212/g, '-');
}

type Style = { font?: 'text' | 'strong'; size?: number; color?: string };

function write(page: Page, text: string, x: number, y: number, options: PDFKit.Mixins.TextOptions & Style = {}): void {
  const { font = 'text', size = 10, color = ink, ...rest } = options;
  page.font(font).fontSize(size).fillColor(color).text(plainSpaces(oneLine(text)), x, y, rest);
}

/** On one line that ends where its column does: an amount too long for it is set smaller, since what runs into the column beside it can be read no more. */
function writeLine(page: Page, text: string, x: number, y: number, { size = 10, font = 'text', ...options }: Style & { width: number; align?: 'left' | 'right' }): void {
  const taken = page.font(font).fontSize(size).widthOfString(plainSpaces(oneLine(text)));
  // Upright on the line of the other columns.
  const fitting = taken <= options.width ? size : Math.floor((size * options.width * 10) / taken) / 10;
  write(page, text, x, y + (size - fitting), { ...options, font, size: fitting, lineBreak: false });
}

const width = (page: Page): number => page.page.width - 2 * margin;

function roomFor(page: Page, height: number): boolean {
  if (page.y + height <= page.page.height - bottom) return false;
  page.addPage();
  return true;
}

export function drawHead(page: Page, title: string, { name, addressLines }: Sender): void {
  write(page, name, margin, margin, { font: 'strong', size: 13, width: width(page) });
  for (const line of addressLines) write(page, line, margin, page.y + 1, { size: 9, color: soft, width: width(page) });
  write(page, title, margin, page.y + 36, { font: 'strong', size: 20, width: width(page) });
  page.y += 12;
}

export function drawFacts(page: Page, facts: readonly (readonly [string, string])[]): void {
  for (const [label, value] of facts) {
    const y = page.y + 3;
    write(page, label, margin, y, { color: soft, width: 110 });
    write(page, value, margin + 120, y, { width: width(page) - 120 });
  }
}

/** A heading that stays with what follows it. */
export function drawHeading(page: Page, text: string): void {
  roomFor(page, 110);
  write(page, text, margin, page.y + 22, { font: 'strong', size: 12, width: width(page) });
  page.y -= 14;
}

export function drawNote(page: Page, text: string): void {
  roomFor(page, 40);
  write(page, text, margin, page.y + 8, { size: 9, color: soft, width: width(page) });
}

export interface Column {
  heading: string;
  /** Null: what the others leave. That column's text may take several lines. */
  width: number | null;
  align?: 'right';
}

export interface Row {
  cells: readonly string[];
  /** Printed small below the row, from its widest column on. */
  note?: string;
  strong?: boolean;
}

/** A table whose headings come again on each page. */
export function drawTable(page: Page, columns: readonly Column[], rows: readonly Row[], size = 10): void {
  const taken = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const widths = columns.map((column) => column.width ?? width(page) - taken);
  const flexible = columns.findIndex((column) => column.width === null);
  const gap = 12;
  const amountGap = 4;
  const draw = ({ cells, note }: Row, style: Required<Style>): void => {
    const text = cells[flexible] ?? '';
    const inner = (widths[flexible] ?? 0) - gap;
    const height = Math.max(page.font(style.font).fontSize(style.size).heightOfString(plainSpaces(oneLine(text)), { width: inner }), style.size);
    const noteHeight = note === undefined ? 0 : page.font('text').fontSize(8).heightOfString(plainSpaces(oneLine(note)), { width: width(page) }) + 1;
    if (roomFor(page, height + noteHeight + 12) && style.color !== soft) draw({ cells: columns.map(({ heading }) => heading) }, head);
    const y = page.y + 6;
    let x = margin;
    columns.forEach((column, index) => {
      const each = widths[index] ?? 0;
      if (index === flexible) write(page, cells[index] ?? '', x, y, { ...style, width: inner });
      // Amounts stand close by each other where they are long.
      else writeLine(page, cells[index] ?? '', column.align ? x + amountGap : x, y, { ...style, width: each - (column.align ? amountGap : 2), align: column.align ?? 'left' });
      x += each;
    });
    page.y = y + height;
    if (note !== undefined) write(page, note, margin, page.y + 1, { size: 8, color: soft, width: width(page) });
    page.y = y + height + noteHeight + 5;
    page.moveTo(margin, page.y).lineTo(margin + width(page), page.y).lineWidth(0.5).strokeColor(rule).stroke();
  };
  const head: Required<Style> = { font: 'strong', color: soft, size: Math.min(9, size) };
  page.y += 22;
  draw({ cells: columns.map(({ heading }) => heading) }, head);
  for (const row of rows) draw(row, { font: row.strong ? 'strong' : 'text', color: ink, size });
}

const sumHeight = 19;
/** So few stay on one page; a customer of many currencies has more than a page holds. */
const sumsTogether = 10;

export function drawSums(page: Page, sums: readonly (readonly [string, string, boolean])[]): void {
  roomFor(page, 8 + sumHeight * Math.min(sums.length, sumsTogether));
  page.y += 8;
  for (const [label, amount, strong] of sums) {
    roomFor(page, sumHeight);
    const y = page.y + 4;
    const style = { font: strong ? 'strong' : 'text', size: strong ? 11 : 10 } as const;
    write(page, label, margin + width(page) - 320, y, { ...style, width: 180, align: 'right' });
    writeLine(page, amount, margin + width(page) - 130, y, { ...style, width: 130, align: 'right' });
    page.y = y + sumHeight - 4;
  }
}

export function drawPayment(page: Page, { paymentMethods }: Sender, labels: Labels, reference: string | null): void {
  const facts = paymentMethods.flatMap((method) => paymentFacts(method, labels));
  if (!facts.length) return;
  roomFor(page, 40 + 16 * (facts.length + 1));
  write(page, labels.waysToPay, margin, page.y + 28, { font: 'strong', size: 11, width: width(page) });
  page.y += 4;
  drawFacts(page, [...facts, ...(reference === null ? [] : [[labels.paymentReference, reference] as const])]);
}

function paymentFacts(method: PaymentMethod, labels: Labels): (readonly [string, string])[] {
  if (method.kind === 'text') return [['', method.text]];
  if (method.kind === 'link') return [[method.label, method.url]];
  return [
    [labels.accountHolder, method.accountHolder], ...(method.bank ? [[labels.bank, method.bank] as const] : []),
    [labels.account, method.account], ...(method.routing ? [[labels.routing, method.routing] as const] : []),
  ];
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
