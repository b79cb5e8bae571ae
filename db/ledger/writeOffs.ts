import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import { recordEvents } from '../events';
import { inTransaction, refused, type LedgerContext, type RecordResult } from './context';
import { lockCustomersOf } from './locks';
import { touchLedger } from './touch';

export interface WriteOff {
  externalId: string;
  invoiceExternalId: string;
  /** All that is open unless given. */
  amountMinor?: number;
  reason?: string | null;
}

export interface WriteOffResult extends RecordResult {
  amountMinor?: number;
}

interface OpenInvoice {
  id: number;
  external_id: string;
  customer_id: number;
  currency: string;
  open_minor: number;
}

interface KnownWriteOff {
  external_id: string;
  invoice_id: number;
  amount_minor: number;
}

/** Writes off what is open on invoices, or a part of it. A write-off that is known already has no effect and the same answer. */
export async function writeOffInvoices(db: Knex, context: LedgerContext, requests: readonly WriteOff[]): Promise<WriteOffResult[]> {
  return inTransaction(db, async (trx) => {
    const readInvoices = (): Promise<OpenInvoice[]> => trx<OpenInvoice>('invoices').whereIn('external_id', requests.map((request) => request.invoiceExternalId))
      .select('id', 'external_id', 'customer_id', 'currency', 'open_minor');
    await lockCustomersOf(trx, (await readInvoices()).map((invoice) => invoice.customer_id));
    const invoices = new Map((await readInvoices()).map((invoice) => [invoice.external_id, invoice]));
    const rows = await trx<KnownWriteOff>('write_offs').whereIn('external_id', requests.map((request) => request.externalId)).select('external_id', 'invoice_id', 'amount_minor');
    const known = new Map(rows.map((row) => [row.external_id, row]));

    const written: { request: WriteOff; invoice: OpenInvoice; amountMinor: number }[] = [];
    const results = requests.map((request, index): WriteOffResult => {
      const { externalId } = request;
      const refuse = (field: string, value: string | null, reason: string): RecordResult => refused(index, externalId, field, value, reason);
      if (!externalId.trim()) return refuse('external_id', externalId, 'is empty');
      const invoice = invoices.get(request.invoiceExternalId);
      if (!invoice) return refuse('invoice_external_id', request.invoiceExternalId, 'is not a known invoice');
      const earlier = known.get(externalId);
      if (earlier) {
        const same = earlier.invoice_id === invoice.id && (request.amountMinor === undefined || request.amountMinor === earlier.amount_minor);
        return same ? { index, externalId, status: 'unchanged', amountMinor: earlier.amount_minor } : refuse('external_id', externalId, 'is known already with other content');
      }
      const amountMinor = request.amountMinor ?? invoice.open_minor;
      if (invoice.open_minor <= 0) return refuse('invoice_external_id', request.invoiceExternalId, 'has nothing open');
      if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return refuse('amount', String(amountMinor), 'must be more than zero');
      if (amountMinor > invoice.open_minor) return refuse('amount', String(amountMinor), `is more than what is open, ${invoice.open_minor} minor units`);
      invoice.open_minor -= amountMinor;
      known.set(externalId, { external_id: externalId, invoice_id: invoice.id, amount_minor: amountMinor });
      written.push({ request, invoice, amountMinor });
      return { index, externalId, status: 'created', amountMinor };
    });
    if (!written.length) return results;

    const inserted = await trx<KnownWriteOff & { id: number; reason: string | null; written_off_at: Date }>('write_offs').insert(written.map(({ request, invoice, amountMinor }) => ({
      external_id: request.externalId,
      invoice_id: invoice.id,
      amount_minor: amountMinor,
      reason: request.reason ?? null,
      written_off_at: context.at,
    })), ['id', 'invoice_id', 'amount_minor']);
    await trx('applications').insert(inserted.map((row) => ({ invoice_id: row.invoice_id, write_off_id: row.id, amount_minor: row.amount_minor, applied_at: context.at })));
    await touchLedger(trx, written.map(({ invoice }) => ({ customerId: invoice.customer_id, invoiceIds: [invoice.id], kind: 'invoice.written-off' })));
    await recordEvents(trx, written.map(({ request, invoice, amountMinor }) => ({
      kind: 'invoice.written-off', key: request.externalId, customerId: invoice.customer_id, invoiceId: invoice.id, at: context.at, data: { amountMinor, currency: invoice.currency },
    })));
    await appendAudit(trx, written.map(({ request, invoice, amountMinor }) => ({
      actor: context.actor,
      action: 'invoice.written-off',
      subjectType: 'invoice',
      subjectId: invoice.external_id,
      after: { writeOff: request.externalId, amountMinor, currency: invoice.currency, reason: request.reason ?? null },
    })));
    return results;
  });
}
