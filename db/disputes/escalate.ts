import type { Knex } from 'knex';
import type { LedgerContext } from '../ledger/context';

/** Where a dispute goes that nobody resolved in time. */
const escalationQueue = 'Collections';

/**
 * Raises a task for each open dispute of these customers whose deadline is over, once for each deadline; with its owner, where it has one. Answers with the customers
 * of whom there were any.
 */
export async function escalateDisputes(trx: Knex.Transaction, customerIds: readonly number[], at: Date): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { customer_id: number }[] }>(
    `WITH late AS (
       UPDATE disputes SET escalated_at = :at, row_version = row_version + 1
       WHERE customer_id = ANY(:customerIds) AND state = 'open' AND escalated_at IS NULL AND deadline_at <= :at RETURNING *
     ), raised AS (
       INSERT INTO tasks (key, queue, title, instructions, customer_id, invoice_id, state, assignee_id, due_on, created_at)
       SELECT 'dispute/' || d.external_id || '/deadline' || CASE WHEN EXISTS (SELECT FROM tasks t WHERE t.key = 'dispute/' || d.external_id || '/deadline') THEN '/' || d.deadline_on ELSE '' END, :queue, 'Resolve the dispute of invoice ' || i.number,
         'It was to be resolved by ' || d.deadline_on || '. Reason: ' || d.reason_code || coalesce('. ' || d.detail, ''),
         d.customer_id, d.invoice_id, CASE WHEN u.id IS NULL THEN 'open' ELSE 'claimed' END, u.id, (:at::timestamptz AT TIME ZONE c.time_zone)::date, :at
       FROM late d JOIN invoices i ON i.id = d.invoice_id JOIN customers c ON c.id = d.customer_id LEFT JOIN users u ON u.id = d.owner_id AND u.active
       ON CONFLICT (key) DO NOTHING
     )
     SELECT DISTINCT customer_id FROM late`,
    { at, customerIds: [...customerIds], queue: escalationQueue });
  return rows.map(({ customer_id }) => customer_id);
}

/** A dispute whose deadline somebody has seen to, and in what way. */
export interface SeenTo {
  externalId: string;
  invoiceId: number;
  note: string;
}

/** Closes what deadlines raised, as somebody has seen to them. */
export async function closeDeadlineTasks(trx: Knex.Transaction, { at }: LedgerContext, seenTo: readonly SeenTo[]): Promise<void> {
  await trx.raw(
    `UPDATE tasks t SET state = 'done', outcome = 'done', note = s.note, closed_at = ?, row_version = t.row_version + 1
     FROM jsonb_to_recordset(?::jsonb) AS s (key text, invoice_id bigint, note text)
     WHERE t.invoice_id = s.invoice_id AND (t.key = s.key OR starts_with(t.key, s.key || '/')) AND t.state IN ('open', 'claimed')`,
    [at, JSON.stringify(seenTo.map(({ externalId, invoiceId, note }) => ({ key: `dispute/${externalId}/deadline`, invoice_id: invoiceId, note })))]);
}
