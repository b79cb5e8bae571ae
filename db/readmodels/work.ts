import type { Knex } from 'knex';
import { nowSql } from './clockSql';
import { readPage, Where, type Page, type PageRequest } from './keyset';
import { person } from './person';

export type TaskState = 'open' | 'claimed' | 'done' | 'cancelled';
interface Subject {
  customerId: number | null;
  customerName: string | null;
  invoiceId: number | null;
  invoiceNumber: string | null;
}
export interface Task extends Subject {
  id: number;
  queue: string;
  title: string;
  instructions: string | null;
  priority: number;
  template: string | null;
  outcomes: string[] | null;
  escalatedFrom: string | null;
  followsId: number | null;
  state: TaskState;
  assignee: { id: number; name: string } | null;
  dueOn: string | null;
  overdue: boolean;
  outcome: string | null;
  note: string | null;
  createdAt: Date;
  closedAt: Date | null;
  openMinor: number | null;
  currency: string | null;
  rowVersion: number;
}
const today = `(${nowSql} AT TIME ZONE coalesce(c.time_zone, 'UTC'))::date`;
const overdueTask = `coalesce(t.state IN ('open', 'claimed') AND t.due_on < ${today}, false)`;
const subject = (s: string): string => `${s}.customer_id AS "customerId", c.name AS "customerName", ${s}.invoice_id AS "invoiceId", i.number AS "invoiceNumber"`;
const joins = (s: string): string => `LEFT JOIN customers c ON c.id = ${s}.customer_id LEFT JOIN invoices i ON i.id = ${s}.invoice_id`;
const taskColumns = `t.id, t.queue, t.title, t.instructions, t.priority, t.template, t.outcomes, t.escalated_from AS "escalatedFrom", t.follows AS "followsId", ${subject('t')}, t.state, CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END AS assignee,
  t.due_on AS "dueOn", ${overdueTask} AS overdue, t.outcome, t.note, t.created_at AS "createdAt", t.closed_at AS "closedAt", i.open_minor AS "openMinor", i.currency, t.row_version AS "rowVersion"`;
const tasks = `tasks t ${joins('t')} LEFT JOIN users u ON u.id = t.assignee_id`;

export interface TaskFilter {
  queue?: string;
  state: readonly TaskState[];
  assigneeId?: number;
  unassigned?: boolean;
  customerId?: number;
  invoiceId?: number;
  overdue?: boolean;
  priority?: number;
}

/** By day: the earliest due first. By priority: the most urgent first, of equals the earliest due. */
export type TaskSort = 'dueOn' | 'priority';
const dueSort = [{ sql: `coalesce(t.due_on, 'infinity'::date)`, type: 'date' }, { sql: 't.id', type: 'bigint' }] as const;
const taskSorts = { dueOn: dueSort, priority: [{ sql: 't.priority', type: 'integer' }, ...dueSort] } as const;
export const sortKeysOf = (sort: TaskSort): number => taskSorts[sort].length;

export function listTasks(db: Knex, filter: TaskFilter, sort: TaskSort, page: PageRequest): Promise<Page<Task>> {
  // The states are written out, not bound, so that the planner knows that the index of what waits will do.
  const where = new Where().and(`t.state IN (${filter.state.map((state) => `'${state}'`).join(', ')})`).when(filter.queue, 't.queue = ?').when(filter.assigneeId, 't.assignee_id = ?')
    .when(filter.unassigned, '(t.assignee_id IS NULL) = ?').when(filter.customerId, 't.customer_id = ?').when(filter.invoiceId, 't.invoice_id = ?')
    .when(filter.overdue, `${overdueTask} = ?`).when(filter.priority, 't.priority = ?');
  return readPage<Task>(db, { columns: taskColumns, from: tasks, where, sort: taskSorts[sort], direction: 'asc' }, page);
}

export async function findTask(db: Knex, id: number): Promise<Task | null> {
  const { rows } = await db.raw<{ rows: Task[] }>(`SELECT ${taskColumns} FROM ${tasks} WHERE t.id = ?`, [id]);
  return rows[0] ?? null;
}

/** What waits in each queue; one in which nothing waits is listed too, if it is set up. */
export async function listTaskQueues(db: Knex): Promise<{ queue: string; open: number; claimed: number; overdue: number }[]> {
  const { rows } = await db.raw<{ rows: { queue: string; open: number; claimed: number; overdue: number }[] }>(
    `SELECT coalesce(t.queue, q.name) AS queue, count(*) FILTER (WHERE t.state = 'open') AS open, count(*) FILTER (WHERE t.state = 'claimed') AS claimed, count(*) FILTER (WHERE ${overdueTask}) AS overdue
     FROM (SELECT queue, state, due_on, customer_id FROM tasks WHERE state IN ('open', 'claimed')) t FULL JOIN task_queues q ON q.name = t.queue LEFT JOIN customers c ON c.id = t.customer_id
     GROUP BY 1 ORDER BY 1`);
  return rows;
}

