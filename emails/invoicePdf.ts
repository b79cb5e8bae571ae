import { localeOf } from './locale';
import { oneLine } from './safety';
import { drawFacts, drawHead, drawPayment, drawPdf, drawSums, drawTable, senderTexts, type PdfInput } from './pdfPage';
import type { MessageInvoice } from './types';
import { wordings } from './wording';

export type { PdfInput } from './pdfPage';

/**
 * Draws an invoice: who to whom, lines, total, what has been paid, what is open, and how to pay.
 * The same invoice in the same state gives the same bytes: the file's date is the invoice's, and nothing in it is random.
 */
export async function invoicePdf(invoice: MessageInvoice, { sender, customerName, language }: PdfInput): Promise<Buffer> {
  const locale = localeOf(language);
  const { labels } = wordings[locale.language];
  const money = (amountMinor: number): string => locale.money({ amountMinor, currency: invoice.currency });
  const title = `${labels.invoice} ${invoice.number}`;
  const texts = [invoice.number, customerName, ...senderTexts(sender), ...invoice.lines.map(({ description }) => description), money(-1)];
  return drawPdf({ title, on: invoice.issuedOn, locale, sender, texts }, labels, (page) => {
    drawHead(page, title, sender);
    drawFacts(page, [
      [labels.billedTo, oneLine(customerName)],
      [labels.issued, locale.date(invoice.issuedOn)],
      [labels.due, locale.dueDate(invoice.dueOn)],
    ]);
    drawTable(
      page, [{ heading: labels.description, width: null }, { heading: labels.quantity, width: 80, align: 'right' }, { heading: labels.amount, width: 120, align: 'right' }],
      invoice.lines.map((line) => ({ cells: [line.description, locale.number(line.quantity), money(line.amountMinor)] })));
    drawSums(page, [
      [labels.total, money(invoice.totalMinor), false],
      ...(invoice.openMinor === invoice.totalMinor ? [] : [[labels.paid, money(invoice.totalMinor - invoice.openMinor), false] as const]),
      [labels.open, money(invoice.openMinor), true],
    ]);
    if (invoice.openMinor > 0) drawPayment(page, sender, labels, invoice.number);
  });
}
