import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { prepared } from '../prepared';

/** The deployment's clock: what time it is for everything that is decided. */
export interface ClockReading {
  mode: 'real' | 'manual';
  now: InstantMs;
  /** On a manual clock: where it is being advanced to, until it is there and nothing moves any more. */
  target: InstantMs | null;
  /** On a manual clock: virtual hours in a second of real time, while it plays by itself. */
  playHoursPerSecond: number | null;
}

/** A request that the clock cannot follow; the message says what it would follow. */
export class ClockError extends Error {
  override name = 'ClockError';
}

interface ClockRow {
  mode: 'real' | 'manual';
  virtual_now: Date | null;
  target: Date | null;
  play_hours_per_second: string | null;
}

export async function readClock(knex: Knex): Promise<ClockReading> {
  const { rows } = await prepared<ClockRow>(knex, 'SELECT mode, virtual_now, target, play_hours_per_second FROM clock');
  const row = rows[0];
  if (!row) throw new ClockError('The clock table is empty: run the migrations.');
  if (row.mode === 'real') return { mode: 'real', now: Date.now(), target: null, playHoursPerSecond: null };
  if (!row.virtual_now) throw new ClockError('The clock is manual but has no time: set one with startManualClock.');
  return {
    mode: 'manual',
    now: row.virtual_now.getTime(),
    target: row.target?.getTime() ?? null,
    playHoursPerSecond: row.play_hours_per_second === null ? null : Number(row.play_hours_per_second),
  };
}

/** Puts a deployment on a manual clock that stands at an instant. A clock that is manual already keeps its time, since time does not go back. */
export async function startManualClock(knex: Knex, at: InstantMs): Promise<void> {
  await knex.raw(`UPDATE clock SET mode = 'manual', virtual_now = ? WHERE mode = 'real'`, [new Date(at)]);
}

/**
 * Asks for the clock to be advanced; the driver in the worker steps through every milestone on the way. A later target replaces an earlier one.
 * Throws ClockError on real time, and for an instant that is past or more than ten years away.
 */
export async function requestAdvance(knex: Knex, target: InstantMs): Promise<void> {
  const before = await readClock(knex);
  if (before.mode === 'manual' && target > before.now + advanceYearsMax * yearMs) {
    throw new ClockError(`The clock advances by at most ${advanceYearsMax} years at a time, to ${new Date(before.now + advanceYearsMax * yearMs).toISOString()}: every step on the way is carried out.`);
  }
  const { rows } = await knex.raw<{ rows: unknown[] }>(
    `UPDATE clock SET target = greatest(target, ?::timestamptz) WHERE mode = 'manual' AND virtual_now <= ?::timestamptz RETURNING 1`,
    [new Date(target), new Date(target)],
  );
  if (rows.length > 0) return;
  const clock = await readClock(knex);
  if (clock.mode === 'real') throw new ClockError('This deployment runs on real time: its clock cannot be advanced.');
  throw new ClockError(`The clock stands at ${new Date(clock.now).toISOString()}: advance it to a later instant.`);
}

/** A slip of the year must not send a deployment through centuries. */
const advanceYearsMax = 10;
const yearMs = 366 * 86_400_000;

/** Lets the clock run by itself at so many hours a second. Throws ClockError on real time. */
export async function setPlay(knex: Knex, hoursPerSecond: number): Promise<void> {
  if (!(hoursPerSecond > 0 && hoursPerSecond <= playHoursPerSecondMax)) {
    throw new ClockError(`The clock plays at more than 0 and at most ${playHoursPerSecondMax} hours a second, not ${hoursPerSecond}.`);
  }
  const { rows } = await knex.raw<{ rows: unknown[] }>(`UPDATE clock SET play_hours_per_second = ? WHERE mode = 'manual' RETURNING 1`, [hoursPerSecond]);
  if (rows.length === 0) throw new ClockError('This deployment runs on real time: its clock does not play.');
}

/** Stops the clock where it is: it no longer plays, and an advance ends at the milestone that it has come to. Throws ClockError on real time. */
export async function pauseClock(knex: Knex): Promise<void> {
  const { rows } = await knex.raw<{ rows: unknown[] }>(`UPDATE clock SET play_hours_per_second = NULL, target = NULL WHERE mode = 'manual' RETURNING 1`);
  if (rows.length === 0) throw new ClockError('This deployment runs on real time: its clock does not pause.');
}

/** A week a second: beyond it play is an advance. */
export const playHoursPerSecondMax = 168;

/** Sets the clock, never back, without stepping through what lies between. Reaching the target ends the advance. */
export async function moveClock(knex: Knex, to: InstantMs): Promise<void> {
  await knex.raw(`UPDATE clock SET virtual_now = greatest(virtual_now, :to), target = CASE WHEN target <= :to THEN NULL ELSE target END WHERE mode = 'manual'`, { to: new Date(to) });
}

/** The driver's own step, while somebody still asks for it and no further than that, so that nothing moves once the clock was paused. The advance goes on until arriveAt. */
export async function stepClock(knex: Knex, to: InstantMs): Promise<void> {
  await knex.raw(`UPDATE clock SET virtual_now = greatest(virtual_now, least(:to, target)) WHERE mode = 'manual' AND (target IS NOT NULL OR play_hours_per_second IS NOT NULL)`, { to: new Date(to) });
}

/** Ends an advance that has come to its target, once nothing moves there any more. */
export async function arriveAt(knex: Knex, target: InstantMs): Promise<void> {
  await knex.raw(`UPDATE clock SET target = NULL WHERE mode = 'manual' AND target <= :target AND virtual_now >= target`, { target: new Date(target) });
}
