import type { InstantMs } from '../calendar/dates';
import type { Schedule } from './types';

/** When a campaign's next run begins: after `previous`, or its first one. Null: there is none to come. A time that is past begins at once. */
export function nextRunAt(schedule: Schedule, now: InstantMs, previous: InstantMs | null): InstantMs | null {
  switch (schedule.kind) {
    case 'now':
    case 'event':
      return previous === null ? now : null;
    case 'at':
      return previous === null ? Math.max(now, schedule.at) : null;
    case 'yearly': {
      const after = Math.max(previous ?? -Infinity, now);
      const year = new Date(after).getUTCFullYear();
      const inYear = (which: number): InstantMs => Date.UTC(which, schedule.month - 1, schedule.day);
      const isToday = previous === null && inYear(year) <= now && now < inYear(year) + 86_400_000;
      if (isToday) return now;
      return inYear(year) > after ? inYear(year) : inYear(year + 1);
    }
  }
}
