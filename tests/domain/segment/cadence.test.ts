import fc from 'fast-check';
import { dateOfDay, dayNumber, type LocalDate } from '../../../domain/calendar/dates';
import { nextRun, type Cadence } from '../../../domain/segment/cadence';

const cadence = (rhythm: Cadence['rhythm'], timeZone = 'Europe/Berlin'): Cadence => ({ rhythm, timeZone, atMinute: 540, holidays: { country: 'DE', region: 'BY' } });
const next = (of: Cadence, after: string): string => new Date(nextRun(of, Date.parse(after))).toISOString();

test('every Tuesday at nine, also over the night in which the clocks change', () => {
  const tuesdays = cadence({ every: 'week', weekday: 2, interval: 1 });
  expect(next(tuesdays, '2026-03-24T07:59:59Z')).toBe('2026-03-24T08:00:00.000Z');
  expect(next(tuesdays, '2026-03-24T08:00:00Z')).toBe('2026-03-31T07:00:00.000Z');
});

test('every second Friday stays on the same Fridays whenever it is asked', () => {
  const fridays = cadence({ every: 'week', weekday: 5, interval: 2 });
  const first = next(fridays, '2026-01-01T00:00:00Z');
  expect(Date.parse(next(fridays, first)) - Date.parse(first)).toBe(14 * 86_400_000);
  expect(next(fridays, new Date(Date.parse(first) - 1).toISOString())).toBe(first);
});

test('every second Tuesday begins in the week that is asked for, and not before', () => {
  const from = (day: LocalDate): string[] => {
    const tuesdays = cadence({ every: 'week', weekday: 2, interval: 2, from: day });
    const first = next(tuesdays, '2026-01-01T00:00:00Z');
    return [first, next(tuesdays, first)].map((at) => at.slice(0, 10));
  };
  expect(from('2026-03-02')).toEqual(['2026-03-03', '2026-03-17']);
  expect(from('2026-03-09')).toEqual(['2026-03-10', '2026-03-24']);
  // Its Tuesday is over: the next of its weeks.
  expect(from('2026-03-11')).toEqual(['2026-03-24', '2026-04-07']);
});

test('the 31st is the last day of a shorter month', () => {
  const monthly = cadence({ every: 'month', day: 31 });
  expect(next(monthly, '2026-02-01T00:00:00Z')).toBe('2026-02-28T08:00:00.000Z');
  expect(next(monthly, '2026-04-01T00:00:00Z')).toBe('2026-04-30T07:00:00.000Z');
});

test('the third business day of January in Bavaria comes after New Year, a weekend and Epiphany', () => {
  expect(next(cadence({ every: 'month-business-day', nth: 3 }), '2026-01-01T00:00:00Z')).toBe('2026-01-07T08:00:00.000Z');
});

test('the next run is after, and nothing lies between two', () => {
  const rhythm = fc.oneof(
    fc.record({ every: fc.constant('week' as const), weekday: fc.integer({ min: 1, max: 7 }), interval: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ every: fc.constant('month' as const), day: fc.integer({ min: 1, max: 31 }) }),
    fc.record({ every: fc.constant('month-business-day' as const), nth: fc.integer({ min: 1, max: 15 }) }),
  );
  fc.assert(fc.property(rhythm, fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati'), fc.integer({ min: 0, max: 700 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (of, zone, day, part) => {
    const now = Date.parse('2026-01-01T00:00:00Z') + day * 86_400_000;
    const at = nextRun(cadence(of, zone), now);
    expect(at).toBeGreaterThan(now);
    expect(nextRun(cadence(of, zone), now + Math.floor((at - now) * part))).toBe(at);
  }), { numRuns: 200 });
});

test('a ledger of years ago is written to as one of today: a schedule has no first year', () => {
  expect(next(cadence({ every: 'week', weekday: 2, interval: 1 }), '2012-01-02T00:00:00Z')).toBe('2012-01-03T08:00:00.000Z');
  expect(next(cadence({ every: 'month', day: 5 }), '2012-01-02T00:00:00Z')).toBe('2012-01-05T08:00:00.000Z');
  expect(next(cadence({ every: 'month-business-day', nth: 1 }), '2012-01-01T00:00:00Z')).toBe('2012-01-02T08:00:00.000Z');
});

test('every so many weeks is counted from one week, however far away: told by counting days', () => {
  const rhythm = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), interval: fc.integer({ min: 1, max: 5 }), from: fc.option(fc.integer({ min: dayNumber('2023-01-01'), max: dayNumber('2031-01-01') }), { nil: undefined }) });
  const monday = dayNumber('2024-01-01');
  fc.assert(fc.property(rhythm, fc.integer({ min: dayNumber('2010-01-01'), max: dayNumber('2040-01-01') }), ({ weekday, interval, from }, today) => {
    // Of the week of a day: how many weeks it is after the Monday from which all are counted.
    const weekOf = (day: number): number => Math.floor((day - monday) / 7);
    let day = Math.max(today, from ?? today);
    while ((((day - monday) % 7) + 7) % 7 !== weekday - 1 || (weekOf(day) - weekOf(from ?? monday)) % interval !== 0) day += 1;
    const of: Cadence = { rhythm: { every: 'week', weekday, interval, ...(from === undefined ? {} : { from: dateOfDay(from) }) }, timeZone: 'UTC', atMinute: 540, holidays: null };
    expect(next(of, `${dateOfDay(today)}T08:59:59Z`)).toBe(`${dateOfDay(day)}T09:00:00.000Z`);
  }), { numRuns: 500 });
});
