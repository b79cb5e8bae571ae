import type { Knex } from 'knex';
import { assign, type AssignmentRule } from '../../domain/task/assign';
import { worksSql } from './workers';

interface QueueRow {
  id: number;
  name: string;
  assignment: AssignmentRule;
  last_assigned_id: number | null;
}

/**
 * Gives tasks that nobody has to the people of their queues, as the queues' rules say. They stay open: who gets one still takes it up. Queues
 * are locked in the order of their names, so that two writers give out turns one after the other; whoever calls this has locked customers before.
 */
export async function assignTasks(trx: Knex.Transaction, taskIds: number[]): Promise<void> {
  if (taskIds.length === 0) return;
  const { rows: queues } = await trx.raw<{ rows: QueueRow[] }>(
    `SELECT q.id, q.name, q.assignment, q.last_assigned_id FROM task_queues q
     WHERE q.assignment <> 'none' AND q.name IN (SELECT queue FROM tasks WHERE id = ANY (?) AND assignee_id IS NULL) ORDER BY q.name FOR NO KEY UPDATE`, [taskIds]);
  if (queues.length === 0) return;
  const { rows: tasks } = await trx.raw<{ rows: { id: number; queue: string; owner_id: number | null }[] }>(
    'SELECT t.id, t.queue, c.owner_id FROM tasks t LEFT JOIN customers c ON c.id = t.customer_id WHERE t.id = ANY (?) AND t.assignee_id IS NULL ORDER BY t.id', [taskIds]);

  const given: { id: number; assignee_id: number | null }[] = [];
  for (const queue of queues) {
    const own = tasks.filter((task) => task.queue === queue.name);
    // One queue after the other, so that the load given out by the first counts for the second.
    const { assignees, lastAssignedId } = assign({ rule: queue.assignment, members: await membersOf(trx, queue.id, given), lastAssignedId: queue.last_assigned_id }, own.map(({ owner_id }) => ({ ownerId: owner_id })));
    own.forEach(({ id }, index) => given.push({ id, assignee_id: assignees[index] ?? null }));
    if (lastAssignedId !== queue.last_assigned_id) await trx.raw('UPDATE task_queues SET last_assigned_id = ? WHERE id = ?', [lastAssignedId, queue.id]);
  }
  await trx.raw(
    `UPDATE tasks t SET assignee_id = g.assignee_id FROM jsonb_to_recordset(?::jsonb) AS g (id bigint, assignee_id bigint) WHERE t.id = g.id AND g.assignee_id IS NOT NULL`, [JSON.stringify(given)]);
}

async function membersOf(trx: Knex.Transaction, queueId: number, given: readonly { assignee_id: number | null }[]): Promise<{ id: number; waiting: number }[]> {
  const { rows } = await trx.raw<{ rows: { id: number; waiting: number }[] }>(
    `SELECT u.id, (SELECT count(*) FROM tasks t WHERE t.assignee_id = u.id AND t.state IN ('open', 'claimed')) AS waiting
     FROM task_queue_members m JOIN users u ON u.id = m.user_id AND ${worksSql('u')} WHERE m.queue_id = ?`, [queueId]);
  return rows.map(({ id, waiting }) => ({ id, waiting: waiting + given.filter(({ assignee_id }) => assignee_id === id).length }));
}
