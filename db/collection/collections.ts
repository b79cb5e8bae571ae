import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { isoInstant } from '../../domain/collection/decideTurn';
import type { DoneOutcome } from '../../domain/collection/decision';
import { prepared } from '../prepared';
import { columnArrays, unnestOf } from '../rowArrays';
import { batchSegmentSql, wantedSegmentSql } from './modes';

/** An invoice under collection, and whose it is. */
export interface CollectedId {
  invoiceId: number;
  customerId: number;
}

/** Where an invoice's collection is kept. */
export interface AskedCollection extends CollectedId {
  externalId: string;
  /** The segment whose batches collect it; null: its own workflow does. */
  batchSegmentId: number | null;
  /** The segment whose batches would collect it if nothing about it needed a workflow of its own. */
  customerSegmentId: number | null;
}

const collectionIds = `SELECT i.external_id AS "externalId", c.invoice_id AS "invoiceId", c.customer_id AS "customerId", c.batch_segment_id AS "batchSegmentId", ${batchSegmentSql('c.customer_id')} AS "customerSegmentId"
  FROM invoices i JOIN collections c ON c.invoice_id = i.id JOIN customers k ON k.id = c.customer_id WHERE i.external_id = ANY(?)`;

/** The collections of invoices by their external ids; those that have none are left out. */
export async function findCollections(knex: Knex, externalIds: readonly string[]): Promise<Map<string, AskedCollection>> {
  const { rows } = await prepared<AskedCollection>(knex, collectionIds, [[...externalIds]]);
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** The same, with their customers locked as by lockCustomer, in the order of their ids as everywhere, so that no two wait for each other. */
export async function lockCollections(trx: Knex.Transaction, externalIds: readonly string[]): Promise<Map<string, AskedCollection>> {
  const { rows } = await prepared<AskedCollection>(trx, `${collectionIds} ORDER BY c.customer_id FOR NO KEY UPDATE OF k`, [[...externalIds]]);
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** What others call these invoices. */
export async function externalIdsOf(knex: Knex, invoiceIds: readonly number[]): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { external_id: string }[] }>('SELECT external_id FROM invoices WHERE id = ANY(?) ORDER BY id', [[...invoiceIds]]);
  return rows.map(({ external_id }) => external_id);
}

/** One customer at a time: what is decided and what changes the customer's ledger wait for each other; new rows that refer to it do not. */
export async function lockCustomer(trx: Knex.Transaction, customerId: number): Promise<void> {
  await trx.raw('SELECT FROM customers WHERE id = ? FOR NO KEY UPDATE', [customerId]);
}

/** What a plan said, to be written back. */
export interface PlanMark {
  invoiceId: number;
  /** requested_seq as the plan has seen it. */
  requestedSeq: number;
  next: { kind: 'done'; outcome: DoneOutcome } | { kind: 'wait'; at: InstantMs | null; step: string | null };
  /** The last step that was executed or covered, known to whoever has the customer locked. Untold, it stays as it is. */
  stage?: string | null;
}

const planColumns = { invoice_id: 'bigint', planned_seq: 'bigint', state: 'text', outcome: 'text', next_at: 'timestamptz', next_step: 'text', stage: 'text' };

/**
 * Writes back what plans said, and how far turns have come, as one set: one write for each invoice. A plan that has seen less than another already written is left out. When an invoice's collection ends
 * since it is settled or void, tasks that its ladder raised and nobody has done are withdrawn; they come back when it is open again, as after a reversal.
 */
export async function markPlans(trx: Knex, marks: readonly PlanMark[], now: InstantMs): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map(({ invoiceId, requestedSeq, next, stage }) => ({
    invoice_id: invoiceId,
    planned_seq: requestedSeq,
    state: next.kind === 'done' ? 'done' : 'active',
    outcome: next.kind === 'done' ? next.outcome : null,
    next_at: next.kind === 'wait' && next.at !== null ? isoInstant(next.at) : null,
    next_step: next.kind === 'wait' ? next.step : null,
    stage: stage ?? null,
  }));
  const { rows: written } = await prepared<{ invoice_id: number }>(trx,
    `WITH plans AS (
       SELECT p.*, c.outcome AS outcome_before FROM ${unnestOf(planColumns, 'p')}
       JOIN collections c ON c.invoice_id = p.invoice_id AND c.planned_seq <= p.planned_seq
     ),
     withdrawn AS (
       UPDATE tasks t SET state = 'cancelled', closed_at = :now, outcome = p.outcome, row_version = t.row_version + 1
       FROM plans p JOIN invoices i ON i.id = p.invoice_id
       WHERE p.outcome IN ('settled', 'void') AND t.invoice_id = p.invoice_id AND t.state IN ('open', 'claimed') AND starts_with(t.key, i.external_id || '/')
     ), resumed AS (
       UPDATE tasks t SET state = CASE WHEN t.assignee_id IS NULL THEN 'open' ELSE 'claimed' END, closed_at = NULL, outcome = NULL, row_version = t.row_version + 1
       FROM plans p JOIN invoices i ON i.id = p.invoice_id
       WHERE p.outcome_before = 'settled' AND coalesce(p.outcome, '') NOT IN ('settled', 'void')
         AND t.invoice_id = p.invoice_id AND t.state = 'cancelled' AND t.outcome = 'settled' AND starts_with(t.key, i.external_id || '/')
     )
     UPDATE collections c SET state = p.state, outcome = p.outcome, next_at = p.next_at, next_step = p.next_step, planned_seq = p.planned_seq,
       stage = coalesce(p.stage, c.stage), batch_segment_id = CASE p.state WHEN 'active' THEN c.batch_segment_id END
     FROM plans p WHERE c.invoice_id = p.invoice_id AND c.planned_seq <= p.planned_seq RETURNING c.invoice_id`,
    { ...columnArrays(planColumns, rows), now: new Date(now) },
  );
  if (written.length < marks.length) await markStages(trx, marks, new Set(written.map(({ invoice_id }) => invoice_id)));
}

