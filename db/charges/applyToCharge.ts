import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { LedgerContext } from '../ledger/context';
import { lockCustomersOf } from '../ledger/locks';
import { touchLedger } from '../ledger/touch';
import { ChargeError } from './chargeInvoice';
import { listCharges, type ChargeRow } from './listCharges';

interface Pair {
  customerId: number;
  payer: number;
  payment: string;
  unappliedMinor: number;
  openMinor: number;
  chargeCurrency: string;
  paymentCurrency: string;
  invoice: string;
}

/**
 * Puts unapplied money of a payment on a charge, as much as there is and as is open. A payment goes to the invoice that it names and never to a charge by itself, so that a fee does not eat what was
 * paid for an invoice: a person says so. Null when there is no such charge. Throws ChargeError where it cannot be.
 */
export async function applyToCharge(trx: Knex.Transaction, { actor, at }: LedgerContext, chargeId: number, paymentId: number): Promise<ChargeRow | null> {
  const read = async (): Promise<Pair | null> => {
    const { rows } = await trx.raw<{ rows: Pair[] }>(
      `SELECT h.customer_id AS "customerId", p.customer_id AS payer, p.external_id AS payment, p.unapplied_minor AS "unappliedMinor", h.open_minor AS "openMinor", h.currency AS "chargeCurrency", p.currency AS "paymentCurrency", i.external_id AS invoice
       FROM charges h JOIN invoices i ON i.id = h.invoice_id JOIN payments p ON p.id = ? WHERE h.id = ?`, [paymentId, chargeId]);
    return rows[0] ?? null;
  };
  const found = await read();
  if (!found) return null;
  await lockCustomersOf(trx, [found.customerId, found.payer]);
  const pair = (await read()) ?? found;
  if (pair.customerId !== pair.payer) throw new ChargeError('The payment is of another customer.');
  if (pair.chargeCurrency !== pair.paymentCurrency) throw new ChargeError(`The charge is in ${pair.chargeCurrency}, the payment in ${pair.paymentCurrency}.`);
  const amountMinor = Math.min(pair.openMinor, pair.unappliedMinor);
  if (amountMinor <= 0) throw new ChargeError(pair.openMinor <= 0 ? 'Nothing is open of this charge.' : 'Nothing is left of this payment.');
  await trx('charge_applications').insert({ charge_id: chargeId, payment_id: paymentId, amount_minor: amountMinor, applied_at: at });
  // Unapplied cash went, which any invoice of the customer may have counted on.
  await touchLedger(trx, [{ customerId: pair.customerId, invoiceIds: null, kind: 'payment.applied' }]);
  await appendAudit(trx, [{ actor, action: 'charge.paid', subjectType: 'payment', subjectId: pair.payment, after: { charge: chargeId, invoice: pair.invoice, amountMinor, currency: pair.chargeCurrency } }]);
  return (await listCharges(trx, { ids: [chargeId] }))[0] ?? null;
}
