import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { BatchActivities } from '../../activities/batch/activities';
import { batchChangedSignal, type BatchStep, type CollectBatch } from '../contracts/batch';
import { taskQueuesNamed } from '../contracts/queues';
import { startHandOvers } from '../handOver/start';

/** A backlog of a large ledger takes minutes; what dies in between is known by its heartbeat. It never gives up. */
function collectDue(input: CollectBatch): Promise<BatchStep> {
  return proxyActivities<BatchActivities>({
    taskQueue: taskQueuesNamed(workflowInfo().taskQueue).batch,
    startToCloseTimeout: '30 m',
    heartbeatTimeout: '15 s',
    retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
  }).collectDue(input);
}

/** A round writes some ten events, and a few for each child that it starts. */
const roundsPerRunMax = 300;

/**
 * Collects the invoices of a segment's members in batches, in place of one workflow for each. What is due is in the database: this asks for it to be done, has what was
 * queued handed over by children of its own standing, sleeps until the next milestone or until it is told, and asks again.
 */
export async function collectBatch({ segmentId }: CollectBatch): Promise<void> {
  let changed = false;
  setHandler(batchChangedSignal, () => {
    changed = true;
  });
  const started: Promise<void>[] = [];
  for (let rounds = 1; ; rounds += 1) {
    changed = false;
    const step = await collectDue({ segmentId });
    // While the children are started the next is decided.
    started.push(startHandOvers(step.deliver));
    if (step.kind !== 'more') await Promise.all(started.splice(0));
    if (step.kind === 'done' && !changed) return;
    if (rounds >= roundsPerRunMax || workflowInfo().continueAsNewSuggested) {
      await Promise.all(started);
      await continueAsNew<typeof collectBatch>({ segmentId });
    }
    if (step.kind !== 'wait') continue;
    if (step.waitMs === null) await condition(() => changed);
    else await condition(() => changed, step.waitMs, { summary: step.at ?? 'look again' });
  }
}
