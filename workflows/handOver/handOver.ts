import { log, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { MailActivities } from '../../activities/mail';
import { deliverMessage } from '../collectInvoice/activities';
import { taskQueuesNamed } from '../contracts/queues';

export interface HandOver {
  messageIds: string[];
}

const messagesPerSet = 100;

/**
 * Hands over messages that were queued together: in sets, and then each that could not leave at once on its own, for as long as that takes. Where the provider takes
 * only so many a second each goes on its own from the start, since the limit is that of the queue.
 */
export async function handOver({ messageIds }: HandOver): Promise<void> {
  const { deliverMessages } = proxyActivities<MailActivities>({
    taskQueue: taskQueuesNamed(workflowInfo().taskQueue).mail,
    startToCloseTimeout: '10 m',
    heartbeatTimeout: '15 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 m' },
  });
  const left: string[] = [];
  for (let from = 0; from < messageIds.length; from += messagesPerSet) {
    left.push(...(await deliverMessages({ messageIds: messageIds.slice(from, from + messagesPerSet) })).left);
  }
  await Promise.all(left.map((messageId) => deliverMessage(messageId)
    .catch((error: unknown) => log.error('A message could not be handed over; it stays in the send ledger as it is', { messageId, error }))));
}
