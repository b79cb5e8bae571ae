import type { Knex } from 'knex';
import type { AssignmentRule } from '../../domain/task/assign';
import { queueMeant } from '../../domain/task/queueName';
import { appendAudit, type Actor } from '../audit';
import { readQueueNames } from '../readmodels/names';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';
import { whyNoWorker } from './workers';

export class QueueError extends Error {
  override name = 'QueueError';
}

export interface QueueSettings {
  assignment: AssignmentRule;
  /** Where a task goes, once, when it becomes overdue: to the lead, to another queue, or nowhere. */
  escalation: 'none' | 'lead' | 'queue';
  leadId: number | null;
  escalateTo: string | null;
  memberIds: number[];
}

export interface TaskQueue extends Omit<QueueSettings, 'leadId' | 'memberIds'> {
  name: string;
  lead: { id: number; name: string } | null;
  members: { id: number; name: string }[];
}

const columns = `q.name, q.assignment, q.escalation, q.escalate_to AS "escalateTo", CASE WHEN l.id IS NULL THEN NULL ELSE json_build_object('id', l.id, 'name', l.name) END AS lead,
  coalesce((SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name, u.id) FROM task_queue_members m JOIN users u ON u.id = m.user_id WHERE m.queue_id = q.id), '[]') AS members`;

const from = 'task_queues q LEFT JOIN users l ON l.id = q.lead_id';
const peopleSql = `(SELECT string_agg(u.name, ', ') FROM task_queue_members m JOIN users u ON u.id = m.user_id WHERE m.queue_id = q.id)`;

/** Queues by name; `search` is a part of the name, or of that of one of its people. */
export function listQueues(db: Knex, { search }: { search?: string }, page: PageRequest): Promise<Page<TaskQueue>> {
  return readPage<TaskQueue>(db, { columns, from, where: new Where().containing(search, 'q.name', 'l.name', peopleSql), sort: [{ sql: 'q.name', type: 'text' }], direction: 'asc' }, page);
}

async function findQueue(db: Knex, name: string): Promise<TaskQueue | null> {
  const { rows } = await db.raw<{ rows: TaskQueue[] }>(`SELECT ${columns} FROM ${from} WHERE q.name = ?`, [name]);
  return rows[0] ?? null;
}

/** Makes a queue or changes its rules and people; tasks that are given already stay with whom they are. Throws QueueError. */
export async function putQueue(trx: Knex.Transaction, actor: Actor, name: string, settings: QueueSettings): Promise<TaskQueue> {
  await refuseTwin(trx, name);
  await refuse(trx, name, settings);
  const before = await findQueue(trx, name);
  const { assignment, escalation } = settings;
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO task_queues (name, assignment, escalation, lead_id, escalate_to) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET assignment = excluded.assignment, escalation = excluded.escalation, lead_id = excluded.lead_id, escalate_to = excluded.escalate_to, row_version = task_queues.row_version + 1
     RETURNING id`, [name, assignment, escalation, settings.leadId, escalation === 'queue' ? settings.escalateTo : null]);
  const id = rows[0]!.id;
  await trx.raw('DELETE FROM task_queue_members WHERE queue_id = ? AND user_id <> ALL (?)', [id, settings.memberIds]);
  await trx.raw('INSERT INTO task_queue_members (queue_id, user_id) SELECT ?, u.id FROM users u WHERE u.id = ANY (?) ON CONFLICT DO NOTHING', [id, settings.memberIds]);
  const after = await findQueue(trx, name);
  if (!after) throw new Error(`The queue "${name}" vanished while it was being changed.`);
  await appendAudit(trx, [{ actor, action: before ? 'task-queue.changed' : 'task-queue.created', subjectType: 'task-queue', subjectId: name, before: before ?? undefined, after }]);
  return after;
}

/** Two queues whose names differ in case only could not be told apart by who names them. */
async function refuseTwin(trx: Knex.Transaction, name: string): Promise<void> {
  const twin = queueMeant(name, await readQueueNames(trx)) ?? name;
  if (twin !== name) throw new QueueError(`There is a queue "${twin}" already: case makes no other queue.`);
}

async function refuse(trx: Knex.Transaction, name: string, { escalation, leadId, escalateTo, memberIds }: QueueSettings): Promise<void> {
  if (escalation === 'lead' && leadId === null) throw new QueueError('Say who leads the queue: overdue tasks go to its lead.');
  const people = [...new Set([...memberIds, ...(leadId === null ? [] : [leadId])])];
  const why = await whyNoWorker(trx, people);
  if (why !== null) throw new QueueError(why);
  if (escalation !== 'queue') return;
  if (escalateTo === null || escalateTo === name) throw new QueueError('Say to which other queue overdue tasks go.');
  if (!(await findQueue(trx, escalateTo))) throw new QueueError(`There is no queue "${escalateTo}".`);
}
