import type { SendingCalendar } from '../policy/types';
import { DateError, isoWeekday, type DayNumber, type InstantMs } from './dates';
import { isPublicHoliday } from './holidays';
import { dayAt, instantAt } from './zones';

/** Where a recipient is, as far as time is concerned. */
export interface Place {
  timeZone: string;
  country: string | null;
  region: string | null;
}

/** A policy's calendar as it is for one recipient. */
export interface RecipientCalendar {
  readonly timeZone: string;
  isSendingDay(day: DayNumber): boolean;
  /** The day itself if steps may run on it, else the next on which they may. */
  sendingDayFrom(day: DayNumber): DayNumber;
  /** The n-th working day after a day (before it, for negative n); the day itself for 0. */
  addBusinessDays(day: DayNumber, count: number): DayNumber;
  opening(day: DayNumber): InstantMs;
  at(day: DayNumber, minuteOfDay: number): InstantMs;
  day(instant: InstantMs): DayNumber;
  isOpen(now: InstantMs): boolean;
  /** The first instant, not before `now`, at which the window is open. */
  nextOpening(now: InstantMs): InstantMs;
}

/** No place has a year without a sending day; a calendar that seems to is a mistake in the policy. */
const searchDaysMax = 366;

interface Resolved {
  byRecipient: WeakMap<Place, RecipientCalendar>;
  byPlace: Map<string, RecipientCalendar>;
}

const resolved = new WeakMap<SendingCalendar, Resolved>();

/** The calendar of a policy for a recipient; the same one each time for the same place. */
export function recipientCalendar(calendar: SendingCalendar, place: Place): RecipientCalendar {
  let known = resolved.get(calendar);
  if (!known) resolved.set(calendar, (known = { byRecipient: new WeakMap(), byPlace: new Map() }));
  let found = known.byRecipient.get(place);
  if (found) return found;
  const key = `${place.timeZone}|${place.country ?? ''}|${place.region ?? ''}`;
  found = known.byPlace.get(key);
  if (!found) known.byPlace.set(key, (found = resolve(calendar, place)));
  known.byRecipient.set(place, found);
  return found;
}

function resolve(calendar: SendingCalendar, place: Place): RecipientCalendar {
  const timeZone = calendar.timeZone === 'customer' ? place.timeZone : calendar.timeZone;
  const holidaysOf = calendar.holidays === 'customer' ? (place.country ? { country: place.country, region: place.region } : null)
    : calendar.holidays === 'none' ? null
    : calendar.holidays;
  const { opensMinute, closesMinute } = calendar.window;
  const known = new Map<DayNumber, boolean>();

  const isSendingDay = (day: DayNumber): boolean => {
    let sending = known.get(day);
    if (sending === undefined) {
      sending = calendar.weekdays.includes(isoWeekday(day)) && !(holidaysOf && isPublicHoliday(day, holidaysOf.country, holidaysOf.region));
      known.set(day, sending);
    }
    return sending;
  };
  const step = (day: DayNumber, direction: 1 | -1): DayNumber => {
    for (let tried = 0, next = day; tried < searchDaysMax; tried += 1) {
      next += direction;
      if (isSendingDay(next)) return next;
    }
    throw new DateError(`no sending day within ${searchDaysMax} days: the policy's weekdays and holidays leave none`);
  };
  const sendingDayFrom = (day: DayNumber): DayNumber => (isSendingDay(day) ? day : step(day, 1));
  const day = (instant: InstantMs): DayNumber => dayAt(instant, timeZone);
  const opening = (of: DayNumber): InstantMs => instantAt(of, opensMinute, timeZone);
  const isOpen = (now: InstantMs): boolean => {
    const today = day(now);
    return isSendingDay(today) && now >= opening(today) && now < instantAt(today, closesMinute, timeZone);
  };

  return {
    timeZone,
    isSendingDay,
    sendingDayFrom,
    addBusinessDays(from, count) {
      let at = from;
      for (let left = Math.abs(count); left > 0; left -= 1) at = step(at, count > 0 ? 1 : -1);
      return at;
    },
    opening,
    at: (of, minuteOfDay) => instantAt(of, minuteOfDay, timeZone),
    day,
    isOpen,
    nextOpening(now) {
      if (isOpen(now)) return now;
      const today = day(now);
      return isSendingDay(today) && now < opening(today) ? opening(today) : opening(step(today, 1));
    },
  };
}
