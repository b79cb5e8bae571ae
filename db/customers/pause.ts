import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf, touchLedger } from '../ledger';

export interface CustomerPause {
  paused: boolean;
  pausedUntil: Date | null;
}

/** Pauses or resumes the collection of all invoices of a customer; null when there is no such customer. */
export async function setCustomerPause(trx: Knex.Transaction, actor: Actor, customerId: number, pause: CustomerPause, reason: string | null): Promise<CustomerPause | null> {
  await lockCustomersOf(trx, [customerId]);
  const { rows } = await trx.raw<{ rows: (CustomerPause & { externalId: string })[] }>('SELECT external_id AS "externalId", paused, paused_until AS "pausedUntil" FROM customers WHERE id = ?', [customerId]);
  const before = rows[0];
  if (!before) return null;
  await trx.raw('UPDATE customers SET paused = ?, paused_until = ?, row_version = row_version + 1, updated_at = now() WHERE id = ?', [pause.paused, pause.pausedUntil, customerId]);
  await touchLedger(trx, [{ customerId, invoiceIds: null, kind: pause.paused ? 'customer.paused' : 'customer.resumed' }]);
  await appendAudit(trx, [{
    actor, action: pause.paused ? 'customer.paused' : 'customer.resumed', subjectType: 'customer', subjectId: before.externalId,
    before: { paused: before.paused, pausedUntil: before.pausedUntil }, after: { ...pause, reason },
  }]);
  return pause;
}
