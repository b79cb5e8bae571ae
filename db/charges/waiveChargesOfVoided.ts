import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { LedgerContext } from '../ledger/context';

const reason = 'The invoice was voided.';

/**
 * Waives the fees and the interest of what checked_invoices voids, with the customers locked: what was never owed was never late. Answers the customers to whom that gives money back which was on such
 * a charge: it may cover what a hold or a reminder is about.
 */
export async function waiveChargesOfVoided(trx: Knex.Transaction, { actor, at }: LedgerContext): Promise<number[]> {
  const { rows: waived } = await trx.raw<{ rows: { id: number; customerId: number; invoice: string; amountMinor: number }[] }>(
    `UPDATE charges h SET waived_at = ?, waived_by = ?, waive_reason = ? FROM checked_invoices k WHERE k.status = 'updated' AND k.voided AND h.invoice_id = k.invoice_id AND h.waived_at IS NULL
     RETURNING h.id, h.customer_id AS "customerId", k.external_id AS invoice, h.amount_minor AS "amountMinor"`, [at, `${actor.kind}:${actor.id}`, reason]);
  if (waived.length === 0) return [];
  const freed = await trx('charge_applications').whereIn('charge_id', waived.map(({ id }) => id)).whereNull('reversed_at').update({ reversed_at: at }, ['charge_id']) as { charge_id: number }[];
  await appendAudit(trx, waived.map(({ id, invoice, amountMinor }) => ({ actor, action: 'charge.waived', subjectType: 'invoice' as const, subjectId: invoice, after: { charge: id, reason, amountMinor } })));
  const freedIds = new Set(freed.map(({ charge_id }) => charge_id));
  return [...new Set(waived.filter(({ id }) => freedIds.has(id)).map(({ customerId }) => customerId))];
}
