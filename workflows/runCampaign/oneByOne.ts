import { condition, continueAsNew, log, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { CampaignActivities } from '../../activities/campaign/activities';
import type { MailActivities } from '../../activities/mail';
import type { RunCampaign } from '../contracts/campaign';
import { taskQueuesNamed } from '../contracts/queues';

/** A page is one transaction in our own database. It never gives up: what failed is in the run's row for people to see. */
const { advanceCampaign } = proxyLocalActivities<CampaignActivities>({
  startToCloseTimeout: '60 s',
  localRetryThreshold: '10 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
});

/** Messages on their way at once: as many as the mail queue takes on, twice over, so that it never waits for us. */
const onTheirWayMax = 96;
/** A message writes some six events; a run of so many keeps its history well within what a server holds. */
const messagesPerRunMax = 2_000;
const pagesPerRunMax = 500;

/**
 * How runs hand over that began before messages were offered by pages: each by an activity of its own. Kept for as long as such runs may be open; each goes over to pages when it
 * continues as new.
 */
export async function handOverOneByOne({ runId }: RunCampaign, news: { changed: boolean }): Promise<string> {
  const offered = new Set<string>();
  let onTheirWay = 0;
  const { deliverMessage } = proxyActivities<MailActivities>({
    taskQueue: taskQueuesNamed(workflowInfo().taskQueue).mail,
    startToCloseTimeout: '60 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 m' },
  });
  const setOnItsWay = (messageId: string): void => {
    offered.add(messageId);
    onTheirWay += 1;
    void deliverMessage({ messageId })
      .catch((error: unknown) => log.error('A message could not be handed over; it stays in the send ledger as it is', { messageId, error }))
      .finally(() => {
        onTheirWay -= 1;
      });
  };

  for (let pages = 1; ; pages += 1) {
    news.changed = false;
    const { kind, waitMs, deliver } = await advanceCampaign({ runId });
    for (const messageId of deliver) {
      if (offered.has(messageId)) continue;
      await condition(() => onTheirWay < onTheirWayMax);
      setOnItsWay(messageId);
    }
    if (pages >= pagesPerRunMax || offered.size >= messagesPerRunMax || workflowInfo().continueAsNewSuggested) {
      await condition(() => onTheirWay === 0);
      await continueAsNew<(input: RunCampaign) => Promise<string>>({ runId });
    }
    if (kind === 'more') continue;
    if (kind === 'ended') {
      await condition(() => onTheirWay === 0 || news.changed);
      if (!news.changed) return 'ended';
    } else if (waitMs === null) await condition(() => news.changed);
    else await condition(() => news.changed, waitMs);
  }
}
