import { log } from '@temporalio/workflow';
import { deliverMessage } from './activities';
import type { CollectionRun } from './state';

/**
 * Sets messages on their way without waiting for them: a provider that is down for hours must not keep a payment from releasing a hold. A
 * message is offered once by one run; what became of it is in the send ledger.
 */
export function setOnTheirWay(run: CollectionRun, messages: readonly string[]): void {
  for (const messageId of messages) {
    if (run.offered.includes(messageId)) continue;
    run.offered.push(messageId);
    run.delivering += 1;
    void deliverMessage(messageId)
      .catch((error: unknown) => log.error('A message could not be handed over; it stays in the send ledger as it is', { messageId, error }))
      .finally(() => {
        run.delivering -= 1;
      });
  }
}
