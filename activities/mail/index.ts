import { ApplicationFailure } from '@temporalio/common';
import type { MessageState } from '../../db/mail/states';
import { deliver } from './deliver';
import type { MailDependencies } from './dependencies';
import { handOverSets } from './handOverSets';

export type { MailDependencies, DeliveryOutcome } from './dependencies';

export interface DeliverMessage {
  messageId: string;
}

/** The activities of the mail queue. */
export function createMailActivities(deps: MailDependencies) {
  const sets = handOverSets(deps);
  return {
    /**
     * Hands a message over to the mail provider, at most once however often it is called. Ends when the message has: `sent`, `delivered`, `cancelled`
     * (it was about nothing any more), `failed` or `unknown` (a task for a person says so).
     * Throws a retryable failure that says when to come back when the provider is busy, down or unclear, or the send window is closed.
     */
    async deliverMessage({ messageId }: DeliverMessage): Promise<{ state: MessageState }> {
      const delivery = await deliver(deps, messageId, sets);
      if (delivery.kind === 'settled') return { state: delivery.state };
      throw ApplicationFailure.create({
        message: `Message ${messageId} is not handed over yet: ${delivery.reason}`, type: 'MessageNotHandedOver', nonRetryable: false, nextRetryDelay: delivery.afterMs,
      });
    },
  };
}

export type MailActivities = ReturnType<typeof createMailActivities>;
