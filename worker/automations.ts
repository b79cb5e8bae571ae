import { dueFirings, fire, recordStumble } from '../db/automations/firings';
import { sweepTimeEvents } from '../db/events/timeEvents';
import type { InstantMs } from '../domain/calendar/dates';
import { eachAtOnce } from '../domain/eachAtOnce';
import { leaderships, withLeadership } from './leadership';
import { againAndAgain } from './patience';
import type { RelayDeps } from './waking';

const batchSize = 500;
/** Each holds a database connection. */
const firingsAtOnce = 4;
/** On real time a day past due is told of within so long; a manual clock stands still until it is. */
const sweepEveryMs = 60_000;
const idlePauseMs = 150;
const elsewherePauseMs = 1_000;
const afterErrorMs = 1_000;

/**
 * Tells of the days past due that somebody listens to, and fires the automations that have heard of something. All it goes by is in the database, and each firing
 * is one transaction, so that after any death it goes on where it was. One worker at a time does it.
 */
export function createAutomationRunner({ knex, log, readClock }: Pick<RelayDeps, 'knex' | 'log' | 'readClock'>): { run(signal: AbortSignal): Promise<void>; turn(): Promise<number> } {
  async function fireOne(id: number, now: InstantMs): Promise<void> {
    try {
      await fire(knex, id, now);
    } catch (error) {
      log.error({ err: error, firing: id }, 'an automation stumbled and is tried again');
      await recordStumble(knex, id, error instanceof Error ? error.message : String(error), now);
    }
  }

  async function turn(): Promise<number> {
    const { now, mode } = await readClock(knex);
    const told = await knex.transaction((trx) => sweepTimeEvents(trx, now, mode === 'manual' ? 0 : sweepEveryMs));
    const firings = await dueFirings(knex, now, batchSize);
    // What a customer's events call for is done in their order: how often an automation may fire for a customer counts what came before.
    const ofCustomers = new Map<number, number[]>();
    for (const { id, customerId } of firings) ofCustomers.set(customerId, [...(ofCustomers.get(customerId) ?? []), id]);
    await eachAtOnce(ofCustomers.values(), firingsAtOnce, async (ids) => {
      for (const id of ids) await fireOne(id, now);
    });
    return told + firings.length;
  }

  return {
    turn,
    run(signal) {
      return againAndAgain(signal, { afterErrorMs, onError: (error) => log.error({ err: error }, 'the automations stumbled and try again') }, async () => {
        const led = await withLeadership(knex, leaderships.automations, turn);
        if (!led) return elsewherePauseMs;
        return led.result > 0 ? 0 : idlePauseMs;
      });
    },
  };
}
