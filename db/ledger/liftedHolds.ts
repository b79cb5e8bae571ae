import type { Knex } from 'knex';
import { releasedByLedger } from '../collection/facts';
import { raiseTasks } from '../work/raiseTasks';
import type { LedgerContext } from './context';

/** Where holds are decided on by people. */
const holdQueue = 'Collections';

export interface Reopened {
  invoiceId: number;
  /** The payment that was taken back, as it is known outside. */
  payment: string;
}

/**
 * Asks a person about a new hold where a payment that was taken back leaves something open on an invoice whose hold the ledger had lifted, and none is in force: a hold is not placed a second time
 * by itself, see docs/decisions/0007.
 */
export async function askAboutLiftedHolds(trx: Knex.Transaction, { at }: LedgerContext, reopened: readonly Reopened[]): Promise<void> {
  if (reopened.length === 0) return;
  const { rows } = await trx.raw<{ rows: { id: number; customer_id: number; external_id: string; payment: string }[] }>(
    `SELECT i.id, i.customer_id, i.external_id, min(r.payment) AS payment FROM jsonb_to_recordset(?::jsonb) AS r (invoice_id bigint, payment text) JOIN invoices i ON i.id = r.invoice_id AND i.open_minor > 0
     WHERE EXISTS (SELECT FROM holds h WHERE h.invoice_id = i.id AND h.step IS NOT NULL AND h.released_by = ?) AND NOT EXISTS (SELECT FROM holds h WHERE h.customer_id = i.customer_id AND (h.invoice_id = i.id OR h.invoice_id IS NULL) AND h.released_at IS NULL)
     GROUP BY 1, 2, 3 ORDER BY i.id`,
    [JSON.stringify(reopened.map(({ invoiceId, payment }) => ({ invoice_id: invoiceId, payment }))), releasedByLedger]);
  // Keyed like the ladder's own, so that it is withdrawn once the invoice is settled.
  await raiseTasks(trx, rows.map(({ id, customer_id, external_id, payment }) => ({
    key: `${external_id}/reversed/${payment}/hold`, queue: holdQueue, title: 'Decide on a new hold for {customer}: invoice {invoice}',
    instructions: `The payment ${payment}, after which the hold was lifted, was taken back. The policy does not place the hold again: place one by hand if the customer is to be held.`,
    customerId: customer_id, invoiceId: id, dueOn: null, at: at.getTime(),
  })));
}
