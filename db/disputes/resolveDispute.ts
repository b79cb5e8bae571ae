import type { Knex } from 'knex';
import { localDateAt } from '../../domain/calendar/zones';
import { creditOf, type DisputeResolution } from '../../domain/dispute/dispute';
import { appendAudit } from '../audit';
import { recordEvents } from '../events';
import type { LedgerContext } from '../ledger/context';
import { lockCustomersOf } from '../ledger/locks';
import { recordCreditNotes } from '../ledger/receipts';
import { touchLedger } from '../ledger/touch';
import { closeDeadlineTasks } from './escalate';

/** A request that a dispute cannot follow as it stands; the message says why. */
export class DisputeError extends Error {
  override name = 'DisputeError';
}

interface OpenDispute {
  id: number;
  external_id: string;
  customer_id: number;
  customer: string;
  time_zone: string;
  invoice_id: number;
  invoice: string;
  open_minor: number;
  currency: string;
  amount_minor: number;
  reason_code: string;
  state: 'open' | 'resolved';
}

async function lockDispute(trx: Knex.Transaction, id: number): Promise<OpenDispute | null> {
  const { rows: [owner] } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT customer_id FROM disputes WHERE id = ?', [id]);
  if (!owner) return null;
  await lockCustomersOf(trx, [owner.customer_id]);
  const { rows: [dispute] } = await trx.raw<{ rows: OpenDispute[] }>(
    `SELECT d.id, d.external_id, d.customer_id, c.external_id AS customer, c.time_zone, d.invoice_id, i.external_id AS invoice, i.open_minor, d.currency, d.amount_minor, d.reason_code, d.state
     FROM disputes d JOIN customers c ON c.id = d.customer_id JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ?`, [id]);
  return dispute ?? null;
}

/**
 * Resolves a dispute. Where the customer is right, in whole or in part, a credit note is issued for as much of that as is still open; for the rest collection
 * goes on. False when there is no such dispute. Throws DisputeError when it is resolved already, or for a split that splits nothing.
 */
export async function resolveDispute(trx: Knex.Transaction, context: LedgerContext, id: number, resolution: DisputeResolution, note: string | null): Promise<boolean> {
  const dispute = await lockDispute(trx, id);
  if (!dispute) return false;
  if (dispute.state === 'resolved') throw new DisputeError('The dispute is resolved already.');
  const disputedMinor = Math.min(dispute.amount_minor, Math.max(0, dispute.open_minor));
  const creditMinor = creditOf(resolution, disputedMinor);
  if (creditMinor === null) throw new DisputeError(`A split credits more than nothing and less than what is disputed, ${disputedMinor} minor units.`);
  const creditNoteId = creditMinor === 0 ? null : await issueCredit(trx, context, dispute, creditMinor);
  await trx.raw(
    `UPDATE disputes SET state = 'resolved', resolution = ?, resolution_note = ?, credited_minor = ?, credit_note_id = ?, resolved_at = ?, resolved_by = ?, row_version = row_version + 1 WHERE id = ?`,
    [resolution.kind, note, creditMinor, creditNoteId, context.at, `${context.actor.kind}:${context.actor.id}`, id]);
  await closeDeadlineTasks(trx, context, dispute.external_id, `The dispute was resolved: ${resolution.kind}.`);
  await touchLedger(trx, [{ customerId: dispute.customer_id, invoiceIds: [dispute.invoice_id], kind: 'dispute.resolved' }]);
  const facts = { resolution: resolution.kind, creditedMinor: creditMinor, currency: dispute.currency };
  await recordEvents(trx, [{ kind: 'dispute.resolved', key: dispute.external_id, customerId: dispute.customer_id, invoiceId: dispute.invoice_id, at: context.at, data: { dispute: dispute.external_id, ...facts } }]);
  await appendAudit(trx, [{ actor: context.actor, action: 'dispute.resolved', subjectType: 'dispute', subjectId: dispute.external_id, after: { invoice: dispute.invoice, ...facts, note } }]);
  return true;
}

async function issueCredit(trx: Knex.Transaction, context: LedgerContext, dispute: OpenDispute, amountMinor: number): Promise<number> {
  const externalId = `dispute/${dispute.external_id}`;
  const [result] = await recordCreditNotes(trx, context, [{
    externalId, customerExternalId: dispute.customer, invoiceExternalId: dispute.invoice, currency: dispute.currency, amountMinor,
    issuedOn: localDateAt(context.at.getTime(), dispute.time_zone), reason: `Dispute: ${dispute.reason_code}`,
  }]);
  if (!result || result.status === 'refused') throw new DisputeError(`The credit note ${externalId} was refused: ${result?.errors?.map(({ field, reason }) => `${field} ${reason}`).join('; ')}.`);
  const { rows: [note] } = await trx.raw<{ rows: { id: number }[] }>('SELECT id FROM credit_notes WHERE external_id = ?', [externalId]);
  if (!note) throw new Error(`The credit note ${externalId} vanished while it was recorded.`);
  return note.id;
}
