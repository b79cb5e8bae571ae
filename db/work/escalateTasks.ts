import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { appendAudit, systemActor } from '../audit';
import { recordEvents } from '../events';
import { assignTasks } from './assignTasks';
import { worksSql } from './workers';

const atOnceMax = 1_000;

/** The first instant of the day after a task's due date, where its customer is: from then on it is overdue. */
const overdueFrom = `(t.due_on + 1)::timestamp AT TIME ZONE coalesce(c.time_zone, 'UTC')`;
const waits = `t.state IN ('open', 'claimed') AND t.overdue_at IS NULL`;

interface OverdueRow {
  id: number;
  key: string;
  title: string;
  queue: string;
  assignee_id: number | null;
  customer_id: number | null;
  invoice_id: number | null;
  due_on: string;
  escalation: 'none' | 'lead' | 'queue' | null;
  lead_id: number | null;
  escalate_to: string | null;
}

/**
 * Notes every task that has become overdue, once, and moves it as its queue says: to the queue's lead, or into another queue, whose rule then
 * gives it to somebody. Safe to run by several workers and to repeat. Answers how many were overdue.
 */
export async function escalateOverdueTasks(knex: Knex, now: InstantMs): Promise<number> {
  if ((await nextOverdue(knex, null, now)) === null) return 0;
  for (let total = 0; ; ) {
    const many = await knex.transaction((trx) => escalateBatch(trx, new Date(now)));
    total += many;
    if (many < atOnceMax) return total;
  }
}

async function escalateBatch(trx: Knex.Transaction, at: Date): Promise<number> {
  const tasks = await takeOverdue(trx, at);
  if (tasks.length === 0) return 0;
  await recordEvents(trx, tasks.flatMap(({ key, id, queue, title, customer_id, invoice_id, due_on }) => (customer_id === null ? [] : [{
    kind: 'task.overdue' as const, key, customerId: customer_id, invoiceId: invoice_id, at, data: { task: id, queue, title, dueOn: due_on },
  }])));
  const moved = tasks.flatMap((task) => {
    const target = targetOf(task);
    return target ? [{ ...task, ...target }] : [];
  });
  await trx.raw('UPDATE tasks SET overdue_at = ?, row_version = row_version + 1 WHERE id = ANY (?)', [at, tasks.map(({ id }) => id)]);
  await trx.raw(
    `UPDATE tasks t SET queue = m.to_queue, assignee_id = m.to_assignee, state = 'open', escalated_from = t.queue
     FROM jsonb_to_recordset(?::jsonb) AS m (id bigint, to_queue text, to_assignee bigint) WHERE t.id = m.id`, [JSON.stringify(moved)]);
  await assignTasks(trx, moved.filter(({ to_assignee }) => to_assignee === null).map(({ id }) => id));
  await trx.raw(
    `INSERT INTO notifications (key, audience, title, customer_id, invoice_id, at, user_id)
     SELECT 'overdue/' || t.key, t.queue, 'Overdue: ' || t.title, t.customer_id, t.invoice_id, ?, t.assignee_id FROM tasks t WHERE t.id = ANY (?) ON CONFLICT (key) DO NOTHING`,
    [at, moved.map(({ id }) => id)]);
  await appendAudit(trx, moved.map(({ id, queue, assignee_id, to_queue, to_assignee }) => ({
    actor: systemActor, action: 'task.escalated', subjectType: 'task', subjectId: String(id), before: { queue, assigneeId: assignee_id }, after: { queue: to_queue, assigneeId: to_assignee },
  })));
  return tasks.length;
}

/** Queues first, as whoever gives out tasks does. What another worker has just taken is left to it. */
async function takeOverdue(trx: Knex.Transaction, at: Date): Promise<OverdueRow[]> {
  await trx.raw('SELECT id FROM task_queues ORDER BY name FOR NO KEY UPDATE');
  const { rows } = await trx.raw<{ rows: OverdueRow[] }>(
    `SELECT t.id, t.key, t.title, t.queue, t.assignee_id, t.customer_id, t.invoice_id, t.due_on, q.escalation, q.escalate_to, l.id AS lead_id
     FROM tasks t LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN task_queues q ON q.name = t.queue LEFT JOIN users l ON l.id = q.lead_id AND ${worksSql('l')}
     -- No zone is further ahead than 14 hours: the index finds what may be overdue.
     WHERE ${waits} AND t.due_on < (?::timestamptz AT TIME ZONE 'UTC' + interval '14 hours')::date AND ${overdueFrom} <= ?
     ORDER BY t.due_on, t.id LIMIT ? FOR UPDATE OF t SKIP LOCKED`, [at, at, atOnceMax]);
  return rows;
}

/** A lead who has left gets nothing: the task stays where it is. */
function targetOf({ queue, escalation, lead_id, escalate_to, assignee_id }: OverdueRow): { to_queue: string; to_assignee: number | null } | null {
  if (escalation === 'lead' && lead_id !== null && lead_id !== assignee_id) return { to_queue: queue, to_assignee: lead_id };
  if (escalation === 'queue' && escalate_to !== null) return { to_queue: escalate_to, to_assignee: null };
  return null;
}

/**
 * When the next task becomes overdue, after an instant, or at all where that is null, if it is not after a limit. Overdue instants of one day lie within 26 hours, and none is more than 36 after
 * its day begins: two days hold the first.
 */
export async function nextOverdue(knex: Knex, after: InstantMs | null, limit: InstantMs): Promise<InstantMs | null> {
  const ahead = `FROM tasks t LEFT JOIN customers c ON c.id = t.customer_id WHERE ${waits} AND t.due_on >= (:after::timestamptz - interval '2 days')::date AND ${overdueFrom} > :after`;
  const { rows } = await knex.raw<{ rows: { at: Date | null }[] }>(
    `SELECT min(${overdueFrom}) AS at ${ahead} AND t.due_on <= (SELECT t.due_on + 1 ${ahead} ORDER BY t.due_on LIMIT 1)`, { after: after === null ? '-infinity' : new Date(after) });
  const at = rows[0]?.at?.getTime() ?? null;
  return at !== null && at <= limit ? at : null;
}