/** A newer plan, made while the turn was, knows nothing of the turn's stage: that is written all the same. */
async function markStages(trx: Knex, marks: readonly PlanMark[], written: ReadonlySet<number>): Promise<void> {
  const left = marks.flatMap(({ invoiceId, stage }) => (stage && !written.has(invoiceId) ? [{ invoiceId, stage }] : []));
  if (left.length === 0) return;
  await trx.raw('UPDATE collections c SET stage = s.stage FROM unnest(?::bigint[], ?::text[]) AS s (invoice_id, stage) WHERE c.invoice_id = s.invoice_id AND c.stage IS DISTINCT FROM s.stage',
    [left.map(({ invoiceId }) => invoiceId), left.map(({ stage }) => stage)]);
}

/** An invoice that comes under collection. */
export interface NewCollection {
  invoiceId: number;
  customerId: number;
  policyVersionId: number;
  requestedSeq: number;
  startedAt: InstantMs;
}

/** Puts invoices under collection, each in the hands of a segment's batches or of its own workflow; those that are already keep what they have. */
export async function insertCollections(trx: Knex, collections: readonly NewCollection[]): Promise<void> {
  if (collections.length === 0) return;
  const rows = collections.map((each) => ({
    invoice_id: each.invoiceId,
    customer_id: each.customerId,
    policy_version_id: each.policyVersionId,
    requested_seq: each.requestedSeq,
    started_at: new Date(each.startedAt),
  }));
  await trx.raw(
    `INSERT INTO collections (invoice_id, customer_id, policy_version_id, requested_seq, started_at, batch_segment_id)
     SELECT invoice_id, customer_id, policy_version_id, requested_seq, started_at, ${wantedSegmentSql('n.invoice_id', 'n.customer_id', 'false')} FROM jsonb_populate_recordset(NULL::collections, :rows) n
     ON CONFLICT (invoice_id) DO NOTHING`,
    { rows: JSON.stringify(rows), now: rows[0]!.started_at },
  );
}

/** Notes that the workflows of these invoices were started. */
export async function markArmed(knex: Knex, invoiceIds: readonly number[]): Promise<void> {
  if (invoiceIds.length === 0) return;
  await knex.raw('UPDATE collections SET armed_at = now() WHERE invoice_id = ANY(?) AND armed_at IS NULL', [[...invoiceIds]]);
  await knex.raw('DELETE FROM refused_workflows WHERE invoice_id = ANY(?)', [[...invoiceIds]]);
}

/** Notes that these invoices have no workflow of their own any more, those of them that batches collect. */
export async function markDisarmed(knex: Knex, invoiceIds: readonly number[]): Promise<void> {
  if (invoiceIds.length > 0) await knex.raw('UPDATE collections SET armed_at = NULL WHERE invoice_id = ANY(?) AND batch_segment_id IS NOT NULL AND armed_at IS NOT NULL', [[...invoiceIds]]);
}

/** By invoice, the messages that it leads and that lie undelivered although whoever queued them should have taken them by now; an automation's nobody else takes. */
export async function strandedMessages(knex: Knex, invoiceIds: readonly number[]): Promise<Map<number, string[]>> {
  const stranded = new Map<number, string[]>();
  if (invoiceIds.length === 0) return stranded;
  const { rows } = await prepared<{ id: string; invoice_id: number }>(knex,
    `SELECT id, invoice_id FROM messages WHERE invoice_id = ANY(?) AND state IN ('queued', 'sending') AND (source = 'automation' OR updated_at < now() - interval '5 seconds') ORDER BY queued_at, id`,
    [[...invoiceIds]],
  );
  for (const { id, invoice_id } of rows) stranded.set(invoice_id, [...(stranded.get(invoice_id) ?? []), id]);
  return stranded;
}
