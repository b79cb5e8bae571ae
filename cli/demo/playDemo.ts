import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { readClock, requestAdvance } from '../../db/clock/clock';
import { demoLedger, demoToday } from '../../demo/demoLedger';
import { dayMs, dayNumber, type InstantMs } from '../../domain/calendar/dates';
import { demoEvents } from './demoEvents';
import { recordDemoEvents } from './loadDemo';

const playedDays = 56;
const openingHour = 9;
const openingMinute = 30;

/** The demo's clock on the first start. */
export const demoBegins: InstantMs = (dayNumber(demoToday) - playedDays) * dayMs;
/** Where the play ends: a Wednesday morning in Europe, before America's working day. */
export const demoOpens: InstantMs = dayNumber(demoToday) * dayMs + (openingHour * 60 + openingMinute) * 60_000;

/** True if the database holds the demo. */
export async function holdsDemo(knex: Knex): Promise<boolean> {
  const [first] = demoLedger().customers;
  const { rows } = await knex.raw<{ rows: unknown[] }>('SELECT 1 FROM customers WHERE external_id = ? AND name = ?', [first?.externalId ?? '', first?.name ?? '']);
  return rows.length > 0;
}

/** True if the database holds the demo and its clock has not reached the day on which the demo opens. */
export async function isDemoUnplayed(knex: Knex): Promise<boolean> {
  if (!(await holdsDemo(knex))) return false;
  const clock = await readClock(knex);
  return clock.mode === 'manual' && clock.now < demoOpens;
}

export type PlayProgress = (at: InstantMs, share: number) => void;

/**
 * Plays the demo's last weeks on the running system: advances the clock from event to event and records each when its time has
 * come. Broken off, it goes on from where the clock stands.
 */
export async function playDemo(knex: Knex, signal: AbortSignal, onProgress: PlayProgress = () => undefined): Promise<void> {
  const { now } = await readClock(knex);
  // What was recorded at the instant at which the clock stands may have been broken off: once more does no harm.
  const events = demoEvents(demoLedger()).filter(({ at }) => at >= Math.max(now - dayMs, demoBegins) && at <= demoOpens);
  for (const event of events) {
    if (signal.aborted) return;
    if (event.at > now) await advanceTo(knex, event.at, signal);
    await recordDemoEvents(knex, event);
    onProgress(event.at, (event.at - demoBegins) / (demoOpens - demoBegins));
  }
  await advanceTo(knex, demoOpens, signal);
}

async function advanceTo(knex: Knex, instant: InstantMs, signal: AbortSignal): Promise<void> {
  const pollMs = 40;
  const clock = await readClock(knex);
  if (clock.now >= instant) return; // someone at the console was quicker
  await requestAdvance(knex, instant);
  // Should someone pause it there, the play goes on once the clock does.
  for (;;) {
    const { now, target } = await readClock(knex);
    if (signal.aborted || (now >= instant && target === null)) return;
    await sleep(pollMs);
  }
}
