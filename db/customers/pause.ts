import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf, touchLedger } from '../ledger';
import { touchSelected } from '../ledger/touch';

export interface CustomerPause {
  paused: boolean;
  pausedUntil: Date | null;
  /** Nothing more comes of any of its invoices, nor of new ones, until somebody resumes it. */
  stopped: boolean;
}

/** Pauses or resumes the collection of all invoices of a customer; null when there is no such customer. Resuming ends a stop too: what ended by it begins again. An invoice that was paused or stopped by itself stays so. */
export function setCustomerPause(trx: Knex.Transaction, actor: Actor, customerId: number, { paused, pausedUntil }: Pick<CustomerPause, 'paused' | 'pausedUntil'>, reason: string | null): Promise<CustomerPause | null> {
  return change(trx, actor, customerId, ({ stopped }) => ({ paused, pausedUntil, stopped: paused && stopped }), paused ? 'customer.paused' : 'customer.resumed', reason);
}

/** Stops the collection of a customer until somebody resumes it: what was still to come of its invoices ends, as by a stop of each, and nothing begins for new ones. Null when there is no such customer. */
export function stopCustomer(trx: Knex.Transaction, actor: Actor, customerId: number, reason: string): Promise<CustomerPause | null> {
  return change(trx, actor, customerId, (before) => ({ ...before, stopped: true }), 'customer.stopped', reason);
}

type Action = 'customer.paused' | 'customer.stopped' | 'customer.resumed';

async function change(trx: Knex.Transaction, actor: Actor, customerId: number, changed: (before: CustomerPause) => CustomerPause, action: Action, reason: string | null): Promise<CustomerPause | null> {
  await lockCustomersOf(trx, [customerId]);
  const { rows } = await trx.raw<{ rows: (CustomerPause & { externalId: string })[] }>('SELECT external_id AS "externalId", paused, paused_until AS "pausedUntil", stopped FROM customers WHERE id = ?', [customerId]);
  if (!rows[0]) return null;
  const { externalId, ...before } = rows[0];
  const after = changed(before);
  await trx.raw('UPDATE customers SET paused = ?, paused_until = ?, stopped = ?, row_version = row_version + 1, updated_at = now() WHERE id = ?', [after.paused, after.pausedUntil, after.stopped, customerId]);
  await touchLedger(trx, [{ customerId, invoiceIds: null, kind: action }]);
  // Nobody collects what was stopped: each of those is asked for by itself.
  if (before.stopped && !after.stopped) await touchSelected(trx, `SELECT customer_id, invoice_id, 'customer.resumed' AS kind FROM collections WHERE customer_id = ? AND state = 'done' AND outcome = 'stopped'`, [customerId]);
  await appendAudit(trx, [{ actor, action, subjectType: 'customer', subjectId: externalId, before, after: { ...after, reason } }]);
  return after;
}
