import { reverseWriteOffs, setInvoiceGrace, upsertInvoices, writeOffInvoices } from '../../db/ledger';
import { listInvoiceDecisions } from '../../db/readmodels/decisions';
import { findInvoice, findInvoiceName, listInvoiceApplications, listInvoiceLines, listInvoices } from '../../db/readmodels/invoices';
import { findWriteOff } from '../../db/readmodels/money';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { InvoiceInput, type invoiceContracts } from '../contracts/invoices';
import type { ApiSettings } from '../deps';
import type { Handlers } from '../http/call';
import { notFound } from '../http/problem';
import { controlHandlers } from './controls';
import { invoiceDocument, putInvoiceDocument } from './invoiceDocument';
import { readLadder } from './ladder';
import { accepted, bulk, idsByExternalId, ledgerContext } from './ledgerContext';
import { paged } from './paging';
import type { Knex } from 'knex';

export const invoiceHandlers: Handlers<typeof invoiceContracts> = {
  ...controlHandlers,
  listInvoices: async ({ db, query }) => paged(query, query.sort, 2, (page) => listInvoices(db, query, query.sort, page)),
  getInvoice: async ({ db, params, deps }) => invoiceOf(db, params.id, deps.settings),
  setInvoiceGrace: async ({ trx, params, body, actor, deps }) => {
    if (!(await setInvoiceGrace(trx, { actor }, params.id, body.graceDays, body.reason))) throw notFound('invoice', params.id);
    return invoiceOf(trx, params.id, deps.settings);
  },
  getInvoiceLines: async ({ db, params }) => ({ items: await listInvoiceLines(db, await known(db, params.id)) }),
  getInvoiceApplications: async ({ db, params }) => ({ items: await listInvoiceApplications(db, await known(db, params.id)) }),
  getInvoiceDecisions: async ({ db, params }) => ({ items: await listInvoiceDecisions(db, await known(db, params.id)) }),
  getInvoiceLadder: async ({ db, params }) => readLadder(db, await known(db, params.id)),
  getInvoiceDocument: async ({ db, params, deps }) => invoiceDocument(db, await known(db, params.id), deps.drawInvoice),
  putInvoiceDocument: async ({ trx, params, body, actor }) => putInvoiceDocument(trx, await known(trx, params.id), body, actor),
  upsertInvoices: async ({ trx, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    return bulk(body.records, InvoiceInput, (records) => upsertInvoices(trx, context, records), (ids) => idsByExternalId(trx, 'invoices', ids));
  },
  writeOffInvoice: async ({ trx, params, body, actor }) => {
    const invoice = await findInvoiceName(trx, params.id);
    if (!invoice) throw notFound('invoice', params.id);
    accepted(await writeOffInvoices(trx, await ledgerContext(trx, actor), [{ ...body, invoiceExternalId: invoice.externalId }]));
    const writeOff = await findWriteOff(trx, { externalId: body.externalId });
    if (!writeOff) throw notFound('write-off', body.externalId);
    return writeOff;
  },
  reverseWriteOff: async ({ trx, params, body, actor }) => {
    const writeOff = await findWriteOff(trx, params);
    if (!writeOff) throw notFound('write-off', params.id);
    accepted(await reverseWriteOffs(trx, await ledgerContext(trx, actor), [{ externalId: writeOff.externalId, reason: body.reason ?? null }]));
    return (await findWriteOff(trx, params)) ?? writeOff;
  },
};

async function invoiceOf(db: Knex, id: number, settings: ApiSettings) {
  const invoice = await findInvoice(db, id);
  if (!invoice) throw notFound('invoice', id);
  const workflowId = invoiceWorkflowId(invoice.externalId);
  return { ...invoice, workflowId, temporalUrl: temporalUrl(settings, workflowId) };
}

async function known(db: Knex, id: number): Promise<number> {
  if (!(await findInvoiceName(db, id))) throw notFound('invoice', id);
  return id;
}

function temporalUrl({ temporalUi }: ApiSettings, workflowId: string): string | null {
  return temporalUi && `${temporalUi.url.replace(/\/$/, '')}/namespaces/${encodeURIComponent(temporalUi.namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
