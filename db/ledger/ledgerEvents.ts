import type { Knex } from 'knex';
import type { ReversalKind } from '../../domain/ledger/reversal';
import { recordEvents, recordSelectedEvents } from '../events';
import type { LedgerContext } from './context';

/** What checked_invoices has issued just now. */
export async function recordIssued(trx: Knex.Transaction, { at }: LedgerContext): Promise<void> {
  await recordSelectedEvents(trx, `
    SELECT 'invoice.created' AS kind, external_id AS key, customer_id, invoice_id, ?::timestamptz AS at, jsonb_build_object('totalMinor', total_minor, 'currency', currency) AS data
    FROM checked_invoices WHERE issued AND status IN ('created', 'updated')`, [at]);
}

const receiptKinds = { payments: 'payment.received', credit_notes: 'credit-note.received' } as const;

/** What checked_payments or checked_credit_notes has taken in, and what that did to invoices. */
export async function recordReceived(trx: Knex.Transaction, kind: keyof typeof receiptKinds, { at }: LedgerContext): Promise<void> {
  const name = kind === 'payments' ? 'payment' : 'creditNote';
  await recordSelectedEvents(trx, `
    SELECT '${receiptKinds[kind]}' AS kind, k.external_id AS key, k.customer_id, k.invoice_id, ?::timestamptz AS at,
      jsonb_build_object('${name}', k.external_id, 'amountMinor', k.amount_minor, 'appliedMinor', t.applied_minor, 'currency', k.currency) AS data
    FROM checked_${kind} k JOIN ${kind} t ON t.id = k.id WHERE k.status = 'created' ORDER BY k.ord`, [at]);
  if (kind === 'payments') {
    await recordAppliedSelected(trx, at, `SELECT k.external_id AS payment, k.invoice_id FROM checked_payments k JOIN payments t ON t.id = k.id WHERE k.status = 'created' AND t.applied_minor > 0`);
  }
}

/** Payments' money that a person has put on invoices. */
export async function recordApplied(trx: Knex.Transaction, at: Date, applied: readonly { payment: string; invoiceId: number }[]): Promise<void> {
  if (!applied.length) return;
  await recordAppliedSelected(trx, at, 'SELECT payment, invoice_id FROM jsonb_to_recordset(?::jsonb) AS t (payment text, invoice_id bigint)',
    [JSON.stringify(applied.map(({ payment, invoiceId }) => ({ payment, invoice_id: invoiceId })))]);
}

/** An invoice that money reached is settled, or open in part. What several payments at once did is said once, of the last. */
async function recordAppliedSelected(trx: Knex.Transaction, at: Date, select: string, bindings: readonly Knex.RawBinding[] = []): Promise<void> {
  await recordSelectedEvents(trx, `
    SELECT CASE i.open_minor WHEN 0 THEN 'invoice.settled' ELSE 'payment.partial' END AS kind, a.payment || '/' || i.external_id || '/' || i.open_minor AS key, i.customer_id, i.id AS invoice_id,
      ?::timestamptz AS at, jsonb_build_object('payment', a.payment, 'openMinor', i.open_minor, 'currency', i.currency) AS data
    FROM (SELECT invoice_id, max(payment COLLATE "C") AS payment FROM (${select}) every GROUP BY invoice_id) a JOIN invoices i ON i.id = a.invoice_id
    WHERE i.document_state = 'issued'`, [at, ...bindings]);
}

/** Payments that were taken back: an event of each invoice that opened again, or of the customer when none did. A chargeback is a reversal, and an event of its own besides. */
export async function recordReversed(trx: Knex.Transaction, at: Date, reversed: readonly { payment: string; kind: ReversalKind; customerId: number; invoiceIds: readonly number[]; reason: string | null }[]): Promise<void> {
  await recordEvents(trx, reversed.flatMap(({ payment, kind, customerId, invoiceIds, reason }) => placesOf(invoiceIds).flatMap((invoiceId) => {
    const event = { key: `${payment}/${invoiceId ?? 'account'}`, customerId, invoiceId, at, data: { payment, kind, reason } };
    return [{ ...event, kind: 'payment.reversed' as const }, ...(kind === 'chargeback' ? [{ ...event, kind: 'payment.charged-back' as const }] : [])];
  })));
}

interface Refunded {
  refund: string;
  payment: string;
  customerId: number;
  currency: string;
  amountMinor: number;
  reason: string | null;
  /** By invoice, how much of it is open again. */
  invoices: ReadonlyMap<number, number>;
}

/** Payments that went back, or parts of them: an event of each invoice that opened again, or of the customer when none did. */
export async function recordRefunded(trx: Knex.Transaction, at: Date, refunded: readonly Refunded[]): Promise<void> {
  await recordEvents(trx, refunded.flatMap(({ refund, payment, customerId, currency, amountMinor, reason, invoices }) => placesOf([...invoices.keys()]).map((invoiceId) => ({
    kind: 'payment.refunded' as const, key: `${refund}/${invoiceId ?? 'account'}`, customerId, invoiceId, at,
    data: { refund, payment, amountMinor, reopenedMinor: invoiceId === null ? 0 : (invoices.get(invoiceId) ?? 0), currency, reason },
  }))));
}

function placesOf(invoiceIds: readonly number[]): readonly (number | null)[] {
  return invoiceIds.length ? invoiceIds : [null];
}
