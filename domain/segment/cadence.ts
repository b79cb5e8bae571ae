import { RRule, type Options } from 'rrule';
import { dayMs, dayNumber, type DayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { isPublicHoliday } from '../calendar/holidays';
import { dayAt, instantAt } from '../calendar/zones';

/** When a segment runs, at a time of day in its own zone. */
export interface Cadence {
  rhythm:
    /** `from`: a day of the first week, before which there is no run; left out: the weeks of a fixed count. */
    | { every: 'week'; weekday: number; interval: number; from?: LocalDate | undefined }
    | { every: 'month'; day: number }
    /** The n-th day of the month that is a weekday and no public holiday. */
    | { every: 'month-business-day'; nth: number };
  timeZone: string;
  atMinute: number;
  /** Whose public holidays are no business days; null: weekends alone are none. */
  holidays: { country: string; region: string | null } | null;
}

/** ISO weekdays in the order of the library, which begins with Monday as 0. */
const weekdays = [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR, RRule.SA, RRule.SU];
/** Weeks are counted from this Monday unless a schedule says otherwise, so that "every two weeks" falls on the same ones whenever it is asked. */
const countedFrom = Date.UTC(2024, 0, 1);

function ruleOf({ rhythm }: Cadence): Partial<Options> {
  switch (rhythm.every) {
    case 'week': return { freq: RRule.WEEKLY, interval: rhythm.interval, byweekday: [weekdays[rhythm.weekday - 1] ?? RRule.MO], ...(rhythm.from === undefined ? {} : { dtstart: new Date(dayNumber(rhythm.from) * dayMs) }) };
    // The last of several days that the month may not have: the 31st is the 30th in April.
    case 'month': return { freq: RRule.MONTHLY, bymonthday: Array.from({ length: rhythm.day > 28 ? rhythm.day - 27 : 1 }, (_, back) => rhythm.day - back), bysetpos: [-1] };
    case 'month-business-day': return { freq: RRule.MONTHLY, bymonthday: [1] };
  }
}

/** The first run after an instant. The rule is on calendar days, which have no zone; the time of day is the zone's, over changes of the clocks too. */
export function nextRun(cadence: Cadence, after: InstantMs): InstantMs {
  const rule = new RRule({ dtstart: new Date(countedFrom), ...ruleOf(cadence) });
  // The rule of the month in which it is may give a day that is still to come.
  let day = (dayAt(after, cadence.timeZone) - 32) * dayMs;
  for (;;) {
    const next = rule.after(new Date(day), true);
    if (!next) throw new Error('A cadence has no next day: its rule is wrong.');
    const at = instantAt(runDay(cadence, next.getTime() / dayMs), cadence.atMinute, cadence.timeZone);
    if (at > after) return at;
    day = next.getTime() + dayMs;
  }
}

function runDay({ rhythm, holidays }: Cadence, day: DayNumber): DayNumber {
  if (rhythm.every !== 'month-business-day') return day;
  let found = day - 1;
  for (let left = rhythm.nth; left > 0; ) {
    found += 1;
    const weekday = new Date(found * dayMs).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !(holidays && isPublicHoliday(found, holidays.country, holidays.region))) left -= 1;
  }
  return found;
}

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** In words: "every Tuesday at 09:00 in Europe/Berlin". */
export function describeCadence({ rhythm, atMinute, timeZone }: Cadence): string {
  const time = `${String(Math.floor(atMinute / 60)).padStart(2, '0')}:${String(atMinute % 60).padStart(2, '0')} in ${timeZone}`;
  switch (rhythm.every) {
    case 'week': return `every ${rhythm.interval === 1 ? '' : rhythm.interval === 2 ? 'second ' : `${rhythm.interval}. `}${weekdayNames[rhythm.weekday - 1]}${rhythm.from === undefined ? '' : ` from ${rhythm.from} on`} at ${time}`;
    case 'month': return `on day ${rhythm.day} of every month at ${time}`;
    case 'month-business-day': return `on business day ${rhythm.nth} of every month at ${time}`;
  }
}
