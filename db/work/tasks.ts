import type { Knex } from 'knex';
import { reportProblems, type TaskReport } from '../../domain/task/outcome';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf } from '../ledger';
import { findTask, type Task } from '../readmodels/work';
import { assignTasks } from './assignTasks';
import { carryOut, ReportError } from './carryOut';
import { whyNoWorker } from './workers';

export class TaskError extends Error {
  override name = 'TaskError';
}

/** What a person does with a task. */
export type TaskMove =
  | { kind: 'claim'; userId: number }
  /** `others`: also what is somebody else's, as by reassigning. */
  | { kind: 'release'; userId: number | null; others: boolean }
  | { kind: 'complete'; report: TaskReport; userId: number | null; others: boolean; at: Date }
  | { kind: 'reassign'; assigneeId: number | null; queue: string | null };

const actions: Readonly<Record<TaskMove['kind'], string>> = { claim: 'task.claimed', release: 'task.released', complete: 'task.completed', reassign: 'task.reassigned' };

/** Moves a task; null when there is none. Throws TaskError for a move that is not possible as the task stands. */
export async function moveTask(trx: Knex.Transaction, actor: Actor, id: number, move: TaskMove): Promise<Task | null> {
  // The customer first, as whoever decides for them does.
  if (move.kind === 'complete') await lockCustomerOf(trx, id);
  await trx.raw('SELECT id FROM tasks WHERE id = ? FOR UPDATE', [id]);
  const before = await findTask(trx, id);
  if (!before) return null;
  if (before.state === 'done' || before.state === 'cancelled') throw new TaskError(`The task is closed: ${before.outcome ?? before.state}.`);
  const set = await changesOf(trx, before, move);
  await trx('tasks').where({ id }).update({ ...set, row_version: before.rowVersion + 1 });
  const after = await findTask(trx, id);
  if (move.kind === 'complete' && after) await conclude(trx, actor, after, move);
  await appendAudit(trx, [{ actor, action: actions[move.kind], subjectType: 'task', subjectId: String(id), before: standing(before), after: after ? standing(after) : undefined }]);
  return after;
}

async function lockCustomerOf(trx: Knex.Transaction, id: number): Promise<void> {
  const customerId = (await findTask(trx, id))?.customerId ?? null;
  if (customerId !== null) await lockCustomersOf(trx, [customerId]);
}

/** What was said is checked against the task as it stands, and then done. Throws ReportError. */
async function conclude(trx: Knex.Transaction, actor: Actor, task: Task, { report, at }: { report: TaskReport; at: Date }): Promise<void> {
  const problems = reportProblems(task, report);
  if (problems.length > 0) throw new ReportError(problems);
  await carryOut(trx, actor, task, report, at);
}

function reported({ outcome, note, ...said }: TaskReport): { outcome: string; note: string | null; outcome_data: string | null } {
  return { outcome, note, outcome_data: Object.values(said).some((value) => value !== undefined) ? JSON.stringify(said) : null };
}

function standing({ queue, state, assignee, outcome, note }: Task): object {
  return { queue, state, assignee: assignee?.name ?? null, outcome, note };
}

function refuseOthers({ assignee }: Task, { userId, others }: { userId: number | null; others: boolean }): void {
  if (assignee && assignee.id !== userId && !others) throw new TaskError(`The task is ${assignee.name}'s: ask them, or somebody who may reassign it.`);
}

async function changesOf(trx: Knex.Transaction, task: Task, move: TaskMove): Promise<Record<string, string | number | Date | null>> {
  switch (move.kind) {
    case 'claim':
      if (task.assignee && task.assignee.id !== move.userId) throw new TaskError(`The task is ${task.assignee.name}'s: reassign it to take it over.`);
      // Whoever takes a task need not be told of it.
      return { state: 'claimed', assignee_id: move.userId, told_assignee_id: move.userId };
    case 'release':
      refuseOthers(task, move);
      return { state: 'open', assignee_id: null };
    case 'complete':
      refuseOthers(task, move);
      return { state: 'done', ...reported(move.report), closed_at: move.at, assignee_id: task.assignee?.id ?? move.userId };
    case 'reassign': {
      if (move.assigneeId !== null) await refuseStranger(trx, move.assigneeId);
      return { assignee_id: move.assigneeId, state: move.assigneeId === null ? 'open' : 'claimed', queue: move.queue ?? task.queue };
    }
  }
}

export async function refuseStranger(trx: Knex.Transaction, userId: number): Promise<void> {
  const why = await whyNoWorker(trx, [userId]);
  if (why !== null) throw new TaskError(why);
}

/** Gives many tasks to a person, or to a queue whose rule says to whom; those that are closed are passed over. Throws TaskError. */
export async function reassignTasks(trx: Knex.Transaction, actor: Actor, ids: readonly number[], to: { assigneeId: number | null; queue: string | null }): Promise<{ reassigned: number; closed: number }> {
  if (to.assigneeId !== null) await refuseStranger(trx, to.assigneeId);
  const wanted = [...new Set(ids)];
  const { rows: before } = await trx.raw<{ rows: { id: number; queue: string; assignee_id: number | null }[] }>(
    `SELECT id, queue, assignee_id FROM tasks WHERE id = ANY (?) AND state IN ('open', 'claimed') ORDER BY id FOR UPDATE`, [wanted]);
  const waiting = before.map(({ id }) => id);
  await trx.raw(`UPDATE tasks SET assignee_id = ?, state = 'open', queue = coalesce(?, queue), row_version = row_version + 1 WHERE id = ANY (?)`, [to.assigneeId, to.queue, waiting]);
  if (to.assigneeId === null) await assignTasks(trx, waiting);
  await appendAudit(trx, before.map(({ id, queue, assignee_id }) => ({
    actor, action: 'task.reassigned', subjectType: 'task', subjectId: String(id), before: { queue, assigneeId: assignee_id }, after: { queue: to.queue ?? queue, assigneeId: to.assigneeId },
  })));
  return { reassigned: waiting.length, closed: wanted.length - waiting.length };
}
