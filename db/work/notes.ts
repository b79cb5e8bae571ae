import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';
import { mentionedIn, tellMentioned } from './tellPeople';

export class NoteError extends Error {
  override name = 'NoteError';
}

export interface NewNote {
  customerId: number;
  invoiceId: number | null;
  body: string;
  /** Makes it an entry of that kind. */
  issueType: string | null;
}

export interface Note extends NewNote {
  id: number;
  author: string;
  mentions: { id: number; name: string }[];
  at: Date;
}

/**
 * Writes a note, plain text as it is, and notifies everybody whom it mentions; null when there is no such customer, or the invoice is not the
 * customer's. Throws NoteError for an issue type that is not in use.
 */
export async function addNote(trx: Knex.Transaction, actor: Actor, note: NewNote, at: Date): Promise<Note | null> {
  const { customerId, invoiceId, body, issueType } = note;
  const { rows: types } = await trx.raw<{ rows: unknown[] }>('SELECT 1 FROM issue_types WHERE code = ? AND active', [issueType]);
  if (issueType !== null && types.length === 0) throw new NoteError(`There is no issue type "${issueType}" in use.`);
  const people = await mentionedIn(trx, body);
  const mentions = people.map(({ id }) => id);
  const { rows } = await trx.raw<{ rows: { id: number; external_id: string }[] }>(
    `WITH written AS (
       INSERT INTO notes (customer_id, invoice_id, author, body, at, issue_type, mentions)
       SELECT c.id, i.id, ?, ?, ?, ?, ?::bigint[] FROM customers c LEFT JOIN invoices i ON i.id = ? AND i.customer_id = c.id WHERE c.id = ? AND (?::bigint IS NULL OR i.id IS NOT NULL) RETURNING id, customer_id)
     SELECT w.id, c.external_id FROM written w JOIN customers c ON c.id = w.customer_id`,
    [actor.name, body, at, issueType, mentions, invoiceId, customerId, invoiceId]);
  const written = rows[0];
  if (!written) return null;
  await tellMentioned(trx, people, { key: `note-${written.id}`, body, author: actor.name, customerId, invoiceId, at });
  await appendAudit(trx, [{ actor, action: issueType === null ? 'note.written' : 'entry.written', subjectType: 'customer', subjectId: written.external_id, after: { note: written.id, body, ...(issueType === null ? {} : { issueType }), mentions } }]);
  return { ...note, id: written.id, author: actor.name, at, mentions: people };
}

export interface IssueType {
  code: string;
  label: string;
  active: boolean;
}

/** Issue types by label; `search` is a part of the label or the code. */
export function listIssueTypes(db: Knex, { search, active }: { search?: string; active?: boolean }, page: PageRequest): Promise<Page<IssueType>> {
  return readPage<IssueType>(db, {
    columns: 'code, label, active', from: 'issue_types', where: new Where().containing(search, 'label', 'code').when(active, 'active = ?'), sort: [{ sql: 'label', type: 'text' }, { sql: 'code', type: 'text' }], direction: 'asc',
  }, page);
}

/** Makes an issue type, renames one, or takes it out of use; entries keep theirs. */
export async function putIssueType(trx: Knex.Transaction, actor: Actor, type: IssueType): Promise<IssueType> {
  const { rows: before } = await trx.raw<{ rows: IssueType[] }>('SELECT code, label, active FROM issue_types WHERE code = ? FOR UPDATE', [type.code]);
  await trx.raw('INSERT INTO issue_types (code, label, active) VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE SET label = excluded.label, active = excluded.active', [type.code, type.label, type.active]);
  await appendAudit(trx, [{ actor, action: before[0] ? 'issue-type.changed' : 'issue-type.created', subjectType: 'issue-type', subjectId: type.code, before: before[0], after: type }]);
  return type;
}
