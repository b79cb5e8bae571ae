import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { parseCondition, type ConditionReading } from '../../domain/policy/readCondition';
import type { PolicyError } from '../../domain/policy/problems';
import type { Condition } from '../../domain/policy/types';
import { appendAudit, type Actor } from '../audit';
import { askForModes } from '../collection/modes';
import { readCustomFieldNames } from '../readmodels/names';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';
import { noteMembership } from './noteMembership';
import { whatNames } from './whatNames';

/** How a segment's condition is read. */
export async function segmentReading(db: Knex): Promise<ConditionReading> {
  return { subject: 'customer', without: { 'customer.segments': 'a segment is not made of other segments' }, names: { customFields: await readCustomFieldNames(db) } };
}

export interface SegmentInput {
  title: string;
  description: string | null;
  /** The condition as written. */
  condition: unknown;
}

export interface SegmentRow {
  id: number;
  key: string;
  title: string;
  description: string | null;
  document: unknown;
  condition: Condition;
  archived: boolean;
  refreshing: boolean;
  members: number;
  rowVersion: number;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
}

/** A condition that cannot be read; `errors` says what is wrong and where. */
export class SegmentConditionError extends Error {
  override name = 'SegmentConditionError';
  constructor(readonly errors: readonly PolicyError[]) {
    super(errors[0]?.message ?? 'the condition is wrong');
  }
}

export class SegmentError extends Error {
  override name = 'SegmentError';
}

/** Something that works asks about the segment; the message names it. */
export class SegmentNamedError extends SegmentError {
  override name = 'SegmentNamedError';
}

const columns = `s.id, s.key, s.title, s.description, s.document, s.condition, s.archived, s.refresh_from IS NOT NULL AS refreshing,
  (SELECT count(*)::int FROM segment_members m WHERE m.segment_id = s.id) AS members, s.row_version AS "rowVersion", s.created_at AS "createdAt", s.created_by AS "createdBy", s.updated_at AS "updatedAt"`;

/** Segments by title; `search` is a part of the title or the key. */
export function listSegments(db: Knex, filter: { archived: boolean; search?: string }, page: PageRequest): Promise<Page<SegmentRow>> {
  return readPage<SegmentRow>(db, {
    columns, from: 'segments s', where: new Where().and('s.archived = ?', filter.archived).containing(filter.search, 's.title', 's.key'), sort: [{ sql: 's.title', type: 'text' }, { sql: 's.id', type: 'bigint' }], direction: 'asc',
  }, page);
}

export async function findSegment(db: Knex, id: number): Promise<SegmentRow | null> {
  const { rows } = await db.raw<{ rows: SegmentRow[] }>(`SELECT ${columns} FROM segments s WHERE s.id = ?`, [id]);
  return rows[0] ?? null;
}

/** Throws SegmentConditionError. */
export async function readSegmentCondition(db: Knex, document: unknown): Promise<{ condition: Condition; document: unknown }> {
  const parsed = parseCondition(document, await segmentReading(db));
  if (!parsed.ok) throw new SegmentConditionError(parsed.errors);
  return parsed;
}

/** Makes a segment; its members are found by the worker. Throws SegmentConditionError, and SegmentError when the key is taken. */
export async function createSegment(trx: Knex.Transaction, actor: Actor, key: string, input: SegmentInput, now: InstantMs): Promise<SegmentRow> {
  const { condition, document } = await readSegmentCondition(trx, input.condition);
  const at = new Date(now);
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO segments (key, title, description, document, condition, refresh_from, created_at, created_by, updated_at)
     VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id`,
    [key, input.title, input.description, JSON.stringify(document), JSON.stringify(condition), at, actor.name, at]);
  const id = rows[0]?.id;
  if (id === undefined) throw new SegmentError(`There is a segment "${key}" already: give this one another key.`);
  await appendAudit(trx, [{ actor, action: 'segment.created', subjectType: 'segment', subjectId: key, after: { title: input.title, description: input.description, condition: document } }]);
  return existing(trx, id);
}

/** Changes a segment of which the caller has seen that version; null when it has changed since. Members of the old condition stay until the new one is looked at. */
export async function updateSegment(trx: Knex.Transaction, actor: Actor, id: number, rowVersion: number, input: Partial<SegmentInput> & { archived?: boolean; evenIfNamed?: boolean }, now: InstantMs): Promise<SegmentRow | null> {
  await trx('segments').where({ id }).forUpdate().first('id');
  const before = await findSegment(trx, id);
  if (!before) throw new SegmentError('There is no such segment.');
  if (before.rowVersion !== rowVersion) return null;
  const read = input.condition === undefined ? null : await readSegmentCondition(trx, input.condition);
  const archived = input.archived ?? before.archived;
  const revived = before.archived && !archived;
  await trx('segments').where({ id }).update({
    title: input.title ?? before.title, description: input.description === undefined ? before.description : input.description, archived,
    ...(read ? { document: JSON.stringify(read.document), condition: JSON.stringify(read.condition) } : {}),
    ...(read || revived ? { refresh_from: 0 } : {}),
    row_version: rowVersion + 1, updated_at: new Date(now),
  });
  if (archived && !before.archived) {
    if (!input.evenIfNamed) await refuseIfNamed(trx, before);
    await empty(trx, before, now);
  }
  await appendAudit(trx, [{
    actor, action: archived && !before.archived ? 'segment.archived' : 'segment.updated', subjectType: 'segment', subjectId: before.key,
    before: { title: before.title, description: before.description, condition: before.document, archived: before.archived },
    after: { title: input.title ?? before.title, description: input.description === undefined ? before.description : input.description, condition: read?.document ?? before.document, archived },
  }]);
  return existing(trx, id);
}

async function refuseIfNamed(trx: Knex.Transaction, { id, key }: SegmentRow): Promise<void> {
  const naming = await whatNames(trx, { id, key });
  if (naming.length > 0) throw new SegmentNamedError(`The segment is asked about by ${naming.join(', ')}: once it is archived, nobody is in it for them.`);
}

/** An archived segment has no members; that they were in it stays in its history. What it collected in batches goes elsewhere. */
async function empty(trx: Knex.Transaction, { id, key }: SegmentRow, now: InstantMs): Promise<void> {
  const { rows: [assigned] } = await trx.raw<{ rows: { policy: string }[] }>('SELECT policy FROM policy_assignments WHERE segment_id = ?', [id]);
  if (assigned) throw new SegmentError(`The segment decides that its members come under the policy "${assigned.policy}": take that assignment away first, with a reason.`);
  await askForModes(trx, 'SELECT customer_id FROM segment_members WHERE segment_id = ?', [id]);
  await trx('segments').where({ id }).update({ batched_at: null });
  const { rows: gone } = await trx.raw<{ rows: { customer_id: number }[] }>('DELETE FROM segment_members WHERE segment_id = ? RETURNING customer_id', [id]);
  await noteMembership(trx, { id, key }, gone.map(({ customer_id }) => ({ change: 'left', customer_id, reason: 'the segment was archived' })), now);
  await trx('segment_rechecks').where({ segment_id: id }).delete();
}

async function existing(db: Knex, id: number): Promise<SegmentRow> {
  const found = await findSegment(db, id);
  if (!found) throw new SegmentError(`Segment ${id} is gone.`);
  return found;
}
