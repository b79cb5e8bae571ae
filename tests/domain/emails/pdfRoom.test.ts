import PDFDocument from 'pdfkit';
import { makeStatement } from '../../../domain/statement/makeStatement';
import type { OpenItem, StatementContent } from '../../../domain/statement/types';
import { invoicePdf } from '../../../emails/invoicePdf';
import { statementPdf } from '../../../emails/statementPdf';
import { wordings } from '../../../emails/wording';
import { invoice, sender } from './messages';

type Page = InstanceType<typeof PDFDocument>;
interface Written { text: string; left: number; right: number; y: number; page: number; lineBreak: boolean; within: boolean }

/** What is written while a file is drawn, and where it ends: no text may leave its column or its page. */
async function writtenOf(draw: () => Promise<Buffer>): Promise<Written[]> {
  const found: Written[] = [];
  const original = PDFDocument.prototype.text as (this: Page, ...rest: unknown[]) => Page;
  const spy = jest.spyOn(PDFDocument.prototype, 'text').mockImplementation(function (this: Page, ...rest: unknown[]) {
    const [text, x, y, options] = rest as [string, number, number, { width: number; align?: string; lineBreak?: boolean }];
    const taken = this.widthOfString(text);
    const lineBreak = options.lineBreak !== false;
    const left = !lineBreak && options.align === 'right' ? x + options.width - taken : x;
    found.push({ text, left, right: lineBreak ? x + options.width : left + taken, y, page: this.bufferedPageRange().count, lineBreak, within: y >= 0 && y < this.page.height - (options.lineBreak === false ? 0 : 72) });
    return original.apply(this, rest);
  });
  try {
    await draw();
  } finally {
    spy.mockRestore();
  }
  return found;
}

const pageEnd = 780;

/** Texts of one line that stand on the same height of the same page and run into each other. */
function overlaps(written: readonly Written[]): string[] {
  // The numbers of the pages are written last, each below its own page.
  const lines = written.filter(({ lineBreak, y }) => !lineBreak && y < pageEnd);
  return lines.flatMap((one, index) => lines.slice(index + 1, index + 8)
    .filter((other) => other.page === one.page && Math.abs(other.y - one.y) < 6 && one.text && other.text && one.left < other.right - 0.5 && other.left < one.right - 0.5)
    .map((other) => `${one.text} | ${other.text}`));
}
const outside = (written: readonly Written[]): string[] => written.filter(({ within, left, right }) => !within || left < 55 || right > 595 - 55).map(({ text }) => text);

const item = (index: number, over: Partial<OpenItem> = {}): OpenItem => ({
  kind: 'invoice', reference: `INV-${index}`, issuedOn: '2026-01-01', dueOn: '2026-01-31', currency: 'EUR', totalMinor: 100 + index, openMinor: 100 + index, disputedMinor: 0, promisedMinor: 0, ...over,
});
const statementOf = (items: readonly OpenItem[], over: Partial<StatementContent> = {}): StatementContent => ({ ...makeStatement({ entries: [], items, unapplied: [] }, { from: '2026-02-01', to: '2026-03-31', lastClosing: [] }), ...over });
const drawn = (statement: StatementContent, over: { customerName?: string; language?: string } = {}): Promise<Written[]> => writtenOf(() => statementPdf(statement, { sender, customerName: 'Brauer', language: 'de', ...over }));

const most = 9_007_199_254_740_991;

test('the longest amounts of currencies of no, two and three decimals, above and below zero, stay in their columns', async () => {
  const currencies = ['JPY', 'EUR', 'KWD', 'IDR', 'CHF'];
  const written = await drawn(statementOf(currencies.map((currency, index) => item(index, { currency, totalMinor: most, openMinor: most, disputedMinor: 5 })), {
    opening: currencies.map((currency) => ({ currency, amountMinor: -most })), unapplied: currencies.map((currency) => ({ kind: 'payment' as const, reference: 'P', on: '2026-02-01', currency, amountMinor: most })),
    entries: currencies.map((currency) => ({ date: '2026-02-01', kind: 'payment' as const, reference: 'P', amount: { currency, amountMinor: -most }, balance: { currency, amountMinor: -most } })),
  }));
  expect(written.some(({ text }) => text.includes('9.007.199.254.740,991'))).toBe(true);
  expect(overlaps(written)).toEqual([]);
  expect(outside(written)).toEqual([]);
});

