import { DateTime, IANAZone } from 'luxon';
import { DateError, dateOfDay, dayMs, dayNumber, type DayNumber, type InstantMs, type LocalDate } from './dates';

/*
 * Zone rules come from luxon. What it answers for a zone and a day never changes, and a simulation asks for the same few
 * hundred days tens of thousands of times, so the answers are kept: the hot path is arithmetic on integers.
 */
interface ZoneDays {
  starts: Map<DayNumber, InstantMs>;
  minutes: Map<number, InstantMs>;
}

const zones = new Map<string, ZoneDays>();
/** Enough for a century of days in one zone; beyond it the memory is emptied rather than grown. */
const rememberedPerZoneMax = 40_000;

export function isTimeZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

function daysOf(zone: string): ZoneDays {
  let days = zones.get(zone);
  if (!days) {
    if (!isTimeZone(zone)) throw new DateError(`"${zone}" is not an IANA time zone such as Europe/Berlin`);
    days = { starts: new Map(), minutes: new Map() };
    zones.set(zone, days);
  }
  return days;
}

/** The first instant of a day in a zone. Where midnight does not exist that night, the first instant that does. */
export function startOfDay(day: DayNumber, zone: string): InstantMs {
  const { starts } = daysOf(zone);
  let start = starts.get(day);
  if (start === undefined) {
    start = DateTime.fromISO(dateOfDay(day), { zone }).startOf('day').toMillis();
    if (starts.size >= rememberedPerZoneMax) starts.clear();
    starts.set(day, start);
  }
  return start;
}

/** The instant of a local time. A time that the clocks skip is taken as much later as they were moved; of a time that comes twice, the first. */
export function instantAt(day: DayNumber, minuteOfDay: number, zone: string): InstantMs {
  const { minutes } = daysOf(zone);
  const key = day * 1440 + minuteOfDay;
  let instant = minutes.get(key);
  if (instant === undefined) {
    const [year, month, date] = dateOfDay(day).split('-').map(Number);
    instant = DateTime.fromObject({ year, month, day: date, hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 }, { zone }).toMillis();
    if (minutes.size >= rememberedPerZoneMax) minutes.clear();
    minutes.set(key, instant);
  }
  return instant;
}

/** The local day in which an instant falls. */
export function dayAt(instant: InstantMs, zone: string): DayNumber {
  let day = Math.floor(instant / dayMs);
  while (instant < startOfDay(day, zone)) day -= 1;
  while (instant >= startOfDay(day + 1, zone)) day += 1;
  return day;
}

export function localDateAt(instant: InstantMs, zone: string): LocalDate {
  return dateOfDay(dayAt(instant, zone));
}

/**
 * The instant that a ledger's text means for a customer: a date alone is the start of that day in the customer's zone,
 * a time without an offset is local, and one with an offset is what it says. Throws DateError.
 */
export function momentIn(text: string, zone: string): InstantMs {
  if (text.length === 10) return startOfDay(dayNumber(text), zone);
  const moment = DateTime.fromISO(text.replace(' ', 'T'), { zone });
  if (!moment.isValid) throw new DateError(`"${text}" is not a date or time such as 2026-03-01 or 2026-03-01T14:30:00Z`);
  return moment.toMillis();
}
