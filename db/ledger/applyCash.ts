import type { Knex } from 'knex';
import { applyToInvoice } from '../../domain/ledger/apply';
import { appendAudit } from '../audit';
import { honourDiscounts } from '../discounts/honour';
import { inTransaction, refused, type LedgerContext, type RecordResult } from './context';
import { recordApplied } from './ledgerEvents';
import { lockCustomersOf } from './locks';
import { touchLedger } from './touch';

/** What a person puts on an invoice: from a payment's unapplied cash or a credit note's unapplied credit. */
export interface CashApplication {
  source: { kind: 'payment' | 'credit-note'; externalId: string };
  invoiceExternalId: string;
  /** As much as there is and as is open, unless given. */
  amountMinor?: number;
}

export interface CashApplicationResult extends RecordResult {
  appliedMinor?: number;
}

interface Source {
  id: number;
  external_id: string;
  customer_id: number;
  currency: string;
  unapplied_minor: number;
}

interface Target {
  id: number;
  external_id: string;
  customer_id: number;
  currency: string;
  open_minor: number;
}

const sourceTables = { payment: 'payments', 'credit-note': 'credit_notes' } as const;

/** Applies unapplied cash or credit to invoices, in the order given. The external id of a result is the source's. */
export async function applyCash(db: Knex, context: LedgerContext, requests: readonly CashApplication[]): Promise<CashApplicationResult[]> {
  return inTransaction(db, async (trx) => {
    await lockCustomersOf(trx, [...(await readTargets(trx, requests)).values()].map((invoice) => invoice.customer_id));
    const invoices = await readTargets(trx, requests);
    const sources = { payment: await readSources(trx, 'payment', requests), 'credit-note': await readSources(trx, 'credit-note', requests) };

    const written: { source: Source; kind: 'payment' | 'credit-note'; invoice: Target; amountMinor: number }[] = [];
    const results = requests.map((request, index): CashApplicationResult => {
      const { kind, externalId } = request.source;
      const refuse = (field: string, value: string | null, reason: string): RecordResult => refused(index, externalId, field, value, reason);
      const source = sources[kind].get(externalId);
      const invoice = invoices.get(request.invoiceExternalId);
      if (!source) return refuse('source', externalId, `is not a known ${kind}`);
      if (!invoice) return refuse('invoice_external_id', request.invoiceExternalId, 'is not a known invoice');
      if (source.customer_id !== invoice.customer_id) return refuse('invoice_external_id', request.invoiceExternalId, 'belongs to another customer');
      if (source.currency !== invoice.currency) return refuse('invoice_external_id', request.invoiceExternalId, `is in ${invoice.currency}, the ${kind} in ${source.currency}`);
      const wanted = request.amountMinor ?? source.unapplied_minor;
      if (!Number.isSafeInteger(wanted) || wanted <= 0) {
        return request.amountMinor === undefined
          ? refuse('source', externalId, 'has nothing left that is unapplied')
          : refuse('amount', String(wanted), 'must be more than zero');
      }
      if (wanted > source.unapplied_minor) return refuse('amount', String(wanted), `is more than what is unapplied, ${source.unapplied_minor} minor units`);
      const { appliedMinor } = applyToInvoice({ amountMinor: wanted, openMinor: invoice.open_minor });
      if (request.amountMinor !== undefined && appliedMinor < wanted) return refuse('amount', String(wanted), `is more than what is open, ${invoice.open_minor} minor units`);
      if (!appliedMinor) return refuse('invoice_external_id', request.invoiceExternalId, 'has nothing open');
      source.unapplied_minor -= appliedMinor;
      invoice.open_minor -= appliedMinor;
      written.push({ source, kind, invoice, amountMinor: appliedMinor });
      return { index, externalId, status: 'created', appliedMinor };
    });
    if (!written.length) return results;

    await trx('applications').insert(written.map(({ source, kind, invoice, amountMinor }) => ({
      invoice_id: invoice.id,
      payment_id: kind === 'payment' ? source.id : null,
      credit_note_id: kind === 'credit-note' ? source.id : null,
      amount_minor: amountMinor,
      applied_at: context.at,
    })));
    await honourDiscounts(trx, context, [...new Set(written.map(({ invoice }) => invoice.id))]);
    await touchLedger(trx, written.map(({ kind, invoice }) => ({ customerId: invoice.customer_id, invoiceIds: [invoice.id], kind: `${kind}.applied` })));
    await recordApplied(trx, context.at, written.flatMap(({ kind, source, invoice }) => (kind === 'payment' ? [{ payment: source.external_id, invoiceId: invoice.id }] : [])));
    await appendAudit(trx, written.map(({ source, kind, invoice, amountMinor }) => ({
      actor: context.actor,
      action: `${kind}.applied`,
      subjectType: kind,
      subjectId: source.external_id,
      after: { invoice: invoice.external_id, amountMinor, currency: invoice.currency },
    })));
    return results;
  });
}

async function readTargets(trx: Knex.Transaction, requests: readonly CashApplication[]): Promise<Map<string, Target>> {
  const rows = await trx<Target>('invoices').whereIn('external_id', requests.map((request) => request.invoiceExternalId))
    .select('id', 'external_id', 'customer_id', 'currency', 'open_minor');
  return new Map(rows.map((row) => [row.external_id, row]));
}

async function readSources(trx: Knex.Transaction, kind: 'payment' | 'credit-note', requests: readonly CashApplication[]): Promise<Map<string, Source>> {
  const rows = await trx<Source>(sourceTables[kind]).whereIn('external_id', requests.filter((request) => request.source.kind === kind).map((request) => request.source.externalId))
    .select('id', 'external_id', 'customer_id', 'currency', 'unapplied_minor');
  return new Map(rows.map((row) => [row.external_id, row]));
}
