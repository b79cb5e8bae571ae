const dayMs = 24 * 60 * 60 * 1000;

const withWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const instant = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const instantShort = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

const atNoon = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** A calendar date (`2026-03-01`), with its weekday, in the user's locale and no time zone at all. */
export const formatDate = (date: string): string => withWeekday.format(atNoon(date));
/** The same without the weekday, for columns where it doesn't matter. */
export const formatDateShort = (date: string): string => short.format(atNoon(date));
export const formatDayAndMonth = (date: string): string => dayAndMonth.format(atNoon(date));

/** A sentence of ours with its days as they are written everywhere else. What people wrote stays as it is. */
export const withDays = (text: string): string => text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, formatDateShort);

/** An instant (ISO), in the user's own zone. */
export const formatInstant = (iso: string): string => instant.format(new Date(iso));
export const formatInstantShort = (iso: string): string => instantShort.format(new Date(iso));

/** An instant as it reads on a wall in `timeZone`, with the zone told. */
export function formatInstantIn(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short',
  }).format(new Date(iso));
}

/** The calendar date of an instant where the wall clocks show `timeZone`'s time. */
export const formatDateIn = (iso: string, timeZone: string): string => new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(new Date(iso));

/** Whole days from one calendar date to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The calendar date of an instant in the user's own zone. */
export function localDateOf(iso: string): string {
  const at = new Date(iso);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** `3` → `3 days overdue`, `0` → `due today`, `-2` → `due in 2 days`. */
export function describeDaysPastDue(days: number): string {
  if (days === 0) return 'due today';
  const many = Math.abs(days) === 1 ? 'day' : 'days';
  return days > 0 ? `${days} ${many} overdue` : `due in ${-days} ${many}`;
}
