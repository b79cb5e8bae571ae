import { Context } from '@temporalio/activity';
import { readClock } from '../../db/clock/clock';
import type { BatchStep, CollectBatch } from '../../workflows/contracts/batch';
import type { CollectionDeps } from '../collection/activities';
import { collectDue, type BatchLimits } from './collectDue';

export interface BatchDeps extends CollectionDeps {
  limits?: Partial<BatchLimits>;
}

const heartbeatMs = 4_000;
const limitsDefault: BatchLimits = { customersPerPage: 250, pagesAtOnce: 2, messagesMax: 4_000 };

/** What a segment's batches do. The activity lasts as long as there is something due and says by its heartbeat that it lives; each page is a transaction of its own. */
export function createBatchActivities({ limits, ...deps }: BatchDeps) {
  const settings = { knex: deps.knex, clock: deps.clock ?? readClock, onDecision: deps.onDecision ?? (() => undefined) };
  return {
    async collectDue({ segmentId }: CollectBatch): Promise<BatchStep> {
      const { heartbeat, cancellationSignal, log } = Context.current();
      // By time and not by page: a page may wait long for a database that is busy, and a worker that was killed is to be missed soon.
      const beating = setInterval(() => heartbeat(), heartbeatMs);
      try {
        return await collectDue(settings, segmentId, { ...limitsDefault, ...limits }, () => cancellationSignal.aborted,
          (error, customerId) => log.error('It could not be decided for a customer; the others go on', { customerId, error }));
      } finally {
        clearInterval(beating);
      }
    },
  };
}

export type BatchActivities = ReturnType<typeof createBatchActivities>;
