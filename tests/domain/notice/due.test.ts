import fc from 'fast-check';
import { isNoticeMailDue, togetherMs } from '../../../domain/notice/due';

const at = (text: string): number => Date.parse(text);
const daily = { choice: 'daily', timeZone: 'Europe/Berlin', lastMailAt: null } as const;

describe('once a day, at seven where the person is', () => {
  test.each([
    ['the evening before', '2026-03-09T18:00:00Z', '2026-03-10T05:59:59Z', false], ['the evening before, at seven', '2026-03-09T18:00:00Z', '2026-03-10T06:00:00Z', true],
    ['what comes after seven', '2026-03-10T06:00:01Z', '2026-03-10T20:00:00Z', false], ['and is told the day after', '2026-03-10T06:00:01Z', '2026-03-11T06:00:00Z', true],
    ['after an outage of days', '2026-03-02T06:00:01Z', '2026-03-10T03:00:00Z', true],
    ['on the day of summer time it is seven an hour earlier', '2026-03-28T18:00:00Z', '2026-03-29T05:00:00Z', true], ['and not before', '2026-03-28T18:00:00Z', '2026-03-29T04:59:59Z', false],
  ])('%s', (_name, oldest, now, due) => expect(isNoticeMailDue({ ...daily, oldestAt: at(oldest) }, at(now))).toBe(due));

  test('whatever comes up is told within a day and an hour', () => {
    fc.assert(fc.property(fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') }), fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'), (oldestAt, timeZone) => (
      isNoticeMailDue({ choice: 'daily', timeZone, oldestAt, lastMailAt: null }, oldestAt + 25 * 3_600_000)
    )));
  });
});

describe('at once', () => {
  const waiting = { choice: 'at-once', timeZone: 'UTC', oldestAt: 0 } as const;
  test.each([[null, true], [1_000_000 - togetherMs, true], [1_000_000 - togetherMs + 1, false]])('last mail %s', (lastMailAt, due) => expect(isNoticeMailDue({ ...waiting, lastMailAt }, 1_000_000)).toBe(due));
});

test('none is never', () => expect(isNoticeMailDue({ choice: 'none', timeZone: 'UTC', oldestAt: 0, lastMailAt: null }, at('2026-03-10'))).toBe(false));
