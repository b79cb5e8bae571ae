import Holidays from 'date-holidays';
import { dateOfDay, dayMs, dayNumber, type DayNumber } from './dates';

const byPlaceAndYear = new Map<string, ReadonlySet<DayNumber>>();
const nothing: ReadonlySet<DayNumber> = new Set();

let knownCountries: Record<string, string> | null = null;

/** Whether public holidays are known for an ISO 3166-1 country. */
export function hasHolidays(country: string): boolean {
  knownCountries ??= new Holidays().getCountries();
  return country.toUpperCase() in knownCountries;
}

/** The public holidays of a place in a year. A place that is not known has none: nothing is held back on a guess. */
export function publicHolidays(country: string, region: string | null, year: number): ReadonlySet<DayNumber> {
  const key = `${country}/${region ?? ''}/${year}`;
  let days = byPlaceAndYear.get(key);
  if (!days) {
    days = hasHolidays(country) ? readHolidays(country.toUpperCase(), region, year) : nothing;
    byPlaceAndYear.set(key, days);
  }
  return days;
}

function readHolidays(country: string, region: string | null, year: number): ReadonlySet<DayNumber> {
  const place = region ? new Holidays(country, region) : new Holidays(country);
  const days = new Set<DayNumber>();
  for (const holiday of place.getHolidays(year)) {
    if (holiday.type !== 'public') continue;
    // `date` is local and `end - start` is the length; a holiday of several days takes them all.
    const first = dayNumber(holiday.date.slice(0, 10));
    const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / dayMs));
    for (let day = first; day < first + length; day += 1) days.add(day);
  }
  return days;
}

export function isPublicHoliday(day: DayNumber, country: string, region: string | null): boolean {
  return publicHolidays(country, region, Number(dateOfDay(day).slice(0, 4))).has(day);
}
