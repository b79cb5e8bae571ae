import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { dayNumber, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { evidenceFilesMax } from '../../domain/dispute/evidence';
import { appendAudit } from '../audit';
import type { LedgerContext } from '../ledger/context';
import { lockCustomersOf } from '../ledger/locks';
import { touchLedger } from '../ledger/touch';
import { mentionedIn, tellMentioned } from '../work/tellPeople';
import { closeDeadlineTasks } from './escalate';
import { isActiveUser } from './openDispute';
import { DisputeError } from './resolveDispute';
import { tellOwners } from './tellOwners';

interface LockedDispute {
  external_id: string;
  row_version: number;
  owner_id: number | null;
  customer_id: number;
  invoice_id: number;
  invoice: string;
}

async function lock(trx: Knex.Transaction, id: number): Promise<LockedDispute | null> {
  const { rows } = await trx.raw<{ rows: LockedDispute[] }>(
    'SELECT d.external_id, d.row_version, d.owner_id, d.customer_id, d.invoice_id, i.number AS invoice FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ? FOR UPDATE OF d', [id]);
  return rows[0] ?? null;
}

/** Writes a note on a dispute, and tells everybody whom it mentions; false when there is none. */
export async function addDisputeNote(trx: Knex.Transaction, { actor, at }: LedgerContext, id: number, body: string): Promise<boolean> {
  const dispute = await lock(trx, id);
  if (!dispute) return false;
  const people = await mentionedIn(trx, body);
  const [note] = await trx('dispute_notes').insert({ dispute_id: id, author: actor.name, body, at }).returning<{ id: number }[]>('id');
  await tellMentioned(trx, people, { key: `dispute-note-${note!.id}`, body, author: actor.name, customerId: dispute.customer_id, invoiceId: dispute.invoice_id, at });
  await appendAudit(trx, [{ actor, action: 'dispute.note-written', subjectType: 'dispute', subjectId: dispute.external_id, after: { body, mentions: people.map((person) => person.id) } }]);
  return true;
}

/** Gives a dispute to a user, who is told, or to nobody; false when there is none. Throws DisputeError for somebody who is no active user. */
export async function assignDispute(trx: Knex.Transaction, { actor, at }: LedgerContext, id: number, ownerId: number | null): Promise<boolean> {
  const dispute = await lock(trx, id);
  if (!dispute) return false;
  if (ownerId !== null && !(await isActiveUser(trx, ownerId))) throw new DisputeError(`There is no active user ${ownerId}.`);
  await trx('disputes').where({ id }).update({ owner_id: ownerId, row_version: dispute.row_version + 1 });
  if (ownerId !== null && ownerId !== dispute.owner_id) {
    await tellOwners(trx, actor, at, [{ externalId: dispute.external_id, ownerId, rowVersion: dispute.row_version + 1, invoiceNumber: dispute.invoice, customerId: dispute.customer_id, invoiceId: dispute.invoice_id }]);
  }
  await appendAudit(trx, [{ actor, action: 'dispute.assigned', subjectType: 'dispute', subjectId: dispute.external_id, after: { ownerId } }]);
  return true;
}

/**
 * Gives a dispute another deadline, and another chance: past it, it is escalated anew. False when there is none. Throws DisputeError when it is
 * resolved, or for a day that is past where the customer is.
 */
export async function setDisputeDeadline(trx: Knex.Transaction, { actor, at }: LedgerContext, id: number, deadlineOn: LocalDate): Promise<boolean> {
  const { rows: [dispute] } = await trx.raw<{ rows: { external_id: string; customer_id: number; invoice_id: number; time_zone: string }[] }>(
    'SELECT d.external_id, d.customer_id, d.invoice_id, c.time_zone FROM disputes d JOIN customers c ON c.id = d.customer_id WHERE d.id = ?', [id]);
  if (!dispute) return false;
  await lockCustomersOf(trx, [dispute.customer_id]);
  if (deadlineOn < localDateAt(at.getTime(), dispute.time_zone)) throw new DisputeError(`${deadlineOn} is past where the customer is.`);
  const { rows: [changed] } = await trx.raw<{ rows: { before: LocalDate }[] }>(
    `UPDATE disputes d SET deadline_on = ?, deadline_at = ?, escalated_at = NULL, row_version = d.row_version + 1 FROM disputes o WHERE d.id = ? AND o.id = d.id AND d.state = 'open' RETURNING o.deadline_on AS before`,
    [deadlineOn, new Date(startOfDay(dayNumber(deadlineOn) + 1, dispute.time_zone)), id]);
  if (!changed) throw new DisputeError('The dispute is resolved: it has no deadline any more.');
  await closeDeadlineTasks(trx, { actor, at }, [{ externalId: dispute.external_id, invoiceId: dispute.invoice_id, note: `The deadline was moved to ${deadlineOn}.` }]);
  // Its invoice's workflow is to wake at the new deadline.
  await touchLedger(trx, [{ customerId: dispute.customer_id, invoiceIds: [dispute.invoice_id], kind: 'dispute.deadline-changed' }]);
  await appendAudit(trx, [{ actor, action: 'dispute.deadline-changed', subjectType: 'dispute', subjectId: dispute.external_id, before: { deadlineOn: changed.before }, after: { deadlineOn } }]);
  return true;
}

export interface Evidence {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** Keeps a file with a dispute; the same content again changes nothing. False when there is no such dispute. Throws DisputeError when it has too many already. */
export async function addEvidence(trx: Knex.Transaction, { actor, at }: LedgerContext, id: number, { fileName, contentType, content }: Evidence): Promise<boolean> {
  const dispute = await lock(trx, id);
  if (!dispute) return false;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const files = await trx<{ dispute_id: number; sha256: string }>('dispute_files').where({ dispute_id: id }).pluck('sha256');
  if (files.includes(sha256)) return true;
  if (files.length >= evidenceFilesMax) throw new DisputeError(`A dispute holds at most ${evidenceFilesMax} files.`);
  await trx('dispute_files').insert({ dispute_id: id, file_name: fileName, content_type: contentType, bytes: content.length, sha256, content, added_by: actor.name, added_at: at });
  await appendAudit(trx, [{ actor, action: 'dispute.evidence-added', subjectType: 'dispute', subjectId: dispute.external_id, after: { fileName, bytes: content.length, sha256 } }]);
  return true;
}

export async function findEvidence(db: Knex, disputeId: number, fileId: number): Promise<Evidence | null> {
  const { rows } = await db.raw<{ rows: Evidence[] }>('SELECT file_name AS "fileName", content_type AS "contentType", content FROM dispute_files WHERE dispute_id = ? AND id = ?', [disputeId, fileId]);
  return rows[0] ?? null;
}
