import type { Knex } from 'knex';
import { readQueueNames } from '../../db/readmodels/names';
import { findTask, listTaskQueues, listTasks, sortKeysOf } from '../../db/readmodels/work';
import { ReportError } from '../../db/work/carryOut';
import { createTask, TaskSubjectError } from '../../db/work/createTask';
import { listQueues, putQueue, QueueError } from '../../db/work/queues';
import { listTaskTemplates, putTaskTemplate } from '../../db/work/taskTemplates';
import { moveTask, reassignTasks, TaskError, type TaskMove } from '../../db/work/tasks';
import { problemsShown } from '../../domain/automation/readAutomation';
import { Problems } from '../../domain/policy/problems';
import type { TaskOutcome } from '../../domain/task/outcome';
import { queueMeant } from '../../domain/task/queueName';
import { checkQueueName } from '../../domain/templates/named';
import { collectors, type Contract } from '../contracts/contract';
import type { taskContracts } from '../contracts/tasks';
import type { Call, Handlers } from '../http/call';
import { userIdOf, type Identity } from '../http/identity';
import { conflict, impossible, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

const openStates = ['open', 'claimed'] as const;

export const taskHandlers: Handlers<typeof taskContracts> = {
  listTasks: async ({ db, query, identity }) => {
    const mine = query.mine && identity.kind === 'person' ? identity.user.id : undefined;
    if (query.mine && mine === undefined) throw impossible('An API key has no tasks of its own: ask by assigneeId.', [{ path: 'mine', message: 'is for people' }]);
    return paged(query, query.sort, sortKeysOf(query.sort), (page) => listTasks(db, { ...query, state: query.state ?? openStates, assigneeId: mine ?? query.assigneeId }, query.sort, page));
  },
  createTask: async ({ trx, body, actor, requestId }) => refusing(async () => {
    const id = await createTask(trx, actor, { ...body, ...(body.queue === undefined ? {} : { queue: await knownQueue(trx, body.queue) }), requestId }, await now(trx));
    const task = await findTask(trx, id);
    if (!task) throw notFound('task', id);
    return task;
  }),
  listTaskQueues: async ({ db }) => ({ items: await listTaskQueues(db) }),
  getTask: async ({ db, params }) => {
    const task = await findTask(db, params.id);
    if (!task) throw notFound('task', params.id);
    return task;
  },
  claimTask: async (call) => {
    if (call.identity.kind !== 'person') throw impossible('An API key cannot take a task: reassign it to a person.');
    return move(call, { kind: 'claim', userId: call.identity.user.id });
  },
  releaseTask: async (call) => move(call, { kind: 'release', ...mover(call.identity) }),
  completeTask: async (call) => move(call, {
    kind: 'complete', report: { ...call.body, note: call.body.note ?? null }, ...mover(call.identity), at: await now(call.db),
  }),
  reassignTask: async (call) => {
    sayTo(call.body);
    return move(call, { kind: 'reassign', assigneeId: call.body.assigneeId ?? null, queue: call.body.queue === undefined ? null : await knownQueue(call.trx, call.body.queue) });
  },
  reassignTasks: async ({ trx, body, actor }) => {
    sayTo(body);
    const queue = body.queue === undefined ? null : await knownQueue(trx, body.queue);
    return refusing(() => reassignTasks(trx, actor, body.ids, { assigneeId: body.assigneeId ?? null, queue }));
  },

  listQueueSettings: ({ db, query }) => paged(query, 'name', 1, (page) => listQueues(db, query, page)),
  putQueue: async ({ trx, params, body, actor }) => refusing(() => putQueue(trx, actor, params.name, body)),
  listTaskTemplates: async ({ db, query }) => {
    const { items, next } = await paged(query, 'name', 1, (page) => listTaskTemplates(db, query, page));
    return { items: items.map(known), next };
  },
  putTaskTemplate: async ({ trx, params, body, actor }) => known(await putTaskTemplate(trx, actor, params.name, { ...body, queue: await knownQueue(trx, body.queue) })),
};

/** Outcomes are checked when a template is written. */
const known = <T extends { outcomes: readonly string[] | null }>(template: T) => ({ ...template, outcomes: template.outcomes as readonly TaskOutcome[] | null });

/** The queue's name as it is set up; one that is not there is refused. */
async function knownQueue(db: Knex, queue: string): Promise<string> {
  const queues = await readQueueNames(db);
  const problems = new Problems();
  checkQueueName(queue, ['queue'], { queues }, problems);
  if (problems.found.length > 0) throw impossible(`There is no queue "${queue}".`, problemsShown(problems));
  return queueMeant(queue, queues) ?? queue;
}

function sayTo({ assigneeId, queue }: { assigneeId?: number | null; queue?: string }): void {
  if (assigneeId === undefined && queue === undefined) throw impossible('Say to whom: assigneeId, queue, or both.', [{ path: 'assigneeId', message: 'is missing' }]);
}

/** Who may reassign a task may also end it or give it back for somebody else. */
function mover(identity: Identity): { userId: number | null; others: boolean } {
  if (identity.kind !== 'person') return { userId: userIdOf(identity), others: true };
  return { userId: identity.user.id, others: collectors.kind === 'roles' && collectors.roles.includes(identity.user.role) };
}

async function move({ trx, actor, params }: Pick<Call<Contract>, 'trx' | 'actor'> & { params: { id: number } }, taskMove: TaskMove) {
  return refusing(async () => {
    const task = await moveTask(trx, actor, params.id, taskMove);
    if (!task) throw notFound('task', params.id);
    return task;
  });
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof TaskSubjectError) throw notFound(error.what, error.id);
    if (error instanceof ReportError) throw impossible(error.message, error.errors);
    if (error instanceof TaskError || error instanceof QueueError) throw conflict(error.message);
    throw error;
  }
}
