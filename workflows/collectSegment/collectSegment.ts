import { condition, continueAsNew, log, proxyLocalActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { SegmentActivities } from '../../activities/segment/activities';
import { deliverMessage } from '../collectInvoice/activities';
import { segmentChangedSignal, type CollectSegment } from '../contracts/segment';

/** A step is a page of some hundred customers in one transaction of our own database. */
const { stepSegment } = proxyLocalActivities<SegmentActivities>({
  startToCloseTimeout: '60 s',
  localRetryThreshold: '10 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
});

/** A page writes some events for each of its messages: a run of so many keeps its history short. */
const messagesPerRunMax = 2_000;

/**
 * Collects by a segment at its cadence. How far a run is, whom it wrote to and when the next one is, is in the database: this asks for the next step, hands over
 * what it wrote, sleeps until there is something to do or until it is told, and asks again. It lasts as long as the segment has a schedule.
 */
export async function collectSegment({ segmentId }: CollectSegment): Promise<void> {
  let changed = false;
  let delivering = 0;
  let delivered = 0;
  setHandler(segmentChangedSignal, () => {
    changed = true;
  });

  const setOnItsWay = (messageId: string): void => {
    delivering += 1;
    delivered += 1;
    void deliverMessage(messageId)
      .catch((error: unknown) => log.error('A message could not be handed over; it stays in the send ledger as it is', { messageId, error }))
      .finally(() => {
        delivering -= 1;
      });
  };

  for (;;) {
    changed = false;
    const step = await stepSegment({ segmentId });
    if (step.kind === 'more') step.deliver.forEach(setOnItsWay);
    if (step.kind === 'done') {
      await condition(() => delivering === 0 || changed);
      if (!changed) return;
    }
    if (delivered >= messagesPerRunMax || workflowInfo().continueAsNewSuggested) {
      // A new run would not know of what is under way.
      await condition(() => delivering === 0);
      await continueAsNew<typeof collectSegment>({ segmentId });
    }
    if (step.kind !== 'wait') continue;
    if (step.waitMs === null) await condition(() => changed);
    else await condition(() => changed, step.waitMs, { summary: step.why });
  }
}
