import type { Knex } from 'knex';
import { identityOf } from '../../domain/policy/sourceVersion';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';

export interface PolicyDraft {
  id: number;
  /** The policy's own name, as far as the text says one. */
  name: string;
  source: string;
  baseVersionId: number | null;
  state: 'open' | 'published' | 'discarded';
  publishedVersionId: number | null;
  createdBy: string;
  createdAt: Date;
  updatedBy: string;
  updatedAt: Date;
  rowVersion: number;
}

/** Somebody else changed it, or it is no longer open; the message is for the person who edits. */
export class DraftError extends Error {
  override name = 'DraftError';
  constructor(readonly kind: 'stale' | 'closed', message: string) {
    super(message);
  }
}

const columns = `id, name, source, base_version_id AS "baseVersionId", state, published_version_id AS "publishedVersionId", created_by AS "createdBy",
  created_at AS "createdAt", updated_by AS "updatedBy", updated_at AS "updatedAt", row_version AS "rowVersion"`;
const unnamed = 'unnamed';

/** Drafts that are being worked on, the latest touched first; `search` is a part of the policy's name, or of who touched it last. */
export function listDrafts(knex: Knex, { search }: { search?: string }, page: PageRequest): Promise<Page<PolicyDraft>> {
  return readPage<PolicyDraft>(knex, {
    columns, from: 'policy_drafts', where: new Where().and(`state = 'open'`).containing(search, 'name', 'updated_by'), sort: [{ sql: 'updated_at', type: 'timestamptz' }, { sql: 'id', type: 'bigint' }], direction: 'desc',
  }, page);
}

export async function findDraft(knex: Knex, id: number): Promise<PolicyDraft | null> {
  const { rows } = await knex.raw<{ rows: PolicyDraft[] }>(`SELECT ${columns} FROM policy_drafts WHERE id = ?`, [id]);
  return rows[0] ?? null;
}

export async function createDraft(trx: Knex.Transaction, actor: Actor, { source, baseVersionId }: { source: string; baseVersionId: number | null }): Promise<PolicyDraft> {
  const { rows: [draft] } = await trx.raw<{ rows: PolicyDraft[] }>(
    `INSERT INTO policy_drafts (name, source, base_version_id, created_by, updated_by) VALUES (?, ?, ?, ?, ?) RETURNING ${columns}`,
    [identityOf(source).policy ?? unnamed, source, baseVersionId, actor.name, actor.name],
  );
  if (!draft) throw new Error('The draft was not written.');
  await audit(trx, actor, 'policy-draft.created', draft.id, null, draft);
  return draft;
}

/** Writes another text. `rowVersion` null: whatever stands there now; otherwise only over that version. Null when there is no such draft. */
export async function changeDraft(trx: Knex.Transaction, actor: Actor, id: number, { source, rowVersion }: { source: string; rowVersion: number | null }): Promise<PolicyDraft | null> {
  const before = await lockOpenDraft(trx, id, rowVersion);
  if (!before || before.source === source) return before;
  const { rows: [after] } = await trx.raw<{ rows: PolicyDraft[] }>(
    `UPDATE policy_drafts SET source = ?, name = ?, updated_by = ?, updated_at = now(), row_version = row_version + 1 WHERE id = ? RETURNING ${columns}`,
    [source, identityOf(source).policy ?? unnamed, actor.name, id],
  );
  if (after) await audit(trx, actor, 'policy-draft.changed', id, before, after);
  return after ?? null;
}

export async function discardDraft(trx: Knex.Transaction, actor: Actor, id: number): Promise<PolicyDraft | null> {
  const before = await lockOpenDraft(trx, id, null);
  if (!before) return null;
  await trx.raw(`UPDATE policy_drafts SET state = 'discarded', updated_by = ?, updated_at = now(), row_version = row_version + 1 WHERE id = ?`, [actor.name, id]);
  await audit(trx, actor, 'policy-draft.discarded', id, before, null);
  return before;
}

/** Notes which version a draft became; the publishing itself is audited where it is done. */
export async function closeDraft(trx: Knex.Transaction, actor: Actor, id: number, publishedVersionId: number): Promise<void> {
  await trx.raw(`UPDATE policy_drafts SET state = 'published', published_version_id = ?, updated_by = ?, updated_at = now(), row_version = row_version + 1 WHERE id = ?`, [publishedVersionId, actor.name, id]);
}

/** The draft, locked; null when there is none. Throws DraftError when it is not open or not the one that was looked at. */
export async function lockOpenDraft(trx: Knex.Transaction, id: number, rowVersion: number | null): Promise<PolicyDraft | null> {
  const { rows: [draft] } = await trx.raw<{ rows: PolicyDraft[] }>(`SELECT ${columns} FROM policy_drafts WHERE id = ? FOR UPDATE`, [id]);
  if (!draft) return null;
  if (draft.state !== 'open') throw new DraftError('closed', `Draft ${id} was ${draft.state} by ${draft.updatedBy}: make another one to go on.`);
  if (rowVersion !== null && rowVersion !== draft.rowVersion) throw new DraftError('stale', `${draft.updatedBy} has changed this draft meanwhile. Load it again and repeat your change.`);
  return draft;
}

async function audit(trx: Knex.Transaction, actor: Actor, action: string, id: number, before: PolicyDraft | null, after: PolicyDraft | null): Promise<void> {
  await appendAudit(trx, [{ actor, action, subjectType: 'policy-draft', subjectId: String(id), before: before && { source: before.source }, after: after && { source: after.source } }]);
}
