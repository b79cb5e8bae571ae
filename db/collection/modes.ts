import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';

/*
 * Who collects an invoice: its own workflow, or the batches of a segment. Only who wakes for it hangs on that; what is decided never does.
 */

/** The segment whose batches collect the invoices of a customer; of several, the one that has done so for longest. As SQL of a customer's id. */
export function batchSegmentSql(customerId: string): string {
  return `(SELECT s.id FROM segment_members g JOIN segments s ON s.id = g.segment_id WHERE g.customer_id = ${customerId} AND s.batched_at IS NOT NULL AND NOT s.archived ORDER BY s.batched_at, s.id LIMIT 1)`;
}

/**
 * The segment that is to collect an invoice, as SQL with `:now`; null: its own workflow is to. An invoice that needs attention of its own has a workflow of its
 * own: one that is disputed, promised, awaiting approval of a step or paused by hand. What an automation asks about is looked after by the automations.
 */
export function wantedSegmentSql(invoiceId: string, customerId: string, pausedByHand: string): string {
  return `CASE WHEN ${pausedByHand}
      OR EXISTS (SELECT FROM customers k WHERE k.id = ${customerId} AND k.paused AND (k.paused_until IS NULL OR k.paused_until > :now))
      OR EXISTS (SELECT FROM disputes d WHERE d.invoice_id = ${invoiceId} AND d.state = 'open')
      OR EXISTS (SELECT FROM promise_invoices l JOIN promises p ON p.id = l.promise_id WHERE l.invoice_id = ${invoiceId} AND NOT l.superseded AND p.state = 'pending')
      OR EXISTS (SELECT FROM approvals a WHERE a.invoice_id = ${invoiceId} AND a.state = 'pending' AND a.firing_id IS NULL)
    THEN NULL ELSE ${batchSegmentSql(customerId)} END`;
}

const wantedSql = `SELECT c.invoice_id, c.customer_id, c.batch_segment_id AS before, ${wantedSegmentSql('c.invoice_id', 'c.customer_id', '(c.paused AND (c.paused_until IS NULL OR c.paused_until > :now))')} AS wanted
  FROM collections c WHERE c.customer_id = ANY(:customerIds) AND c.state = 'active'`;

/** An invoice that is collected by somebody else from now on. */
export interface ModeChange {
  invoiceId: number;
  /** The segment that let go of it; null: it had its own workflow. */
  before: number | null;
  /** The segment that collects it now; null: its own workflow. */
  now: number | null;
}

/**
 * Gives the invoices under collection of some customers to whom they belong now, and tells both by an event in the outbox. What is planned stays planned; whoever
 * takes over plans afresh all the same. Safe to repeat: it changes only what is not as it should be.
 */
export async function assignModes(trx: Knex.Transaction, customerIds: readonly number[], now: InstantMs): Promise<ModeChange[]> {
  const bindings = { customerIds: [...new Set(customerIds)], now: new Date(now) };
  const { rows: differing } = await trx.raw<{ rows: { customer_id: number }[] }>(`SELECT DISTINCT customer_id FROM (${wantedSql}) w WHERE wanted IS DISTINCT FROM before`, bindings);
  if (differing.length === 0) return [];
  // Customers are locked in the order of their ids, here as everywhere; what is wanted is asked again behind the locks.
  const locked = { customerIds: differing.map(({ customer_id }) => customer_id), now: bindings.now };
  await trx.raw('SELECT count(*) FROM (SELECT id FROM customers WHERE id = ANY(:customerIds) ORDER BY id FOR NO KEY UPDATE) locked', locked);
  const { rows } = await trx.raw<{ rows: ModeChange[] }>(
    `WITH changed AS MATERIALIZED (SELECT * FROM (${wantedSql}) w WHERE wanted IS DISTINCT FROM before),
     written AS (INSERT INTO outbox (customer_id, invoice_id, kind) SELECT customer_id, invoice_id, 'collection.handed-over' FROM changed ORDER BY customer_id, invoice_id RETURNING id, invoice_id)
     UPDATE collections c SET batch_segment_id = h.wanted, requested_seq = greatest(c.requested_seq, w.id)
     FROM changed h JOIN written w ON w.invoice_id = h.invoice_id WHERE c.invoice_id = h.invoice_id
     RETURNING c.invoice_id AS "invoiceId", h.before, h.wanted AS now`, locked);
  return rows;
}

/** Asks that it be looked at again who collects the invoices of some customers, given as SQL that yields their ids. Nothing is asked where nobody collects in batches. */
export async function askForModes(trx: Knex, customers: string, bindings: readonly Knex.RawBinding[]): Promise<void> {
  await trx.raw(`INSERT INTO mode_changes (customer_id) SELECT customer_id FROM (${customers}) t (customer_id) WHERE ${anyBatchesSql} ORDER BY customer_id`, bindings as Knex.RawBinding[]);
}

const anyBatchesSql = '(EXISTS (SELECT FROM segments WHERE batched_at IS NOT NULL) OR EXISTS (SELECT FROM collections WHERE batch_segment_id IS NOT NULL))';

/** Whether it is still to be looked at who collects somebody's invoices, as SQL. */
export const modesOwedSql = 'EXISTS (SELECT FROM mode_changes)';

/** Customers in one pass. */
const customersPerPass = 1_000;

/** Looks again at who collects the invoices of the next of those for whom it was asked; null when there is nobody. Dies without a trace: what it took comes again. */
export async function keepModes(knex: Knex, now: InstantMs): Promise<ModeChange[] | null> {
  return knex.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { customer_id: number }[] }>(
      `WITH taken AS (DELETE FROM mode_changes WHERE id IN (SELECT id FROM mode_changes ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING customer_id)
       SELECT DISTINCT customer_id FROM taken ORDER BY customer_id`, [customersPerPass]);
    if (rows.length === 0) return null;
    return assignModes(trx, rows.map(({ customer_id }) => customer_id), now);
  });
}
