import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import type { WantedTask } from '../../domain/task/schema';
import { wordTask } from '../../domain/task/wording';
import { assignTasks } from './assignTasks';
import { queueNamed } from './queueNames';
import { readSubjects, subjectOf } from './subjects';

export interface NewTask {
  /** The business fact that the task is: a key that is there already raises nothing. */
  key: string;
  queue: string;
  /** May hold fields in braces, as in 'Call {customer}'. */
  title: string;
  instructions: string | null;
  customerId: number | null;
  invoiceId: number | null;
  dueOn: LocalDate | null;
  /** On the deployment's clock. */
  at: InstantMs;
  /** A task template by name, for what is not said here: instructions, priority, outcomes. One that is gone or switched off is passed over. */
  template?: string;
  priority?: number;
  /** null: any. */
  outcomes?: readonly string[] | null;
  /** For somebody from the start; otherwise the queue's rule says who. */
  assigneeId?: number | null;
  /** The task whose outcome raises this one. */
  followsId?: number | null;
}

/** What a document says of a task, as it is raised. */
export function taskWanted({ queue, title, instructions, template }: WantedTask): Pick<NewTask, 'queue' | 'title' | 'instructions' | 'template'> {
  return { queue, title, instructions: instructions ?? null, template: template ?? undefined };
}

interface TemplateRow {
  name: string;
  instructions: string | null;
  priority: number;
  outcomes: string[] | null;
}

/** Raises tasks as one set: puts them into words, writes those that are new, and gives them to people as their queues say. Answers the new ids. */
export async function raiseTasks(trx: Knex.Transaction, tasks: readonly NewTask[]): Promise<number[]> {
  if (tasks.length === 0) return [];
  const templates = await readTemplates(trx, tasks);
  const subjects = await readSubjects(trx, tasks.filter((task) => [task.title, task.instructions, task.template && templates.get(task.template)?.instructions].some((text) => text?.includes('{'))));
  const rows = tasks.map((task) => {
    const template = task.template === undefined ? undefined : templates.get(task.template);
    const subject = subjectOf(task, subjects);
    const instructions = task.instructions ?? template?.instructions ?? null;
    return {
      key: task.key, queue: task.queue, title: wordTask(task.title, subject), instructions: instructions === null ? null : wordTask(instructions, subject),
      customer_id: task.customerId, invoice_id: task.invoiceId, due_on: task.dueOn, created_at: new Date(task.at), template: template?.name ?? null,
      priority: task.priority ?? template?.priority ?? 2, outcomes: task.outcomes ?? template?.outcomes ?? null, assignee_id: task.assigneeId ?? null, follows: task.followsId ?? null,
    };
  });
  const columns = 'key, title, instructions, customer_id, invoice_id, due_on, created_at, template, priority, outcomes, assignee_id, follows';
  const { rows: written } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO tasks (queue, ${columns}) SELECT ${queueNamed('queue')}, ${columns} FROM jsonb_populate_recordset(NULL::tasks, ?) ON CONFLICT (key) DO NOTHING RETURNING id`, [JSON.stringify(rows)]);
  const ids = written.map(({ id }) => id);
  await assignTasks(trx, ids);
  return ids;
}

async function readTemplates(trx: Knex.Transaction, tasks: readonly NewTask[]): Promise<ReadonlyMap<string, TemplateRow>> {
  const names = [...new Set(tasks.flatMap(({ template }) => template ?? []))];
  if (names.length === 0) return new Map();
  const { rows } = await trx.raw<{ rows: TemplateRow[] }>('SELECT name, instructions, priority, outcomes FROM task_templates WHERE name = ANY (?) AND active', [names]);
  return new Map(rows.map((row) => [row.name, row]));
}