test('amounts as they are every day keep the size of their table', async () => {
  const sizes = new Set<number>();
  const fontSize = PDFDocument.prototype.fontSize as (this: Page, size: number) => Page;
  const spy = jest.spyOn(PDFDocument.prototype, 'fontSize').mockImplementation(function (this: Page, size: number) { sizes.add(size); return fontSize.call(this, size); } as never);
  await statementPdf(statementOf([item(1, { totalMinor: 12_345_678, openMinor: 12_345_678 })]), { sender, customerName: 'Brauer', language: 'en' });
  spy.mockRestore();
  expect([...sizes].filter((size) => !Number.isInteger(size))).toEqual([]);
});

test('sums of more currencies than a page holds are all on a page', async () => {
  const currencies = ['AED', 'ALL', 'AMD', 'ARS', 'AUD', 'AZN', 'BAM', 'BDT', 'BGN', 'BHD', 'BRL', 'BWP', 'CAD', 'CHF', 'CLP', 'CNY', 'COP', 'CRC', 'CZK', 'DKK', 'DOP', 'DZD', 'EGP', 'EUR', 'GBP', 'GEL', 'GHS', 'HKD', 'HUF', 'IDR', 'ILS', 'INR', 'ISK', 'JOD', 'JPY', 'KES', 'KRW', 'KWD', 'KZT', 'LKR'];
  const written = await drawn(statementOf(currencies.map((currency, index) => item(index, { currency }))));
  expect(outside(written)).toEqual([]);
  expect(overlaps(written)).toEqual([]);
  expect(written.filter(({ text }) => text === wordings.de.labels.totalOpen)).toHaveLength(currencies.length);
});

test('a thousand invoices of very long numbers: each is there with its amount, and the sum is theirs', async () => {
  const items = Array.from({ length: 1_000 }, (_, index) => item(index, { reference: `INV-${index}-${'W'.repeat(index % 250 === 0 ? 190 : 5)}` }));
  const written = await drawn(statementOf(items), { customerName: 'N'.repeat(400), language: 'en' });
  expect(outside(written)).toEqual([]);
  expect(overlaps(written)).toEqual([]);
  for (const each of [0, 1, 500, 999]) expect(written.filter(({ text }) => text.includes(items[each]!.reference))).toHaveLength(1);
  const total = items.reduce((sum, { openMinor }) => sum + openMinor, 0) / 100;
  expect(written.some(({ text }) => text === `€${total.toLocaleString('en', { minimumFractionDigits: 2 })}`)).toBe(true);
});

test('a currency that only moved is written in its own sign, though nothing of it is left', async () => {
  const fonts: string[] = [];
  const register = PDFDocument.prototype.registerFont as (this: Page, name: string, source: unknown) => Page;
  const spy = jest.spyOn(PDFDocument.prototype, 'registerFont').mockImplementation(function (this: Page, name: string, source: unknown) { fonts.push(typeof source === 'string' ? source : 'embedded'); return register.call(this, name, source); } as never);
  const moved = makeStatement({ items: [], unapplied: [], entries: [100, -100].map((amountMinor) => ({ kind: 'invoice' as const, on: '2026-02-02', reference: 'I', currency: 'INR', amountMinor })) }, { from: '2026-02-01', to: '2026-02-28', lastClosing: [] });
  await statementPdf(moved, { sender, customerName: 'Brauer', language: 'en' });
  spy.mockRestore();
  expect(fonts).toEqual(['embedded', 'embedded']);
});

test('an invoice of the longest amounts loses nothing', async () => {
  const written = await writtenOf(() => invoicePdf(invoice({
    currency: 'KWD', number: 'N'.repeat(200), totalMinor: most, openMinor: most, lines: [{ description: 'D '.repeat(10), quantity: '123456789012345678', amountMinor: -most }, { description: 'last line', quantity: '1', amountMinor: 1 }],
  }), { sender, customerName: 'C'.repeat(400), language: 'en' }));
  expect(outside(written)).toEqual([]);
  expect(overlaps(written)).toEqual([]);
  expect(written.some(({ text }) => text === 'last line')).toBe(true);
});

test('a font is opened once for a file, however many texts are written in it', async () => {
  const end = PDFDocument.prototype.end as (this: Page) => void;
  const opened: number[] = [];
  const spy = jest.spyOn(PDFDocument.prototype, 'end').mockImplementation(function (this: Page) { opened.push(Reflect.get(this, '_fontCount') as number); end.call(this); });
  await statementPdf(statementOf(Array.from({ length: 50 }, (_, index) => item(index))), { sender, customerName: 'Brauer', language: 'en' });
  spy.mockRestore();
  expect(opened).toEqual([2]);
});
