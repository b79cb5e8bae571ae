import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';

export interface TemplateFields {
  title: string;
  instructions: string | null;
  queue: string;
  dueInDays: number;
  /** 1 is the most urgent, 2 normal, 4 the least. */
  priority: number;
  /** null: every outcome. */
  outcomes: readonly string[] | null;
  active: boolean;
}

export interface TaskTemplate extends TemplateFields {
  name: string;
}

const columns = 'name, title, instructions, queue, due_in_days AS "dueInDays", priority, outcomes, active';

export interface TaskTemplateFilter {
  /** In the name or the title. */
  search?: string;
  queue?: string;
  active?: boolean;
}

export function listTaskTemplates(db: Knex, { search, queue, active }: TaskTemplateFilter, page: PageRequest): Promise<Page<TaskTemplate>> {
  return readPage<TaskTemplate>(db, {
    columns, from: 'task_templates', where: new Where().containing(search, 'name', 'title').when(queue, 'queue = ?').when(active, 'active = ?'), sort: [{ sql: 'name', type: 'text' }], direction: 'asc',
  }, page);
}

export async function findTaskTemplate(db: Knex, name: string): Promise<TaskTemplate | null> {
  const { rows } = await db.raw<{ rows: TaskTemplate[] }>(`SELECT ${columns} FROM task_templates WHERE name = ?`, [name]);
  return rows[0] ?? null;
}

/** Makes or changes a template. Tasks that were raised from it keep their words. */
export async function putTaskTemplate(trx: Knex.Transaction, actor: Actor, name: string, fields: TemplateFields): Promise<TaskTemplate> {
  const before = await findTaskTemplate(trx, name);
  const { title, instructions, queue, dueInDays, priority, outcomes, active } = fields;
  const { rows } = await trx.raw<{ rows: TaskTemplate[] }>(
    `INSERT INTO task_templates (name, title, instructions, queue, due_in_days, priority, outcomes, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET title = excluded.title, instructions = excluded.instructions, queue = excluded.queue, due_in_days = excluded.due_in_days,
       priority = excluded.priority, outcomes = excluded.outcomes, active = excluded.active, row_version = task_templates.row_version + 1
     RETURNING ${columns}`, [name, title, instructions, queue, dueInDays, priority, outcomes as string[] | null, active]);
  const after = rows[0]!;
  await appendAudit(trx, [{ actor, action: before ? 'task-template.changed' : 'task-template.created', subjectType: 'task-template', subjectId: name, before: before ?? undefined, after }]);
  return after;
}
