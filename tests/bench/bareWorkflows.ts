import { proxyActivities, sleep } from '@temporalio/workflow';
import type { nothing as Nothing } from './bareWorker';

const { nothing } = proxyActivities<{ nothing: typeof Nothing }>({ startToCloseTimeout: '30 s' });

/** One timer and one empty activity: what Temporal itself costs for a step. */
export async function bare({ at }: { at: number }): Promise<void> {
  await sleep(Math.max(1, at - Date.now()));
  await nothing();
}
