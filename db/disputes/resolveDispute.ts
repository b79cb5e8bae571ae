import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { localDateAt } from '../../domain/calendar/zones';
import { cutText } from '../../domain/cutText';
import { creditOf, type DisputeResolution } from '../../domain/dispute/dispute';
import { textMax } from '../../domain/ledger/checks';
import { appendAudit } from '../audit';
import { honourDiscounts } from '../discounts/honour';
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

async function lockDisputes(trx: Knex.Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, OpenDispute>> {
  await lockCustomersOf(trx, await trx<{ id: number; customer_id: number }>('disputes').whereIn('id', [...ids]).pluck('customer_id'));
  const { rows } = await trx.raw<{ rows: OpenDispute[] }>(
    `SELECT d.id, d.external_id, d.customer_id, c.external_id AS customer, c.time_zone, d.invoice_id, i.external_id AS invoice, i.open_minor, d.currency, d.amount_minor, d.reason_code, d.state
     FROM disputes d JOIN customers c ON c.id = d.customer_id JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ANY(?)`, [[...ids]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Resolves a dispute. Where the customer is right, in whole or in part, a credit note is issued for as much of that as is still open; for the rest collection
 * goes on. False when there is no such dispute. Throws DisputeError when it is resolved already, or for a split that splits nothing.
 */
export async function resolveDispute(trx: Knex.Transaction, context: LedgerContext, id: number, resolution: DisputeResolution, note: string | null): Promise<boolean> {
  return (await resolveDisputes(trx, context, [{ id, resolution, note }])) === 1;
}

export interface ResolvedDispute {
  id: number;
  resolution: DisputeResolution;
  note: string | null;
}

interface Resolved extends ResolvedDispute {
  dispute: OpenDispute;
  creditMinor: number;
}

/** The same for many, no two of which may be about the same invoice; those that are not there are passed over. Answers how many were resolved. */
export async function resolveDisputes(trx: Knex.Transaction, context: LedgerContext, asked: readonly ResolvedDispute[]): Promise<number> {
  const disputes = await lockDisputes(trx, asked.map(({ id }) => id));
  const resolved = asked.flatMap((each): Resolved[] => {
    const dispute = disputes.get(each.id);
    return dispute ? [{ ...each, dispute, creditMinor: creditedBy(dispute, each.resolution) }] : [];
  });
  if (resolved.length === 0) return 0;
  // Before the credits are issued: an offer of a discount must not count them and the dispute at once.
  await trx.raw(
    `UPDATE disputes d SET state = 'resolved', resolution = r.resolution, resolution_note = r.note, credited_minor = r.credit, resolved_at = ?, resolved_by = ?, row_version = d.row_version + 1
     FROM jsonb_to_recordset(?::jsonb) AS r (id bigint, resolution text, note text, credit bigint) WHERE d.id = r.id`,
    [context.at, `${context.actor.kind}:${context.actor.id}`, JSON.stringify(resolved.map(({ id, resolution, note, creditMinor }) => ({ id, resolution: resolution.kind, note, credit: creditMinor })))]);
  await issueCredits(trx, context, resolved.filter(({ creditMinor }) => creditMinor > 0));
  await closeDeadlineTasks(trx, context, resolved.map(({ dispute, resolution }) => ({ externalId: dispute.external_id, invoiceId: dispute.invoice_id, note: `The dispute was resolved: ${resolution.kind}.` })));
  // What is owed after all may have been paid in time already.
  await honourDiscounts(trx, context, resolved.map(({ dispute }) => dispute.invoice_id));
  await touchLedger(trx, resolved.map(({ dispute }) => ({ customerId: dispute.customer_id, invoiceIds: [dispute.invoice_id], kind: 'dispute.resolved' })));
  const facts = ({ resolution, creditMinor, dispute }: Resolved) => ({ resolution: resolution.kind, creditedMinor: creditMinor, currency: dispute.currency });
  await recordEvents(trx, resolved.map((each) => ({
    kind: 'dispute.resolved' as const, key: each.dispute.external_id, customerId: each.dispute.customer_id, invoiceId: each.dispute.invoice_id, at: context.at, data: { dispute: each.dispute.external_id, ...facts(each) },
  })));
  await appendAudit(trx, resolved.map((each) => ({
    actor: context.actor, action: 'dispute.resolved', subjectType: 'dispute', subjectId: each.dispute.external_id, after: { invoice: each.dispute.invoice, ...facts(each), note: each.note },
  })));
  return resolved.length;
}

function creditedBy({ state, amount_minor, open_minor }: OpenDispute, resolution: DisputeResolution): number {
  if (state === 'resolved') throw new DisputeError('The dispute is resolved already.');
  const disputedMinor = Math.min(amount_minor, Math.max(0, open_minor));
  const creditMinor = creditOf(resolution, disputedMinor);
  if (creditMinor === null) throw new DisputeError(`A split credits more than nothing and less than what is disputed, ${disputedMinor} minor units.`);
  return creditMinor;
}

const digestChars = 32;

/** What the credit note of a dispute is called: by the dispute, and where that leaves too little room, by the beginning of its id and a digest of all of it. */
function creditNoteIdOf(dispute: string): string {
  const id = `dispute/${dispute}`;
  if (id.length <= textMax.externalId) return id;
  return `${cutText(id, textMax.externalId - digestChars - 1)}/${createHash('sha256').update(dispute).digest('hex').slice(0, digestChars)}`;
}

/** Issues the credit note of each dispute, and notes it there. */
async function issueCredits(trx: Knex.Transaction, context: LedgerContext, resolved: readonly Resolved[]): Promise<void> {
  if (resolved.length === 0) return;
  const results = await recordCreditNotes(trx, context, resolved.map(({ dispute, creditMinor }) => ({
    externalId: creditNoteIdOf(dispute.external_id), customerExternalId: dispute.customer, invoiceExternalId: dispute.invoice, currency: dispute.currency, amountMinor: creditMinor,
    issuedOn: localDateAt(context.at.getTime(), dispute.time_zone), reason: `Dispute: ${dispute.reason_code}`,
  })));
  for (const { status, externalId, errors } of results) if (status === 'refused') throw new DisputeError(`The credit note ${externalId} was refused: ${errors?.map(({ field, reason }) => `${field} ${reason}`).join('; ')}.`);
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    'UPDATE disputes d SET credit_note_id = n.id FROM jsonb_to_recordset(?::jsonb) AS r (id bigint, note text) JOIN credit_notes n ON n.external_id = r.note WHERE d.id = r.id',
    [JSON.stringify(resolved.map(({ id, dispute }) => ({ id, note: creditNoteIdOf(dispute.external_id) })))]);
  if (rowCount !== resolved.length) throw new Error(`${resolved.length - rowCount} credit notes of disputes vanished while they were recorded.`);
}
