import { readClock } from '../../db/clock/clock';
import { recordAccepted, type Acceptance } from '../../db/mail/accepted';
import { inSets } from '../inSets';
import type { Delivery } from './deliver';
import type { MailDependencies } from './dependencies';
import { prepareHandOvers, type Prepared } from './prepare';

/** The steps of a hand-over that many messages on their way at the same time take as sets. */
export interface HandOverSets {
  prepare(messageId: string): Promise<Prepared>;
  accept(acceptance: Acceptance): Promise<Delivery>;
}

/** Few enough that their customers are not locked for long while they are rendered. */
const preparing = { sizeMax: 16, atOnce: 2 };
const accepting = { sizeMax: 48, atOnce: 1 };

export function handOverSets(deps: MailDependencies): HandOverSets {
  const accepted = new Map<string, Acceptance>();
  const accept = inSets(async (messageIds) => {
    const acceptances = messageIds.flatMap((id) => accepted.get(id) ?? []);
    await deps.knex.transaction(async (trx) => recordAccepted(trx, deps.provider.name, acceptances, (await readClock(trx)).now));
    // A message that two hand over at once may have been accepted anew meanwhile: that waits for the next set.
    for (const acceptance of acceptances) if (accepted.get(acceptance.messageId) === acceptance) accepted.delete(acceptance.messageId);
    return new Map(acceptances.map(({ messageId, state }): [string, Delivery] => [messageId, { kind: 'settled', state }]));
  }, accepting);
  return {
    prepare: inSets((messageIds) => prepareHandOvers(deps, messageIds), preparing),
    accept: (acceptance) => {
      accepted.set(acceptance.messageId, acceptance);
      return accept(acceptance.messageId);
    },
  };
}
