import { Context } from '@temporalio/activity';
import type { BatchStep, CollectBatch } from '../../workflows/contracts/batch';
import { collectionSettings, type CollectionDeps } from '../collection/activities';
import { whileBeating } from '../whileBeating';
import { collectDue, type BatchLimits } from './collectDue';

export interface BatchDeps extends CollectionDeps {
  limits?: Partial<BatchLimits>;
}

const heartbeatMs = 4_000;
const limitsDefault: BatchLimits = { customersPerPage: 150, pagesAtOnce: 4, messagesMax: 10_000 };

/** What a segment's batches do. The activity lasts as long as there is something due and says by its heartbeat that it lives; each page is a transaction of its own. */
export function createBatchActivities({ limits, ...deps }: BatchDeps) {
  const settings = collectionSettings(deps);
  return {
    async collectDue({ segmentId }: CollectBatch): Promise<BatchStep> {
      const context = Context.current();
      return whileBeating(context, heartbeatMs, () => collectDue(settings, segmentId, { ...limitsDefault, ...limits }, () => context.cancellationSignal.aborted,
        (error, customerId) => context.log.error('It could not be decided for a customer; the others go on', { customerId, error })));
    },
  };
}

export type BatchActivities = ReturnType<typeof createBatchActivities>;
