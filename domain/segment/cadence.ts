import { RRule } from 'rrule';
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
const countedFrom = dayNumber('2024-01-01');

/** From the last turn of the rule before a day on: counted from its beginning, each question would go through all the weeks since. */
function ruleFrom({ rhythm }: Cadence, day: DayNumber): RRule {
  switch (rhythm.every) {
    case 'week': {
      const first = rhythm.from === undefined ? countedFrom : dayNumber(rhythm.from);
      const turnDays = 7 * rhythm.interval;
      const turns = Math.floor((day - first) / turnDays);
      const dtstart = first + (rhythm.from === undefined ? turns : Math.max(0, turns)) * turnDays;
      return new RRule({ dtstart: dateOf(dtstart), freq: RRule.WEEKLY, interval: rhythm.interval, byweekday: [weekdays[rhythm.weekday - 1] ?? RRule.MO] });
    }
    // The last of several days that the month may not have: the 31st is the 30th in April.
    case 'month': return new RRule({ dtstart: startOfMonth(day), freq: RRule.MONTHLY, bymonthday: Array.from({ length: rhythm.day > 28 ? rhythm.day - 27 : 1 }, (_, back) => rhythm.day - back), bysetpos: [-1] });
    case 'month-business-day': return new RRule({ dtstart: startOfMonth(day), freq: RRule.MONTHLY, bymonthday: [1] });
  }
}

/** As the library takes days. */
function dateOf(day: DayNumber): Date {
  return new Date(day * dayMs);
}

function startOfMonth(day: DayNumber): Date {
  const date = dateOf(day);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}

/** The first run after an instant. The rule is on calendar days, which have no zone; the time of day is the zone's, over changes of the clocks too. */
export function nextRun(cadence: Cadence, after: InstantMs): InstantMs {
  // The rule of the month in which it is may give a day that is still to come.
  let day = dayAt(after, cadence.timeZone) - (cadence.rhythm.every === 'week' ? 1 : 32);
  const rule = ruleFrom(cadence, day);
  for (;;) {
    const next = rule.after(dateOf(day), true);
    if (!next) throw new Error('A cadence has no next day: its rule is wrong.');
    const at = instantAt(runDay(cadence, next.getTime() / dayMs), cadence.atMinute, cadence.timeZone);
    if (at > after) return at;
    day = next.getTime() / dayMs + 1;
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
