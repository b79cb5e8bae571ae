import type { Knex } from 'knex';
import type { CustomFieldTypes } from '../../domain/templates/fields';
import type { TemplateKind, TemplateText } from '../../domain/templates/types';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { readCustomFields } from '../ledger/customFields';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';

/** The words that people work on, or that are sent. */
export interface TemplateWords {
  defaultLanguage: string;
  texts: Record<string, TemplateText>;
}

export interface TemplateRow {
  id: number;
  name: string;
  title: string;
  kind: TemplateKind;
  currentVersion: number | null;
  hasDraft: boolean;
  languages: string[];
  updatedAt: Date;
  updatedBy: string | null;
  rowVersion: number;
}

export interface TemplateDetail extends TemplateRow {
  /** Null: nobody is working on another version. */
  draft: TemplateWords | null;
  versions: (TemplateWords & { version: number; note: string | null; publishedAt: Date; publishedBy: string })[];
}

/** Somebody else changed it, or there is nothing to do; the message is for the person who edits. */
export class TemplateConflictError extends Error {
  override name = 'TemplateConflictError';
}

const columns = `t.id, t.name, t.title, t.kind, t.current_version AS "currentVersion", t.draft IS NOT NULL AS "hasDraft",
  ARRAY(SELECT jsonb_object_keys(coalesce(t.draft -> 'texts', v.texts, '{}')) ORDER BY 1) AS languages, t.updated_at AS "updatedAt", t.updated_by AS "updatedBy", t.row_version AS "rowVersion"`;
const from = 'templates t LEFT JOIN template_versions v ON v.template_id = t.id AND v.version = t.current_version';

export interface TemplateFilter {
  /** In the title or the name. */
  search?: string;
  kind?: TemplateKind;
  state?: 'published' | 'draft';
}

const states: Readonly<Record<NonNullable<TemplateFilter['state']>, string>> = { published: 't.current_version IS NOT NULL', draft: 't.draft IS NOT NULL' };

/** Templates by title. */
export function listTemplates(db: Knex, { search, kind, state }: TemplateFilter, page: PageRequest): Promise<Page<TemplateRow>> {
  const where = new Where().when(kind, 't.kind = ?').containing(search, 't.title', 't.name');
  if (state !== undefined) where.and(states[state]);
  return readPage<TemplateRow>(db, { columns, from, where, sort: [{ sql: 't.title', type: 'text' }, { sql: 't.name', type: 'text' }], direction: 'asc' }, page);
}

export async function findTemplate(db: Knex, id: number): Promise<TemplateDetail | null> {
  const { rows: [row] } = await db.raw<{ rows: Omit<TemplateDetail, 'versions'>[] }>(`SELECT ${columns}, t.draft FROM ${from} WHERE t.id = ?`, [id]);
  if (!row) return null;
  const { rows: versions } = await db.raw<{ rows: TemplateDetail['versions'] }>(
    `SELECT version, default_language AS "defaultLanguage", texts, note, published_at AS "publishedAt", published_by AS "publishedBy" FROM template_versions WHERE template_id = ? ORDER BY version DESC`, [id],
  );
  return { ...row, versions };
}

/** Begins a template with its first draft. Throws TemplateConflictError for a name that is taken. */
export async function createTemplate(trx: Knex.Transaction, actor: Actor, { name, title, kind, words }: { name: string; title: string; kind: TemplateKind; words: TemplateWords }): Promise<number> {
  const { rows: [made] } = await trx.raw<{ rows: { id: number }[] }>(
    'INSERT INTO templates (name, title, kind, draft, updated_by) VALUES (?, ?, ?, ?::jsonb, ?) ON CONFLICT (name) DO NOTHING RETURNING id', [name, title, kind, JSON.stringify(words), actor.name],
  );
  if (!made) throw new TemplateConflictError(`There is a template "${name}" already.`);
  await appendAudit(trx, [{ actor, action: 'template.created', subjectType: 'template', subjectId: name, after: { title, kind } }]);
  return made.id;
}

/** Writes the draft, or drops it with null. `rowVersion` null: whatever stands there now. False when there is no such template. */
export async function saveTemplateDraft(trx: Knex.Transaction, actor: Actor, id: number, { title, draft, rowVersion }: { title?: string; draft: TemplateWords | null; rowVersion: number | null }): Promise<boolean> {
  const before = await lockTemplate(trx, id, rowVersion);
  if (!before) return false;
  await trx.raw('UPDATE templates SET draft = ?::jsonb, title = coalesce(?, title), updated_by = ?, updated_at = now(), row_version = row_version + 1 WHERE id = ?', [draft === null ? null : JSON.stringify(draft), title ?? null, actor.name, id]);
  await appendAudit(trx, [{ actor, action: draft === null ? 'template.draft-discarded' : 'template.draft-saved', subjectType: 'template', subjectId: before.name }]);
  return true;
}

/** Publishes the draft, which the caller has checked, as the next version. */
export async function publishTemplateDraft(trx: Knex.Transaction, actor: Actor, id: number, { note, rowVersion }: { note: string | null; rowVersion: number | null }): Promise<number> {
  const template = await lockTemplate(trx, id, rowVersion);
  if (!template?.draft) throw new TemplateConflictError('There is no draft to publish.');
  const version = (template.currentVersion ?? 0) + 1;
  const { defaultLanguage, texts } = template.draft;
  await trx.raw('INSERT INTO template_versions (template_id, version, default_language, texts, note, published_by) VALUES (?, ?, ?, ?::jsonb, ?, ?)', [id, version, defaultLanguage, JSON.stringify(texts), note, actor.name]);
  await trx.raw('UPDATE templates SET current_version = ?, draft = NULL, updated_by = ?, updated_at = now(), row_version = row_version + 1 WHERE id = ?', [version, actor.name, id]);
  await appendAudit(trx, [{ actor, action: 'template.published', subjectType: 'template', subjectId: `${template.name}@${version}`, after: { defaultLanguage, texts, note } }]);
  return version;
}

/** Locks a template for a change. Throws TemplateConflictError when it is no longer as it was read. */
export async function lockTemplate(trx: Knex.Transaction, id: number, rowVersion: number | null): Promise<{ name: string; kind: TemplateKind; currentVersion: number | null; draft: TemplateWords | null } | null> {
  const { rows: [row] } = await trx.raw<{ rows: { name: string; kind: TemplateKind; currentVersion: number | null; draft: TemplateWords | null; rowVersion: number }[] }>(
    'SELECT name, kind, current_version AS "currentVersion", draft, row_version AS "rowVersion" FROM templates WHERE id = ? FOR UPDATE', [id],
  );
  if (!row) return null;
  if (rowVersion !== null && row.rowVersion !== rowVersion) throw new TemplateConflictError('Somebody else has changed this template since you read it. Load it again; your text is still in the editor.');
  return row;
}

export async function customFieldTypes(db: Knex): Promise<CustomFieldTypes> {
  return { customer: await readCustomFields(db, 'customer'), invoice: await readCustomFields(db, 'invoice') };
}
