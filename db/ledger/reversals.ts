import type { Knex } from 'knex';
import { appendAudit, type AuditEntry } from '../audit';
import { takeBackDiscounts } from '../discounts/honour';
import { inTransaction, refused, type LedgerContext, type RecordResult } from './context';
import { recordReversed } from './ledgerEvents';
import { askAboutLiftedHolds } from './liftedHolds';
import { lockCustomersOf } from './locks';
import { touchLedger, type LedgerChange } from './touch';

export interface Reversal {
  /** The external id of what is reversed. */
  externalId: string;
  reason?: string | null;
}

interface Reversible {
  id: number;
  external_id: string;
  customer_id: number;
  reversed_at: Date | null;
}

/** Takes payments back, as a bank does: their applications are reversed, which opens the invoices again. Again for the same payment: unchanged. */
export async function reversePayments(db: Knex, context: LedgerContext, reversals: readonly Reversal[]): Promise<RecordResult[]> {
  return inTransaction(db, (trx) => reverse(trx, context, reversals, {
    what: 'payment',
    read: (ids) => trx<Reversible>('payments').whereIn('external_id', ids).select('id', 'external_id', 'customer_id', 'reversed_at'),
    mark: async (rows) => {
      await trx.raw(
        'UPDATE payments p SET reversed_at = ?, reversal_reason = r.reason FROM jsonb_to_recordset(?::jsonb) AS r (id bigint, reason text) WHERE p.id = r.id',
        [context.at, JSON.stringify(rows)],
      );
    },
    applicationColumn: 'payment_id',
  }));
}

/** Takes write-offs back: what was written off is owed again. */
export async function reverseWriteOffs(db: Knex, context: LedgerContext, reversals: readonly Reversal[]): Promise<RecordResult[]> {
  return inTransaction(db, (trx) => reverse(trx, context, reversals, {
    what: 'write-off',
    read: (ids) => trx<Reversible>('write_offs as w').join('invoices as i', 'i.id', 'w.invoice_id').whereIn('w.external_id', ids)
      .select('w.id', 'w.external_id', 'i.customer_id', 'w.reversed_at'),
    mark: async (rows) => {
      await trx('write_offs').whereIn('id', rows.map((row) => row.id)).update({ reversed_at: context.at });
    },
    applicationColumn: 'write_off_id',
  }));
}

interface ReversalPlan {
  what: 'payment' | 'write-off';
  read(externalIds: string[]): Promise<Reversible[]>;
  mark(rows: { id: number; reason: string | null }[]): Promise<void>;
  applicationColumn: 'payment_id' | 'write_off_id';
}

async function reverse(trx: Knex.Transaction, context: LedgerContext, reversals: readonly Reversal[], plan: ReversalPlan): Promise<RecordResult[]> {
  const ids = [...new Set(reversals.map((reversal) => reversal.externalId))];
  await lockCustomersOf(trx, (await plan.read(ids)).map((row) => row.customer_id));
  const known = new Map((await plan.read(ids)).map((row) => [row.external_id, row]));

  const fresh = new Map<string, { row: Reversible; reason: string | null }>();
  const results = reversals.map(({ externalId, reason }, index): RecordResult => {
    const row = known.get(externalId);
    if (!row) return refused(index, externalId, 'external_id', externalId, `is not a known ${plan.what}`);
    if (row.reversed_at || fresh.has(externalId)) return { index, externalId, status: 'unchanged' };
    fresh.set(externalId, { row, reason: reason ?? null });
    return { index, externalId, status: 'updated' };
  });
  if (!fresh.size) return results;

  const rows = [...fresh.values()];
  const reopened = await trx<{ id: number; invoice_id: number; amount_minor: number; payment_id: number; write_off_id: number; reversed_at: Date | null }>('applications')
    .whereIn(plan.applicationColumn, rows.map(({ row }) => row.id)).whereNull('reversed_at')
    .update({ reversed_at: context.at }, ['invoice_id', 'amount_minor', plan.applicationColumn]);
  await plan.mark(rows.map(({ row, reason }) => ({ id: row.id, reason })));

  if (plan.what === 'payment') {
    await trx('charge_applications').whereIn('payment_id', rows.map(({ row }) => row.id)).whereNull('reversed_at').update({ reversed_at: context.at });
    await takeBackDiscounts(trx, context, [...new Set(reopened.map(({ invoice_id }) => invoice_id))]);
  }

  const kind = `${plan.what}.reversed`;
  const changes = rows.map(({ row }): LedgerChange => {
    const invoiceIds = [...new Set(reopened.filter((application) => application[plan.applicationColumn] === row.id).map((application) => application.invoice_id))];
    // With nothing applied, unapplied cash goes, which any invoice of the customer may have counted on.
    return { customerId: row.customer_id, invoiceIds: invoiceIds.length ? invoiceIds : null, kind };
  });
  await touchLedger(trx, changes);
  if (plan.what === 'payment') await askAboutLiftedHolds(trx, context, rows.flatMap(({ row }, index) => (changes[index]?.invoiceIds ?? []).map((invoiceId) => ({ invoiceId, payment: row.external_id }))));
  if (plan.what === 'payment') await recordReversed(trx, context.at, rows.map(({ row, reason }, index) => ({ payment: row.external_id, customerId: row.customer_id, invoiceIds: changes[index]!.invoiceIds, reason })));
  await appendAudit(trx, rows.map(({ row, reason }): AuditEntry => ({
    actor: context.actor,
    action: kind,
    subjectType: plan.what,
    subjectId: row.external_id,
    after: { reason, at: context.at, reopenedMinor: reopened.filter((application) => application[plan.applicationColumn] === row.id).reduce((sum, application) => sum + application.amount_minor, 0) },
  })));
  return results;
}