export interface Hold {
  id: number;
  kind: 'credit' | 'pause-work' | 'lock-out';
  customerId: number;
  customerName: string;
  invoiceId: number | null;
  invoiceNumber: string | null;
  step: string | null;
  reason: string | null;
  placedAt: Date;
  placedBy: string;
  releasedAt: Date | null;
  releasedBy: string | null;
  releaseReason: string | null;
}
const holdColumns = `h.id, h.kind, ${subject('h')}, h.step, h.reason, h.placed_at AS "placedAt", ${person('h.placed_by')} AS "placedBy", h.released_at AS "releasedAt", ${person('h.released_by')} AS "releasedBy", h.release_reason AS "releaseReason"`;
export function listHolds(db: Knex, filter: { active?: boolean; customerId?: number; kind?: string }, page: PageRequest): Promise<Page<Hold>> {
  const where = new Where().when(filter.active, '(h.released_at IS NULL) = ?').when(filter.customerId, 'h.customer_id = ?').when(filter.kind, 'h.kind = ?');
  return readPage<Hold>(db, { columns: holdColumns, from: `holds h ${joins('h')}`, where, sort: [{ sql: 'h.placed_at', type: 'timestamptz' }, { sql: 'h.id', type: 'bigint' }], direction: 'desc' }, page);
}
export async function findHold(db: Knex, id: number): Promise<Hold | null> {
  const { rows } = await db.raw<{ rows: Hold[] }>(`SELECT ${holdColumns} FROM holds h ${joins('h')} WHERE h.id = ?`, [id]);
  return rows[0] ?? null;
}

export interface Handoff {
  id: number;
  customerId: number;
  customerName: string;
  invoiceId: number;
  invoiceNumber: string;
  agency: string | null;
  openMinor: number;
  currency: string;
  at: Date;
}
export function listHandoffs(db: Knex, filter: { customerId?: number }, page: PageRequest): Promise<Page<Handoff>> {
  const where = new Where().when(filter.customerId, 'f.customer_id = ?');
  return readPage<Handoff>(db, { columns: `f.id, ${subject('f')}, f.agency, f.open_minor AS "openMinor", f.currency, f.at`, from: `handoffs f ${joins('f')}`, where, sort: [{ sql: 'f.at', type: 'timestamptz' }, { sql: 'f.id', type: 'bigint' }], direction: 'desc' }, page);
}

export interface Notification extends Subject {
  id: number;
  audience: string;
  title: string;
  at: Date;
  /** When whoever asks read it; for an API key, when somebody first did. */
  readAt: Date | null;
  /** It reached whoever asks, and is theirs to read. */
  mine: boolean;
}

/** Those to groups, and those to one person only if it is they who ask. */
const forPerson = (userId: number | null): string => (userId === null ? 'n.user_id IS NULL' : `(n.user_id IS NULL OR n.user_id = ${userId})`);
const notificationsOf = (userId: number | null): string => `notifications n ${joins('n')} ${userId === null
  ? 'CROSS JOIN LATERAL (SELECT NULL::bigint AS user_id, min(o.read_at) AS read_at FROM notification_readers o WHERE o.notification_id = n.id) r'
  : `LEFT JOIN notification_readers r ON r.notification_id = n.id AND r.user_id = ${userId}`}`;
const notificationColumns = `n.id, n.audience, n.title, ${subject('n')}, n.at, r.read_at AS "readAt", r.user_id IS NOT NULL AS mine`;

/** `mine`: only what reached the person who asks. `unread`: only what is theirs and they have not read; for an API key, what nobody has. */
export function listNotifications(db: Knex, { userId, audience, mine, unread }: { audience?: string; mine?: boolean; unread?: boolean; userId: number | null }, page: PageRequest): Promise<Page<Notification>> {
  const where = new Where().and(forPerson(userId)).when(audience, 'n.audience = ?');
  if (userId === null && mine) where.and('false');
  if (userId !== null && (mine || unread !== undefined)) where.and(`r.user_id = ${userId}`);
  // Written out, not bound, so that the planner knows that the index of what is unread will do.
  if (unread !== undefined) where.and(`r.read_at IS ${unread ? '' : 'NOT '}NULL`);
  return readPage<Notification>(db, { columns: notificationColumns, from: notificationsOf(userId), where, sort: [{ sql: 'n.at', type: 'timestamptz' }, { sql: 'n.id', type: 'bigint' }], direction: 'desc' }, page);
}

/** Notes that a person has read one that is theirs; null for any other. What others have read does not change. */
export async function readNotification(db: Knex, id: number, userId: number): Promise<Notification | null> {
  await db.raw('UPDATE notification_readers SET read_at = now() WHERE notification_id = ? AND user_id = ? AND read_at IS NULL', [id, userId]);
  const { rows } = await db.raw<{ rows: Notification[] }>(`SELECT ${notificationColumns} FROM ${notificationsOf(userId)} WHERE n.id = ? AND r.user_id = ?`, [id, userId]);
  return rows[0] ?? null;
}

/**
 * Notes that a person has read those of these that are theirs, as they were shown to them: an id says nothing of when its row could be seen, since transactions do not end in the order in which they took their ids. Answers how many were unread.
 */
export async function readShown(db: Knex, ids: readonly number[], userId: number): Promise<number> {
  const { rowCount } = await db.raw<{ rowCount: number }>('UPDATE notification_readers SET read_at = now() WHERE user_id = ? AND read_at IS NULL AND notification_id = ANY (?)', [userId, [...ids]]);
  return rowCount;
}
