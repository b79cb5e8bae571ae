import { deliver, type Delivery } from './deliver';
import type { MailDependencies } from './dependencies';
import { handOverSets, type HandOverSets } from './handOverSets';

/** Tries to hand messages over right away; answers those that are still to be delivered by the mail queue. */
export type HandOverInTurn = (messageIds: readonly string[]) => Promise<string[]>;

/** Well under what a workflow task may take: whatever takes longer is the mail queue's. */
const callTimeoutMs = 4_000;
/** A customer with an email for each of hundreds of invoices does not make a turn long, nor a burst of requests. */
const messagesMax = 4;
/** After a hand-over that did not end at once, all go by the queue for so long. */
const closedMs = 30_000;

/**
 * Hands over within the turn that queued a message, which spares its workflow a remote activity. Only for a provider that knows a repeat for what it is, since an
 * attempt is cut short here and made again by the queue; and none after one that was slow, busy or down, so that a provider in trouble holds up no decision.
 */
export function handOverInTurn(deps: MailDependencies, sets: HandOverSets = handOverSets(deps)): HandOverInTurn {
  if (deps.provider.keyLifetimeMs === 0) return (messageIds) => Promise.resolve([...messageIds]);
  let closedUntil = -Infinity;
  const isSettled = async (messageId: string): Promise<boolean> => {
    if (performance.now() < closedUntil) return false;
    const { kind } = await attempt(deps, messageId, sets);
    if (kind === 'retry') closedUntil = performance.now() + closedMs;
    return kind === 'settled';
  };
  return async (messageIds) => {
    const settled = await Promise.all(messageIds.slice(0, messagesMax).map(isSettled));
    return messageIds.filter((_, position) => !settled[position]);
  };
}

async function attempt(deps: MailDependencies, messageId: string, sets: HandOverSets): Promise<Pick<Delivery, 'kind'>> {
  try {
    return await deliver(deps, messageId, sets, callTimeoutMs);
  } catch {
    // Whatever fails here is the queue's to try again and to report: the turn itself is recorded, and must not fail for it.
    return { kind: 'retry' };
  }
}
