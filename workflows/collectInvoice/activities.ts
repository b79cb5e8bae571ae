import { patched, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { CollectionActivities } from '../../activities/collection/activities';
import type { MailActivities } from '../../activities/mail';
import { taskQueuesNamed } from '../contracts/queues';
import type { CollectionRun } from './state';

/**
 * The ledger's profile: short reads and writes in our own database, run where the workflow runs so that a step costs one remote activity, the
 * mail. They never give up. A wait longer than the threshold becomes a timer, so that an outage of the database holds no workflow task.
 */
const ledger = proxyLocalActivities<CollectionActivities>({
  startToCloseTimeout: '30 s',
  localRetryThreshold: '5 s',
  retry: { initialInterval: '100 ms', backoffCoefficient: 2, maximumInterval: '10 s' },
});

/**
 * Asks the ledger, one question after the other. Of two that were asked at once the engine gives the answers as they come, and on a replay in the order of the questions: what
 * followed from them would not be repeated.
 */
export async function askLedger<Answer>(run: CollectionRun, question: (activities: typeof ledger) => Promise<Answer>): Promise<Answer> {
  const before = run.asking;
  const inTurn = run.asked === 0 || patched('asks-the-ledger-in-turn');
  run.asked += 1;
  const answer = inTurn ? before.then(() => question(ledger)) : question(ledger);
  run.asking = Promise.allSettled([before, answer]).then(() => undefined);
  try {
    return await answer;
  } finally {
    run.asked -= 1;
  }
}

/**
 * The mail's profile: one provider call and the writes around it, on the queue that carries the provider's rate limit. It never gives up either:
 * a message ends as sent, cancelled, failed or unknown, and the activity says so by returning.
 */
export function deliverMessage(messageId: string): Promise<unknown> {
  const mail = proxyActivities<MailActivities>({
    taskQueue: taskQueuesNamed(workflowInfo().taskQueue).mail,
    startToCloseTimeout: '60 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 m' },
  });
  return mail.deliverMessage({ messageId });
}
