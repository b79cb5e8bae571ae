import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { MessageState } from '../../db/mail/states';
import { eachAtOnce } from '../../domain/eachAtOnce';
import type { OfferedCampaign, RunCampaign } from '../../workflows/contracts/campaign';
import { whileBeating } from '../whileBeating';
import { offerCampaign, type OfferBounds } from './campaignOffers';
import { deliver } from './deliver';
import type { MailDependencies } from './dependencies';
import { handOverSets } from './handOverSets';

export type { MailDependencies, DeliveryOutcome } from './dependencies';

export { handOverInTurn, type HandOverInTurn } from './inTurn';

export interface DeliverMessage {
  messageId: string;
}

/** Some seconds' worth of a campaign's messages in one call. */
const offersTogether: OfferBounds = { atOnce: 48, messagesMax: 960 };
/** Where the queue keeps a limit of calls a second, a call is one message. */
const offersOneByOne: OfferBounds = { atOnce: 1, messagesMax: 1 };

/** Messages of a set that are on their way at a time. */
const handedOverAtOnce = 24;
const handOverHeartbeatMs = 4_000;

const heartbeatMs = 10_000;

/** The activities of the mail queue. `isLimited`: the queue lets only so many calls a second through. */
export function createMailActivities(deps: MailDependencies, isLimited = false) {
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
    /** Hands over what a campaign's run has written, many messages in one call. Answers when it is to be called again; a message that is not to be had does not fail it. */
    async offerCampaignMessages({ runId }: RunCampaign): Promise<OfferedCampaign> {
      const context = Context.current();
      return whileBeating(context, heartbeatMs, () => offerCampaign(deps, sets, runId, isLimited ? offersOneByOne : offersTogether, context.cancellationSignal));
    },
    /**
     * Hands over messages that were queued together, and answers those that could not leave yet: each of them is to be delivered on its own. Where the queue
     * carries a rate limit that is all of them, since one activity counts as one message.
     */
    async deliverMessages({ messageIds }: { messageIds: readonly string[] }): Promise<{ left: string[] }> {
      if (isLimited) return { left: [...messageIds] };
      const context = Context.current();
      const left: string[] = [];
      await whileBeating(context, handOverHeartbeatMs, () => eachAtOnce(messageIds, handedOverAtOnce, async (messageId) => {
        // Whatever went wrong, the message's own activity meets it again, and repeats it.
        const isSettled = !context.cancellationSignal.aborted && (await deliver(deps, messageId, sets).then(({ kind }) => kind === 'settled', () => false));
        if (!isSettled) left.push(messageId);
      }));
      return { left };
    },
  };
}

export type MailActivities = ReturnType<typeof createMailActivities>;
