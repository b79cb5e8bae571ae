import { condition, continueAsNew, log, patched, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { SegmentStepActivities } from '../../activities/segment/stepActivities';
import { deliverMessage } from '../collectInvoice/activities';
import type { CollectSegment } from '../contracts/segment';

/** A step is a page of some hundred customers in one transaction of our own database. */
const { stepSegment } = proxyLocalActivities<SegmentStepActivities>({
  startToCloseTimeout: '60 s',
  localRetryThreshold: '10 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
});

/** A page writes some events for each of its messages: a run of so many keeps its history short. */
const messagesPerRunMax = 2_000;

/**
 * How segments collect whose workflow began before members were paged through by an activity of their own: a page is a local activity, and each message is handed over by an activity. Kept for as
 * long as such runs may be open; each goes over when it is woken next and has nothing under way.
 */
export async function collectStepByStep({ segmentId }: CollectSegment, news: { changed: boolean }): Promise<void> {
  const startAnew = (): Promise<never> => continueAsNew<(input: CollectSegment) => Promise<void>>({ segmentId });
  let delivering = 0;
  let delivered = 0;

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
    news.changed = false;
    const step = await stepSegment({ segmentId });
    if (step.kind === 'more') step.deliver.forEach(setOnItsWay);
    if (step.kind === 'done') {
      await condition(() => delivering === 0 || news.changed);
      if (!news.changed) return;
    }
    if (delivered >= messagesPerRunMax || workflowInfo().continueAsNewSuggested) {
      // A new run would not know of what is under way.
      await condition(() => delivering === 0);
      await startAnew();
    }
    if (step.kind !== 'wait') continue;
    if (step.waitMs === null) await condition(() => news.changed);
    else await condition(() => news.changed, step.waitMs, { summary: step.why });
    if (delivering === 0 && patched('goes-over-to-a-remote-activity')) await startAnew();
  }
}
