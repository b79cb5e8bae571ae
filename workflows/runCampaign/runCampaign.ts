import { condition, continueAsNew, patched, proxyActivities, proxyLocalActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CampaignActivities } from '../../activities/campaign/activities';
import type { MailActivities } from '../../activities/mail';
import { campaignChangedSignal, type RunCampaign } from '../contracts/campaign';
import { taskQueuesNamed } from '../contracts/queues';
import { handOverOneByOne } from './oneByOne';

/** A page is one transaction in our own database. It never gives up: what failed is in the run's row for people to see. */
const { advanceCampaign } = proxyLocalActivities<CampaignActivities>({
  startToCloseTimeout: '60 s',
  localRetryThreshold: '10 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
});

/** Pages and hand-overs write some events each: a run of so many keeps its history well within what a server holds. */
const pagesPerRunMax = 500;
const offersPerRunMax = 500;

/**
 * Runs a campaign: asks for one page after the other, who joins and what is due, and beside that hands over what came of it. The two do not wait for each other: a provider that is down keeps no
 * page from being decided, and no pause or stop from being seen. Who is in it, how far each is, whether it may go on and which messages are still to leave is in the database; this carries nothing.
 */
export async function runCampaign({ runId }: RunCampaign): Promise<string> {
  const news = { changed: false };
  setHandler(campaignChangedSignal, () => {
    news.changed = true;
  });
  if (!patched('offers-messages-by-pages')) return handOverOneByOne({ runId }, news);

  const post = openPost(runId);
  for (let pages = 1; ; pages += 1) {
    news.changed = false;
    const { kind, waitMs } = await advanceCampaign({ runId, handsOver: 'by-pages' });
    post.look();
    if (pages >= pagesPerRunMax || post.calls >= offersPerRunMax || workflowInfo().continueAsNewSuggested) {
      await post.close();
      await continueAsNew<typeof runCampaign>({ runId });
    }
    if (kind === 'more') continue;
    const isWoken = (): boolean => news.changed || post.calls >= offersPerRunMax;
    if (kind === 'ended') {
      await condition(() => post.isEmpty || isWoken());
      if (post.isEmpty && !news.changed) return 'ended';
    } else if (waitMs === null) await condition(isWoken);
    else await condition(isWoken, waitMs);
  }
}

/** Hands over a run's messages, one call after the other, for as long as there are any; `look` says that there may be new ones. */
function openPost(runId: number): { calls: number; isEmpty: boolean; look(): void; close(): Promise<void> } {
  const { offerCampaignMessages } = proxyActivities<MailActivities>({
    taskQueue: taskQueuesNamed(workflowInfo().taskQueue).mail,
    startToCloseTimeout: '10 m',
    heartbeatTimeout: '45 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '1 m' },
  });
  const post = { calls: 0, isEmpty: false, isAsked: false, isClosing: false };
  const run = async (): Promise<void> => {
    while (!post.isClosing) {
      post.isAsked = false;
      post.calls += 1;
      const { nextInMs } = await offerCampaignMessages({ runId });
      const isWoken = (): boolean => post.isAsked || post.isClosing;
      if (nextInMs === null) {
        post.isEmpty = !post.isAsked;
        await condition(isWoken);
      } else if (nextInMs > 0) await condition(isWoken, nextInMs);
    }
  };
  const running = run();
  return {
    get calls() { return post.calls; },
    get isEmpty() { return post.isEmpty; },
    look: () => {
      post.isAsked = true;
      post.isEmpty = false;
    },
    close: async () => {
      post.isClosing = true;
      await running;
    },
  };
}
