import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { CollectionIds } from './collections';

/** How many invoices it looks through for each customer that it takes: a customer may have several that are due, or be in the hands of a workflow. */
const lookAhead = 8;
/** Customers who follow each other fall to one lane: what they have lies side by side, and no rule by which some come due together puts them all into one. */
const customersPerBlock = 16;

/** Which customers a page is for. */
export interface PageOf {
  customersMax: number;
  /** Pages side by side each take the customers of their own lane, so that none looks at what another has in hand. */
  lane: number;
  lanes: number;
  /** Customers passed over. */
  except: readonly number[];
}

/**
 * The invoices of a segment's batches that are due or of which a plan is owed, of so many customers at most, with the customers locked. Customers that somebody
 * else has locked are passed over, not waited for.
 */
export async function lockDueOfSegment(trx: Knex.Transaction, segmentId: number, now: InstantMs, { customersMax, lane, lanes, except }: PageOf): Promise<CollectionIds[]> {
  const bindings = { segmentId, now: new Date(now), lookAhead: (customersMax + except.length) * lookAhead, customersMax, lane, lanes, block: customersPerBlock, except: [...except] };
  const { rows: locked } = await trx.raw<{ rows: { id: number }[] }>(
    `SELECT k.id FROM customers k WHERE k.id IN (
       SELECT customer_id FROM (SELECT customer_id FROM collections WHERE batch_segment_id = :segmentId AND state = 'active' AND next_at <= :now AND customer_id / :block % :lanes = :lane ORDER BY next_at LIMIT :lookAhead) due
       UNION ALL SELECT customer_id FROM (SELECT customer_id FROM collections WHERE batch_segment_id = :segmentId AND planned_seq < requested_seq AND customer_id / :block % :lanes = :lane LIMIT :lookAhead) owed
     ) AND k.id <> ALL(:except) LIMIT :customersMax FOR NO KEY UPDATE OF k SKIP LOCKED`, bindings);
  if (locked.length === 0) return [];
  // Read behind the locks: what was due when it was looked for may have been done by whoever held the customer.
  const { rows } = await trx.raw<{ rows: CollectionIds[] }>(
    `SELECT i.external_id AS "externalId", c.invoice_id AS "invoiceId", c.customer_id AS "customerId", c.batch_segment_id AS "batchSegmentId"
     FROM collections c JOIN invoices i ON i.id = c.invoice_id
     WHERE c.customer_id = ANY(:customerIds) AND c.batch_segment_id = :segmentId AND ((c.state = 'active' AND c.next_at <= :now) OR c.planned_seq < c.requested_seq)`,
    { ...bindings, customerIds: locked.map(({ id }) => id) });
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
