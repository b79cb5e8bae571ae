import type { Knex } from 'knex';
import type { ChargeRule } from '../../domain/charges/charge';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf, raiseLedgerVersion, touchLedger } from '../ledger';
import { listCharges, type ChargeRow } from './listCharges';
import { makeCharges } from './makeCharges';

export class ChargeError extends Error {
  override name = 'ChargeError';
}

/** Charges an invoice by a rule, as it stands now; null when there is no such invoice. Throws ChargeError when the rule gives nothing to charge. */
export async function chargeInvoice(trx: Knex.Transaction, actor: Actor, invoiceId: number, rule: ChargeRule, at: Date): Promise<ChargeRow[] | null> {
  const { rows: [owner] } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT customer_id FROM invoices WHERE id = ?', [invoiceId]);
  if (!owner) return null;
  await lockCustomersOf(trx, [owner.customer_id]);
  const [made] = await makeCharges(trx, actor, [{ invoiceId, rule, key: null }], at);
  if (!made) return null;
  if (made.refusal !== null) throw new ChargeError(made.refusal);
  if (made.ids.length === 0) throw new ChargeError(`There is nothing to charge for ${made.invoice}: nothing undisputed is late that has not been charged for already.`);
  return listCharges(trx, { ids: made.ids });
}

/** Waives a charge: it is no longer asked for. The days of the newest interest may then be charged for anew. Null when there is none. Throws ChargeError for one that is waived. */
export async function waiveCharge(trx: Knex.Transaction, actor: Actor, id: number, reason: string, at: Date): Promise<ChargeRow | null> {
  const { rows: [row] } = await trx.raw<{ rows: { customer_id: number; invoice_id: number }[] }>('SELECT customer_id, invoice_id FROM charges WHERE id = ?', [id]);
  if (!row) return null;
  await lockCustomersOf(trx, [row.customer_id]);
  const changed = await trx('charges').where({ id }).whereNull('waived_at').update({ waived_at: at, waived_by: `${actor.kind}:${actor.id}`, waive_reason: reason });
  if (changed === 0) throw new ChargeError('This charge is waived already.');
  // Money that was on it is the customer's again, and may cover what a hold or a reminder is about.
  const freed = await trx('charge_applications').where({ charge_id: id }).whereNull('reversed_at').update({ reversed_at: at });
  if (freed > 0) await touchLedger(trx, [{ customerId: row.customer_id, invoiceIds: null, kind: 'charge.waived' }]);
  else await raiseLedgerVersion(trx, [row.customer_id]);
  const [charge] = await listCharges(trx, { ids: [id] });
  const invoice = await trx<{ id: number; external_id: string }>('invoices').where({ id: row.invoice_id }).first('external_id');
  await appendAudit(trx, [{ actor, action: 'charge.waived', subjectType: 'invoice', subjectId: invoice?.external_id ?? String(row.invoice_id), after: { charge: id, reason, amountMinor: charge?.amountMinor } }]);
  return charge ?? null;
}
