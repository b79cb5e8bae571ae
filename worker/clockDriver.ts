import { arriveAt, stepClock, type ClockReading } from '../db/clock/clock';
import { settleWriteOffRequests } from '../db/approvals';
import { escalateOverdueTasks } from '../db/work/escalateTasks';
import { dueInvoices, isQuiet, neglectedInvoices, nextMilestone, readUnrest, waitsFor } from '../db/clock/milestones';
import { leaderships, withLeadership } from './leadership';
import { pause } from './patience';
import type { Relay } from './relay';
import { wakeAll, type RelayDeps } from './waking';

const shortestPollMs = 4;
const longestPollMs = 30;
/** How long it waits for quiet before it wakes again whoever seems to have been forgotten. */
const nudgeAfterMs = 5_000;
const nudgedAtOnceMax = 200;
/** How often it says what it still waits for. */
const tellEveryMs = 60_000;
/** How long it looks away when nothing is asked of it; shortly after something was, it looks often. */
const idlePauseMaxMs = 100;
const realTimePauseMs = 5_000;
const elsewherePauseMs = 1_000;
const afterErrorMs = 1_000;
/** Between two frames of play. */
const playFrameMs = 100;
const hourMs = 3_600_000;

/**
 * Drives the manual clock: to advance, it moves the clock to the next milestone of any invoice, wakes just the workflows that are due, and waits
 * until nothing moves any more, over and over. All it goes by is in the database, so that after any death it goes on where it was. On real
 * time it does nothing.
 */
export function createClockDriver(deps: RelayDeps, relay: Relay): { run(signal: AbortSignal): Promise<void> } {
  const { knex, log, readClock } = deps;

  /** Does what the clock is asked for; answers how long to look away. */
  async function turn(idlePauseMs: number, signal: AbortSignal): Promise<number> {
    const clock = await readClock(knex);
    if (clock.mode === 'real') return realTimePauseMs;
    if (clock.target !== null) {
      await advance(({ target }) => target, signal);
      return 0;
    }
    if (clock.playHoursPerSecond !== null) {
      const frame = clock.now + (clock.playHoursPerSecond * hourMs * playFrameMs) / 1_000;
      await advance(({ playHoursPerSecond }) => (playHoursPerSecond === null ? null : frame), signal);
      return playFrameMs;
    }
    if (isQuiet(await readUnrest(knex, clock.now))) return Math.min(idlePauseMaxMs, Math.max(shortestPollMs, idlePauseMs * 2));
    await settle(clock, signal);
    return 0;
  }

  /**
   * Steps through every milestone on the way to a limit, as long as one is asked for: a pause takes it away (null). It settles after the limit is known,
   * so that what is written between two advances is done before the clock leaves the instant at which it was written.
   */
  async function advance(limitOf: (clock: ClockReading) => number | null, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const clock = await readClock(knex);
      const limit = limitOf(clock);
      if (clock.mode === 'real' || limit === null) return;
      await settle(clock, signal);
      if (signal.aborted) return;
      if (clock.now >= limit) return arriveAt(knex, limit);
      await stepClock(knex, (await nextMilestone(knex, clock.now, limit)) ?? limit);
    }
  }

  /** Wakes the workflows that are due at this instant and waits until nothing moves. */
  async function settle(clock: ClockReading, signal: AbortSignal): Promise<void> {
    await escalateOverdueTasks(knex, clock.now);
    await settleWriteOffRequests(knex, clock.now);
    await wakeAll(deps, await dueInvoices(knex, clock.now), signal);
    await quiet(clock, signal);
  }

  /** Waits until nothing moves at this instant. */
  async function quiet(clock: ClockReading, signal: AbortSignal): Promise<void> {
    let pollMs = shortestPollMs;
    let nudgedAt = Date.now();
    let toldAt: number | null = null;
    while (!signal.aborted) {
      const unrest = await readUnrest(knex, clock.now);
      if (isQuiet(unrest)) return;
      if (unrest.unrelayed) relay.poke();
      if (Date.now() - nudgedAt > nudgeAfterMs) {
        const forgotten = await neglectedInvoices(knex, clock.now, nudgeAfterMs, nudgedAtOnceMax);
        if (toldAt === null || Date.now() - toldAt > tellEveryMs) {
          toldAt = Date.now();
          log.warn({ waitsFor: waitsFor(unrest), forgotten: forgotten.length, now: new Date(clock.now).toISOString() }, 'the clock waits until nothing moves any more; whoever seems forgotten is woken again');
        }
        await wakeAll(deps, forgotten, signal);
        nudgedAt = Date.now();
      }
      await pause(pollMs, signal);
      pollMs = Math.min(longestPollMs, pollMs * 1.5);
    }
  }

  return {
    async run(signal) {
      let pauseMs = shortestPollMs;
      while (!signal.aborted) {
        try {
          const led = await withLeadership(knex, leaderships.clock, () => turn(pauseMs, signal));
          pauseMs = led?.result ?? elsewherePauseMs;
        } catch (error) {
          if (signal.aborted) return;
          log.error({ err: error }, 'the clock stumbled and tries again');
          pauseMs = afterErrorMs;
        }
        await pause(pauseMs, signal);
      }
    },
  };
}
