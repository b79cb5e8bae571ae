import type { Knex } from 'knex';

/** An event that a workflow has to hear of. */
export interface OutboxEvent {
  id: number;
  customerId: number;
  /** null: every invoice of the customer that is under collection. */
  invoiceId: number | null;
}

/** An invoice that events are about. */
export interface TouchedInvoice {
  invoiceId: number;
  externalId: string;
  customerId: number;
  collected: boolean;
  /** The segment whose batches collect it; null: its own workflow does, or nobody yet. */
  batchSegmentId: number | null;
  /** A workflow of its own was started, and may run. */
  armed: boolean;
  /** Issued and open: it belongs under collection. */
  collectable: boolean;
}

export async function hasUnrelayed(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: { waiting: boolean }[] }>('SELECT EXISTS (SELECT FROM outbox WHERE relayed_at IS NULL) AS waiting');
  return rows[0]?.waiting ?? false;
}

/** The oldest events that have not been relayed. */
export async function unrelayedEvents(knex: Knex, limit: number): Promise<OutboxEvent[]> {
  const { rows } = await knex.raw<{ rows: OutboxEvent[] }>(
    'SELECT id, customer_id AS "customerId", invoice_id AS "invoiceId" FROM outbox WHERE relayed_at IS NULL ORDER BY id LIMIT ?',
    [limit],
  );
  return rows;
}

/**
 * Asks for a new plan of every invoice that a hold is on, of the customers that events are about: whether a hold stays may hang on what the
 * customer owes in all. Answers their ids.
 */
export async function askHeldInvoices(knex: Knex, events: readonly OutboxEvent[]): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { invoice_id: number }[] }>(
    `UPDATE collections c SET requested_seq = greatest(c.requested_seq, asked.seq)
     FROM (SELECT h.invoice_id, max(e.id) AS seq FROM unnest(:ids::bigint[], :customerIds::bigint[]) AS e (id, customer_id)
           JOIN holds h ON h.customer_id = e.customer_id AND h.released_at IS NULL AND h.invoice_id IS NOT NULL GROUP BY h.invoice_id) asked
     WHERE c.invoice_id = asked.invoice_id RETURNING c.invoice_id`,
    { ids: events.map(({ id }) => id), customerIds: events.map(({ customerId }) => customerId) },
  );
  return rows.map(({ invoice_id }) => invoice_id);
}

/** The invoices that events are about, and those named besides, each once. */
export async function touchedInvoices(knex: Knex, events: readonly OutboxEvent[], besides: readonly number[]): Promise<TouchedInvoice[]> {
  const invoiceIds = [...besides, ...events.flatMap(({ invoiceId }) => (invoiceId === null ? [] : [invoiceId]))];
  const customerIds = events.flatMap(({ customerId, invoiceId }) => (invoiceId === null ? [customerId] : []));
  const { rows } = await knex.raw<{ rows: TouchedInvoice[] }>(
    `SELECT i.id AS "invoiceId", i.external_id AS "externalId", i.customer_id AS "customerId", c.invoice_id IS NOT NULL AS collected, i.open_minor > 0 AS collectable,
       c.batch_segment_id AS "batchSegmentId", c.armed_at IS NOT NULL AS armed
     FROM (SELECT unnest(:invoiceIds::bigint[]) AS id
           UNION SELECT invoice_id FROM collections WHERE customer_id = ANY(:customerIds) AND state = 'active') touched
     JOIN invoices i ON i.id = touched.id LEFT JOIN collections c ON c.invoice_id = i.id
     ORDER BY i.id`,
    { invoiceIds, customerIds },
  );
  return rows;
}

export async function markRelayed(knex: Knex, events: readonly OutboxEvent[]): Promise<void> {
  await knex.raw('UPDATE outbox SET relayed_at = now() WHERE id = ANY(?)', [events.map(({ id }) => id)]);
}

/**
 * SQL of the customers who have an open invoice that the relay has still to put under collection. Whoever asks now what of theirs is under collection does not see it. Not those whose invoice is
 * under none since there is no policy: nothing comes of waiting.
 */
export const awaitingCollectionSql = `SELECT n.customer_id FROM invoices n JOIN outbox o ON o.invoice_id = n.id AND o.relayed_at IS NULL
  WHERE n.open_minor > 0 AND NOT EXISTS (SELECT FROM collections k WHERE k.invoice_id = n.id)`;

/** How far the relay is behind: events that wait, and how long the oldest has. */
export async function relayLag(knex: Knex): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await knex.raw<{ rows: { waiting: number; oldest_seconds: number | null }[] }>(
    'SELECT count(*)::int AS waiting, extract(epoch FROM now() - min(created_at))::float8 AS oldest_seconds FROM outbox WHERE relayed_at IS NULL',
  );
  return { waiting: rows[0]?.waiting ?? 0, oldestSeconds: rows[0]?.oldest_seconds ?? 0 };
}

/** Open invoices that are not under collection and of which no event tells, from an id on: left when there was no policy yet. */
export async function uncollectedInvoices(knex: Knex, afterId: number, limit: number): Promise<TouchedInvoice[]> {
  const { rows } = await knex.raw<{ rows: TouchedInvoice[] }>(
    `SELECT i.id AS "invoiceId", i.external_id AS "externalId", i.customer_id AS "customerId", false AS collected, true AS collectable, NULL AS "batchSegmentId", false AS armed
     FROM invoices i WHERE i.open_minor > 0 AND i.id > ?
       AND NOT EXISTS (SELECT FROM collections c WHERE c.invoice_id = i.id)
       AND NOT EXISTS (SELECT FROM outbox o WHERE o.relayed_at IS NULL AND o.invoice_id = i.id)
     ORDER BY i.id LIMIT ?`,
    [afterId, limit],
  );
  return rows;
}

/** Invoices under collection by a workflow of their own that was never started, since the relay died in between, or Temporal refused it and it is time to try again. */
export async function unarmedInvoices(knex: Knex, limit: number): Promise<{ invoiceId: number; externalId: string }[]> {
  const { rows } = await knex.raw<{ rows: { invoiceId: number; externalId: string }[] }>(
    `SELECT i.id AS "invoiceId", i.external_id AS "externalId" FROM collections c JOIN invoices i ON i.id = c.invoice_id
     WHERE c.armed_at IS NULL AND c.state = 'active' AND c.batch_segment_id IS NULL
       AND NOT EXISTS (SELECT FROM refused_workflows r WHERE r.invoice_id = c.invoice_id AND r.retry_at > now()) ORDER BY c.invoice_id LIMIT ?`,
    [limit],
  );
  return rows;
}
