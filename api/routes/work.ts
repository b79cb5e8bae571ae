import { HoldError, placeHold, releaseHold } from '../../db/work/holds';
import { listHandoffs, listHolds, listNotifications, readNotification, readShown } from '../../db/readmodels/work';
import type { workContracts } from '../contracts/work';
import type { Handlers } from '../http/call';
import { userIdOf } from '../http/identity';
import { conflict, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

export const workHandlers: Handlers<typeof workContracts> = {
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
  listNotifications: async ({ db, query, identity }) => paged(query, '-at', 2, (page) => listNotifications(db, { ...query, userId: userIdOf(identity) }, page)),
  readNotification: async ({ db, params, identity }) => {
    const notification = await readNotification(db, params.id, userIdOf(identity) ?? 0);
    if (!notification) throw notFound('notification', params.id);
    return notification;
  },
  readNotifications: async ({ db, body, identity }) => ({ read: await readShown(db, body.ids, userIdOf(identity) ?? 0) }),
};
