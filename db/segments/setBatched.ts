import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { appendAudit, type Actor } from '../audit';
import { askForModes } from '../collection/modes';
import { SegmentError } from './segments';

/**
 * Lets a segment collect the invoices of its members in batches, or gives each back to a workflow of its own. It takes effect within seconds, page by page; what is
 * decided does not hang on it. Throws SegmentError for a segment that is archived.
 */
export async function setBatched(trx: Knex.Transaction, actor: Actor, id: number, batched: boolean, now: InstantMs): Promise<void> {
  const before = await trx('segments').where({ id }).forUpdate().first<{ key: string; archived: boolean; batched_at: Date | null } | undefined>('key', 'archived', 'batched_at');
  if (!before) throw new SegmentError('There is no such segment.');
  if (before.archived) throw new SegmentError('This segment is archived: it has no members whose invoices it could collect.');
  if (batched === (before.batched_at !== null)) return;
  // Asked while it still collects, as when it does already: nothing is asked where nobody collects in batches.
  if (batched) await trx('segments').where({ id }).update({ batched_at: new Date(now), row_version: trx.raw('row_version + 1') });
  await askForModes(trx, 'SELECT customer_id FROM segment_members WHERE segment_id = ?', [id]);
  if (!batched) await trx('segments').where({ id }).update({ batched_at: null, row_version: trx.raw('row_version + 1') });
  await appendAudit(trx, [{ actor, action: 'segment.collection-set', subjectType: 'segment', subjectId: before.key, before: { inBatches: before.batched_at !== null }, after: { inBatches: batched } }]);
}

/** Who collects the invoices of a segment's members. */
export interface SegmentCollection {
  inBatches: boolean;
  since: Date | null;
  /** Invoices under collection: in its batches, by a workflow of their own, by the batches of another segment. */
  batched: number;
  ownWorkflow: number;
  elsewhere: number;
  /** It is still being looked at who collects what. */
  handingOver: boolean;
}

export async function readSegmentCollection(db: Knex, id: number): Promise<SegmentCollection> {
  const { rows } = await db.raw<{ rows: SegmentCollection[] }>(
    `SELECT s.batched_at IS NOT NULL AS "inBatches", s.batched_at AS since, n.batched, n."ownWorkflow", n.elsewhere, EXISTS (SELECT FROM mode_changes) AS "handingOver"
     FROM segments s CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE c.batch_segment_id = s.id)::int AS batched, count(*) FILTER (WHERE c.batch_segment_id IS NULL)::int AS "ownWorkflow",
         count(*) FILTER (WHERE c.batch_segment_id <> s.id)::int AS elsewhere
       FROM segment_members m JOIN collections c ON c.customer_id = m.customer_id AND c.state = 'active' WHERE m.segment_id = s.id
     ) n WHERE s.id = ?`, [id]);
  if (!rows[0]) throw new SegmentError('There is no such segment.');
  return rows[0];
}
