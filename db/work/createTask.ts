import type { Knex } from 'knex';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf } from '../ledger';
import { raiseTasks } from './raiseTasks';
import { findTaskTemplate } from './taskTemplates';
import { refuseStranger, TaskError } from './tasks';

/** What a task was to be about is not there. */
export class TaskSubjectError extends Error {
  override name = 'TaskSubjectError';
  constructor(readonly what: 'customer' | 'invoice', readonly id: number) {
    super(`There is no ${what} ${id}.`);
  }
}

export interface TaskByHand {
  template?: string;
  queue?: string;
  title?: string;
  instructions?: string;
  priority?: number;
  dueOn?: LocalDate;
  customerId?: number;
  invoiceId?: number;
  assigneeId?: number;
  /** The same for every repeat of one request: the task is raised once. */
  requestId: string;
}

/** Raises a task by hand; what is not said is as the template says. Throws TaskError and TaskSubjectError. */
export async function createTask(trx: Knex.Transaction, actor: Actor, task: TaskByHand, at: Date): Promise<number> {
  const template = task.template === undefined ? null : await findTaskTemplate(trx, task.template);
  if (task.template !== undefined && !template?.active) throw new TaskError(`There is no task template "${task.template}" in use.`);
  const queue = task.queue ?? template?.queue;
  const title = task.title ?? template?.title;
  if (queue === undefined || title === undefined) throw new TaskError('Say a queue and a title, or name a template that has them.');
  const subject = await readSubject(trx, task);
  if (task.assigneeId !== undefined) await refuseStranger(trx, task.assigneeId);
  if (subject.customerId !== null) await lockCustomersOf(trx, [subject.customerId]);
  const key = `by-hand/${task.requestId}`;
  const dueOn = task.dueOn ?? addDays(localDateAt(at.getTime(), subject.timeZone), template?.dueInDays ?? 1);
  const ids = await raiseTasks(trx, [{
    key, queue, title, instructions: task.instructions ?? template?.instructions ?? null, customerId: subject.customerId, invoiceId: task.invoiceId ?? null, dueOn, at: at.getTime(),
    template: template?.name, priority: task.priority, assigneeId: task.assigneeId ?? null,
  }]);
  const { rows } = await trx.raw<{ rows: { id: number }[] }>('SELECT id FROM tasks WHERE key = ?', [key]);
  const id = rows[0]!.id;
  if (ids.length > 0) await appendAudit(trx, [{ actor, action: 'task.created', subjectType: 'task', subjectId: String(id), after: { queue, title, customerId: subject.customerId, invoiceId: task.invoiceId ?? null, dueOn } }]);
  return id;
}

/** Whom it is about: the invoice's customer where one is named. */
async function readSubject(trx: Knex.Transaction, { customerId, invoiceId }: TaskByHand): Promise<{ customerId: number | null; timeZone: string }> {
  if (invoiceId !== undefined) {
    const { rows } = await trx.raw<{ rows: { id: number; time_zone: string }[] }>('SELECT c.id, c.time_zone FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.id = ?', [invoiceId]);
    const owner = rows[0];
    if (!owner) throw new TaskSubjectError('invoice', invoiceId);
    if (customerId !== undefined && customerId !== owner.id) throw new TaskError('The invoice is another customer\'s.');
    return { customerId: owner.id, timeZone: owner.time_zone };
  }
  if (customerId === undefined) return { customerId: null, timeZone: 'UTC' };
  const { rows } = await trx.raw<{ rows: { time_zone: string }[] }>('SELECT time_zone FROM customers WHERE id = ?', [customerId]);
  if (!rows[0]) throw new TaskSubjectError('customer', customerId);
  return { customerId, timeZone: rows[0].time_zone };
}
