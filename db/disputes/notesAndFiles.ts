import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { evidenceFilesMax } from '../../domain/dispute/evidence';
import { appendAudit } from '../audit';
import type { LedgerContext } from '../ledger/context';
import { isActiveUser } from './openDispute';
import { DisputeError } from './resolveDispute';

async function lock(trx: Knex.Transaction, id: number): Promise<{ external_id: string; row_version: number } | null> {
  const { rows } = await trx.raw<{ rows: { external_id: string; row_version: number }[] }>('SELECT external_id, row_version FROM disputes WHERE id = ? FOR UPDATE', [id]);
  return rows[0] ?? null;
}

/** Writes a note on a dispute; false when there is none. */
export async function addDisputeNote(trx: Knex.Transaction, { actor, at }: LedgerContext, id: number, body: string): Promise<boolean> {
  const dispute = await lock(trx, id);
  if (!dispute) return false;
  await trx('dispute_notes').insert({ dispute_id: id, author: actor.name, body, at });
  await appendAudit(trx, [{ actor, action: 'dispute.note-written', subjectType: 'dispute', subjectId: dispute.external_id, after: { body } }]);
  return true;
}

/** Gives a dispute to a user, or to nobody; false when there is none. Throws DisputeError for somebody who is no active user. */
export async function assignDispute(trx: Knex.Transaction, { actor }: LedgerContext, id: number, ownerId: number | null): Promise<boolean> {
  const dispute = await lock(trx, id);
  if (!dispute) return false;
  if (ownerId !== null && !(await isActiveUser(trx, ownerId))) throw new DisputeError(`There is no active user ${ownerId}.`);
  await trx('disputes').where({ id }).update({ owner_id: ownerId, row_version: dispute.row_version + 1 });
  await appendAudit(trx, [{ actor, action: 'dispute.assigned', subjectType: 'dispute', subjectId: dispute.external_id, after: { ownerId } }]);
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
