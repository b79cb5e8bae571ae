import type { Logger } from 'pino';
import type { MailDependencies } from '../activities/mail';
import { tellPeople } from '../activities/notices/noticeMails';
import type { ClockReading } from '../db/clock/clock';
import { leaderships, withLeadership } from './leadership';
import { againAndAgain } from './patience';

/** How soon somebody hears of a mention: nobody waits for it, and each look costs some statements. */
const lookEveryMs = 5_000;

/** Tells the people who work with this installation what is theirs, by email where they want that. One worker at a time does it. */
export function createNoticeTeller(deps: MailDependencies, { log, readClock }: { log: Logger; readClock: (knex: MailDependencies['knex']) => Promise<ClockReading> }) {
  return {
    run(signal: AbortSignal): Promise<void> {
      return againAndAgain(signal, { afterErrorMs: lookEveryMs, onError: (error) => log.error({ err: error }, 'telling people stumbled and is tried again') }, async () => {
        await withLeadership(deps.knex, leaderships.notices, async () => tellPeople(deps, (await readClock(deps.knex)).now));
        return lookEveryMs;
      });
    },
  };
}
