import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { LedgerContext } from './context';
import { lockCustomersOf } from './locks';
import { touchLedger } from './touch';

/**
 * Gives one invoice days of grace of its own, or takes them back (null: as its customer, else the policy says). Its workflow hears of it, so that steps still to come move at once.
 * False when there is no such invoice.
 */
export async function setInvoiceGrace(trx: Knex.Transaction, { actor }: Pick<LedgerContext, 'actor'>, invoiceId: number, graceDays: number | null, reason: string): Promise<boolean> {
  const owner = await trx('invoices').where({ id: invoiceId }).first<{ customer_id: number } | undefined>('customer_id');
  if (!owner) return false;
  await lockCustomersOf(trx, [owner.customer_id]);
  const before = await trx('invoices').where({ id: invoiceId }).first<{ external_id: string; grace_days: number | null }>('external_id', 'grace_days');
  if (before.grace_days === graceDays) return true;
  await trx('invoices').where({ id: invoiceId }).update({ grace_days: graceDays, row_version: trx.raw('row_version + 1'), updated_at: trx.fn.now() });
  await touchLedger(trx, [{ customerId: owner.customer_id, invoiceIds: [invoiceId], kind: 'invoice.changed' }]);
  await appendAudit(trx, [{ actor, action: 'invoice.grace-set', subjectType: 'invoice', subjectId: before.external_id, before: { graceDays: before.grace_days }, after: { graceDays, reason } }]);
  return true;
}
