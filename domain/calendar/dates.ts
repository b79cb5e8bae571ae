/** A calendar date without a time, `YYYY-MM-DD`. */
export type LocalDate = string;
/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type InstantMs = number;
/** A calendar date as the number of days since 1970-01-01: what date arithmetic is done on. */
export type DayNumber = number;

export const dayMs = 86_400_000;

export class DateError extends Error {
  override name = 'DateError';
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

// A ledger names the same few thousand dates millions of times; beyond a century of them the memory is emptied.
const rememberedMax = 40_000;
const numbers = new Map<LocalDate, DayNumber>();
const dates = new Map<DayNumber, LocalDate>();

/** Days since 1970-01-01 of `YYYY-MM-DD`. Throws DateError for a date that is not in the calendar. */
export function dayNumber(date: LocalDate): DayNumber {
  let day = numbers.get(date);
  if (day === undefined) {
    day = parseDay(date);
    if (numbers.size >= rememberedMax) numbers.clear();
    numbers.set(date, day);
  }
  return day;
}

function parseDay(date: LocalDate): DayNumber {
  const ms = datePattern.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(date.slice(8))) {
    throw new DateError(`"${date}" is not a date such as 2026-03-01`);
  }
  return ms / dayMs;
}

export function isLocalDate(text: string): boolean {
  try {
    dayNumber(text);
    return true;
  } catch (error) {
    if (error instanceof DateError) return false;
    throw error;
  }
}

/** The date of a day number. */
export function dateOfDay(day: DayNumber): LocalDate {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10);
    if (dates.size >= rememberedMax) dates.clear();
    dates.set(day, date);
  }
  return date;
}

/** ISO weekday of a day: 1 = Monday … 7 = Sunday. 1970-01-01 was a Thursday. */
export function isoWeekday(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Whole days from one date to another; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}
