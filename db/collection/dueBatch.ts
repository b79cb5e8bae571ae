import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { prepared } from '../prepared';
import type { CollectedId } from './collections';

/**
 * Customers of a segment's batches of whom something is due or a plan is owed, in the order of their ids. It looks through so many invoices at most, those due longest first: a customer may have several.
 *
 * @param except customers passed over
 */
export async function findDueCustomers(db: Knex, segmentId: number, now: InstantMs, { invoicesMax, except }: { invoicesMax: number; except: readonly number[] }): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { customer_id: number }[] }>(
    `SELECT customer_id FROM (SELECT customer_id FROM collections WHERE batch_segment_id = :segmentId AND state = 'active' AND next_at <= :now AND customer_id <> ALL(:except) ORDER BY next_at LIMIT :invoicesMax) due
     UNION SELECT customer_id FROM (SELECT customer_id FROM collections WHERE batch_segment_id = :segmentId AND planned_seq < requested_seq AND customer_id <> ALL(:except) LIMIT :invoicesMax) owed
     ORDER BY customer_id`, { segmentId, now: new Date(now), invoicesMax, except: [...except] });
  return rows.map(({ customer_id }) => customer_id);
}

/** Locks those of some customers that nobody else has locked, who are passed over, not waited for. Answers with the ids of the others. */
export async function lockFreeCustomers(trx: Knex.Transaction, customerIds: readonly number[]): Promise<number[]> {
  const { rows } = await prepared<{ id: number }>(trx, 'SELECT id FROM customers WHERE id = ANY(:customerIds) FOR NO KEY UPDATE SKIP LOCKED', { customerIds: [...customerIds] });
  return rows.map(({ id }) => id);
}

/** The invoices of a segment's batches that are due or of which a plan is owed, of customers that are locked: what was due when it was looked for may have been done by whoever held them. */
export async function dueOfCustomers(trx: Knex.Transaction, segmentId: number, now: InstantMs, customerIds: readonly number[]): Promise<CollectedId[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await prepared<CollectedId>(trx,
    `SELECT invoice_id AS "invoiceId", customer_id AS "customerId" FROM collections
     WHERE customer_id = ANY(:customerIds) AND batch_segment_id = :segmentId AND ((state = 'active' AND next_at <= :now) OR planned_seq < requested_seq)`,
    { segmentId, now: new Date(now), customerIds: [...customerIds] });
  return rows;
}

/** What a segment's batches have before them. */
export interface BatchOutlook {
  /** Something is due or owed now, also what another holds at the moment. */
  isDue: boolean;
  /** The next instant at which something is due; null: nothing is planned. */
  nextAt: InstantMs | null;
  /** Whether there is anything that the segment's batches collect, or may come to. */
  isNeeded: boolean;
}

export async function batchOutlook(db: Knex, segmentId: number, now: InstantMs): Promise<BatchOutlook> {
  const { rows } = await db.raw<{ rows: { is_due: boolean; next_at: Date | null; is_needed: boolean }[] }>(
    `SELECT EXISTS (SELECT FROM collections WHERE batch_segment_id = :segmentId AND state = 'active' AND next_at <= :now)
         OR EXISTS (SELECT FROM collections WHERE batch_segment_id = :segmentId AND planned_seq < requested_seq) AS is_due,
       (SELECT min(next_at) FROM collections WHERE batch_segment_id = :segmentId AND state = 'active' AND next_at > :now) AS next_at,
       EXISTS (SELECT FROM segments WHERE id = :segmentId AND batched_at IS NOT NULL AND NOT archived) OR EXISTS (SELECT FROM collections WHERE batch_segment_id = :segmentId AND state = 'active') AS is_needed`,
    { segmentId, now: new Date(now) });
  const row = rows[0]!;
  return { isDue: row.is_due, nextAt: row.next_at?.getTime() ?? null, isNeeded: row.is_needed };
}
