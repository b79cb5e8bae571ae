import { condition, continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { nothing as Nothing } from './bareWorker';

const { nothing } = proxyActivities<{ nothing: typeof Nothing }>({ startToCloseTimeout: '30 s' });

/** One timer and one empty activity: what Temporal itself costs for a step. */
export async function bare({ at }: { at: number }): Promise<void> {
  await sleep(Math.max(1, at - Date.now()));
  await nothing();
}

/** Empty activities, so many on their way at once: what Temporal itself costs for them. */
export async function bareActivities({ count, atOnce }: { count: number; atOnce: number }): Promise<void> {
  let left = count;
  let onTheirWay = 0;
  while (left > 0 && !workflowInfo().continueAsNewSuggested) {
    left -= 1;
    onTheirWay += 1;
    void nothing().finally(() => { onTheirWay -= 1; });
    await condition(() => onTheirWay < atOnce);
  }
  await condition(() => onTheirWay === 0);
  if (left > 0) await continueAsNew<typeof bareActivities>({ count: left, atOnce });
}
