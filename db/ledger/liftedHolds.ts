import type { Knex } from 'knex';
import { releasedByLedger } from '../collection/facts';
import { raiseTasks } from '../work/raiseTasks';
import type { LedgerContext } from './context';

/** Where holds are decided on by people. */
const holdQueue = 'Collections';

export interface Reopened {
  invoiceId: number;
  /** The payment that was taken back, or of which some was given back, as it is known outside. */
  payment: string;
  /** The refund that gave it back; null where the bank took it. */
  refund: string | null;
}

interface Asked {
  id: number;
  customer_id: number;
  external_id: string;
  payments: string;
  by: string;
}

/**
 * Asks a person about a new hold where money that had lifted one goes back, so that something is open on its invoice again, and none is in force: a hold is not placed a second time by itself, see
 * docs/decisions/0007. Once for what goes back: an open question about the invoice stands for the next one too, and one that was withdrawn when the invoice was settled comes back by itself.
 */
export async function askAboutLiftedHolds(trx: Knex.Transaction, { at }: LedgerContext, reopened: readonly Reopened[]): Promise<void> {
  if (reopened.length === 0) return;
  const { rows } = await trx.raw<{ rows: Asked[] }>(
    `SELECT i.id, i.customer_id, i.external_id, string_agg(DISTINCT r.payment, ', ') AS payments, min(r.by) AS by FROM jsonb_to_recordset(:reopened::jsonb) AS r (invoice_id bigint, payment text, by text)
     JOIN invoices i ON i.id = r.invoice_id AND i.open_minor > 0 JOIN payments p ON p.external_id = r.payment
     WHERE EXISTS (SELECT FROM holds h JOIN applications a ON a.invoice_id = h.invoice_id AND a.payment_id = p.id AND a.applied_at <= h.released_at WHERE h.invoice_id = i.id AND h.step IS NOT NULL AND h.released_by = :byLedger)
       AND NOT EXISTS (SELECT FROM holds h WHERE h.customer_id = i.customer_id AND (h.invoice_id = i.id OR h.invoice_id IS NULL) AND h.released_at IS NULL)
       AND NOT EXISTS (SELECT FROM tasks t WHERE t.invoice_id = i.id AND t.key LIKE '%/hold' AND starts_with(t.key, i.external_id || '/') AND (t.state IN ('open', 'claimed') OR t.outcome = 'settled'))
     GROUP BY 1, 2, 3 ORDER BY i.id`,
    { reopened: JSON.stringify(reopened.map(({ invoiceId, payment, refund }) => ({ invoice_id: invoiceId, payment, by: refund === null ? `reversed/${payment}` : `refunded/${refund}` }))), byLedger: releasedByLedger });
  // Keyed like the ladder's own, so that it is withdrawn once the invoice is settled.
  await raiseTasks(trx, rows.map(({ id, customer_id, external_id, payments, by }) => ({
    key: `${external_id}/${by}/hold`, queue: holdQueue, title: 'Decide on a new hold for {customer}: invoice {invoice}',
    instructions: `The hold was lifted after payment ${payments}, and ${by.startsWith('reversed') ? 'that was taken back' : 'money of it was given back'}. The policy does not place the hold again: place one by hand if the customer is to be held.`,
    customerId: customer_id, invoiceId: id, dueOn: null, at: at.getTime(),
  })));
}
