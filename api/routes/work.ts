import { HoldError, placeHold, releaseHold } from '../../db/work/holds';
import { moveTask, TaskError, type TaskMove } from '../../db/work/tasks';
import { findTask, listHandoffs, listHolds, listNotifications, listTaskQueues, listTasks, readNotification } from '../../db/readmodels/work';
import type { workContracts } from '../contracts/work';
import { collectors } from '../contracts/contract';
import type { Call, Handlers } from '../http/call';
import type { Identity } from '../http/identity';
import { conflict, impossible, notFound } from '../http/problem';
import type { Contract } from '../contracts/contract';
import { now } from './ledgerContext';
import { paged } from './paging';

const openStates = ['open', 'claimed'] as const;

export const workHandlers: Handlers<typeof workContracts> = {
  listTasks: async ({ db, query, identity }) => {
    const mine = query.mine && identity.kind === 'person' ? identity.user.id : undefined;
    if (query.mine && mine === undefined) throw impossible('An API key has no tasks of its own: ask by assigneeId.', [{ path: 'mine', message: 'is for people' }]);
    return paged(query, 'dueOn', 2, (page) => listTasks(db, { ...query, state: query.state ?? openStates, assigneeId: mine ?? query.assigneeId }, page));
  },
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
    kind: 'complete', outcome: call.body.outcome, note: call.body.note ?? null, ...mover(call.identity), at: await now(call.db),
  }),
  reassignTask: async (call) => {
    if (call.body.assigneeId === undefined && call.body.queue === undefined) throw impossible('Say to whom: assigneeId, queue, or both.', [{ path: 'assigneeId', message: 'is missing' }]);
    return move(call, { kind: 'reassign', assigneeId: call.body.assigneeId ?? null, queue: call.body.queue ?? null });
  },

  listHolds: async ({ db, query }) => paged(query, '-placedAt', 2, (page) => listHolds(db, query, page)),
  placeHold: async ({ trx, body, actor }) => {
    const hold = await placeHold(trx, actor, body, await now(trx));
    if (!hold) throw notFound('customer', body.customerId);
    return hold;
  },
  releaseHold: async ({ trx, params, body, actor }) => {
    try {
      const hold = await releaseHold(trx, actor, params.id, body.reason, await now(trx));
      if (!hold) throw notFound('hold', params.id);
      return hold;
    } catch (error) {
      if (error instanceof HoldError) throw conflict(error.message);
      throw error;
    }
  },

  listHandoffs: async ({ db, query }) => paged(query, '-at', 2, (page) => listHandoffs(db, query, page)),
  listNotifications: async ({ db, query }) => paged(query, '-at', 2, (page) => listNotifications(db, query, page)),
  readNotification: async ({ db, params }) => {
    const notification = await readNotification(db, params.id);
    if (!notification) throw notFound('notification', params.id);
    return notification;
  },
};

/** Who may reassign a task may also end it or give it back for somebody else. */
function mover(identity: Identity): { userId: number | null; others: boolean } {
  if (identity.kind !== 'person') return { userId: null, others: true };
  return { userId: identity.user.id, others: collectors.kind === 'roles' && collectors.roles.includes(identity.user.role) };
}

async function move({ trx, actor, params }: Pick<Call<Contract>, 'trx' | 'actor'> & { params: { id: number } }, taskMove: TaskMove) {
  try {
    const task = await moveTask(trx, actor, params.id, taskMove);
    if (!task) throw notFound('task', params.id);
    return task;
  } catch (error) {
    if (error instanceof TaskError) throw conflict(error.message);
    throw error;
  }
}
