import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { LedgerContext } from '../ledger/context';
import { raiseTasks, type NewTask } from '../work/raiseTasks';
import { worksSql } from '../work/workers';

/** Where a dispute goes that nobody resolved in time. */
const escalationQueue = 'Collections';

interface Late {
  external_id: string;
  customer_id: number;
  invoice_id: number;
  reason_code: string;
  detail: string | null;
  deadline_on: LocalDate;
  time_zone: string;
  /** The owner, where they are still here. */
  owner_id: number | null;
  escalated_before: boolean;
}

/**
 * Raises a task for each open dispute of these customers whose deadline is over, once for each deadline: for its owner, where it has one, and otherwise for whom the queue's rule says. The
 * customers are locked. Answers with those of whom there were any.
 */
export async function escalateDisputes(trx: Knex.Transaction, customerIds: readonly number[], at: Date): Promise<number[]> {
  const { rows: late } = await trx.raw<{ rows: Late[] }>(
    `WITH late AS (
       UPDATE disputes SET escalated_at = :at, row_version = row_version + 1
       WHERE customer_id = ANY(:customerIds) AND state = 'open' AND escalated_at IS NULL AND deadline_at <= :at RETURNING *
     )
     SELECT d.external_id, d.customer_id, d.invoice_id, d.reason_code, d.detail, d.deadline_on, c.time_zone, u.id AS owner_id, EXISTS (SELECT FROM tasks t WHERE t.key = 'dispute/' || d.external_id || '/deadline') AS escalated_before
     FROM late d JOIN customers c ON c.id = d.customer_id LEFT JOIN users u ON u.id = d.owner_id AND ${worksSql('u')} ORDER BY d.id`,
    { at, customerIds: [...customerIds] });
  await raiseTasks(trx, late.map((dispute) => deadlineTask(dispute, at)));
  return [...new Set(late.map(({ customer_id }) => customer_id))];
}

function deadlineTask({ external_id, customer_id, invoice_id, reason_code, detail, deadline_on, time_zone, owner_id, escalated_before }: Late, at: Date): NewTask {
  return {
    key: `dispute/${external_id}/deadline${escalated_before ? `/${deadline_on}` : ''}`, queue: escalationQueue, title: 'Resolve the dispute of invoice {invoice}',
    instructions: `It was to be resolved by ${deadline_on}. Reason: ${reason_code}${detail === null ? '' : `. ${detail}`}`,
    customerId: customer_id, invoiceId: invoice_id, assigneeId: owner_id, dueOn: localDateAt(at.getTime(), time_zone), at: at.getTime(),
  };
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
