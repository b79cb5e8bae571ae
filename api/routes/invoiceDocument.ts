import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../../db/audit';
import { readInvoiceContents } from '../../db/mail/content';
import { findInvoice, findInvoiceDocument, findInvoiceName } from '../../db/readmodels/invoices';
import { findCustomer } from '../../db/readmodels/customers';
import { localDateAt } from '../../domain/calendar/zones';
import type { DrawInvoice } from '../deps';
import { Document } from '../http/call';
import { impossible, notFound } from '../http/problem';
import { now } from './ledgerContext';

/** The PDF that was supplied, or one drawn from the ledger as it is. */
export async function invoiceDocument(knex: Knex, invoiceId: number, draw: DrawInvoice): Promise<Document> {
  const supplied = await findInvoiceDocument(knex, invoiceId);
  if (supplied) return pdf(supplied.content, supplied.fileName);
  const invoice = await findInvoice(knex, invoiceId);
  const customer = invoice && (await findCustomer(knex, invoice.customerId));
  const [content] = await knex.transaction((trx) => readInvoiceContents(trx, [invoiceId], []), { readOnly: true });
  if (!customer || !content) throw notFound('invoice', invoiceId);
  const today = localDateAt((await now(knex)).getTime(), customer.timeZone);
  return pdf(await draw(content, { name: customer.name, language: customer.language, today }), `${invoice.number}.pdf`);
}

function pdf(content: Buffer, fileName: string): Document {
  return new Document(content, 'application/pdf', {
    'content-disposition': `inline; filename="${fileName.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  });
}

export async function putInvoiceDocument(trx: Knex.Transaction, invoiceId: number, body: unknown, actor: Actor): Promise<void> {
  if (!Buffer.isBuffer(body) || body.subarray(0, 5).toString('latin1') !== '%PDF-') throw impossible('The body is not a PDF: send it as application/pdf.');
  const invoice = await findInvoiceName(trx, invoiceId);
  const fileName = `${invoice?.externalId ?? invoiceId}.pdf`;
  await trx.raw(
    `INSERT INTO invoice_documents (invoice_id, file_name, content) VALUES (?, ?, ?) ON CONFLICT (invoice_id) DO UPDATE SET file_name = EXCLUDED.file_name, content = EXCLUDED.content`,
    [invoiceId, fileName, body]);
  await appendAudit(trx, [{ actor, action: 'invoice.document-supplied', subjectType: 'invoice', subjectId: invoice?.externalId ?? String(invoiceId), after: { bytes: body.length } }]);
}
