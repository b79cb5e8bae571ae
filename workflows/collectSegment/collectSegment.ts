import { condition, continueAsNew, patched, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { SegmentActivities } from '../../activities/segment/activities';
import { taskQueuesNamed } from '../contracts/queues';
import { segmentChangedSignal, type CollectSegment, type MembersStep } from '../contracts/segment';
import { startHandOvers } from '../handOver/start';
import { collectStepByStep } from './stepByStep';

/** A run over a large segment takes minutes; what dies in between is known by its heartbeat. It never gives up. */
function collectMembers(input: CollectSegment): Promise<MembersStep> {
  return proxyActivities<SegmentActivities>({
    taskQueue: taskQueuesNamed(workflowInfo().taskQueue).segment,
    startToCloseTimeout: '30 m',
    heartbeatTimeout: '15 s',
    retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
  }).collectMembers(input);
}

/** A call writes some ten events, and a few for the child that hands over what it queued. */
const callsPerRunMax = 300;

/**
 * Collects by a segment at its cadence. How far a run is, whom it wrote to and when the next one is, is in the database: this has a run gone on with, so many members at a time, has what was
 * queued handed over by children of its own standing, sleeps until there is something to do or until it is told, and asks again. It lasts as long as the segment has a schedule.
 */
export async function collectSegment({ segmentId }: CollectSegment): Promise<void> {
  const news = { changed: false };
  setHandler(segmentChangedSignal, () => {
    news.changed = true;
  });
  if (!patched('members-by-a-remote-activity')) return collectStepByStep({ segmentId }, news);

  const started: Promise<void>[] = [];
  for (let calls = 1; ; calls += 1) {
    news.changed = false;
    const step = await collectMembers({ segmentId });
    // While the children are started the next members are decided on.
    started.push(startHandOvers(step.deliver));
    if (step.kind !== 'more') await Promise.all(started.splice(0));
    if (step.kind === 'done' && !news.changed) return;
    if (calls >= callsPerRunMax || workflowInfo().continueAsNewSuggested) {
      await Promise.all(started);
      await continueAsNew<typeof collectSegment>({ segmentId });
    }
    if (step.kind !== 'wait') continue;
    if (step.waitMs === null) await condition(() => news.changed);
    else await condition(() => news.changed, step.waitMs, { summary: step.why });
  }
}
