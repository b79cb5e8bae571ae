import * as fc from 'fast-check';
import { addDays, dayNumber } from '../../../domain/calendar/dates';
import { recipientCalendar } from '../../../domain/calendar/sendingCalendar';
import type { InvoiceFacts } from '../../../domain/collection/facts';
import { daysLateSince } from '../../../domain/collection/lateness';
import type { DisputeRecord } from '../../../domain/ledger/records';
import { invoice, ladder, run, tell } from './story';

const onlyOnItsDay = (catchUp: string, weekdays = 'mon, tue, wed, thu, fri, sat, sun') => {
  const policy = ladder(`
- { id: first, title: First, anchor: due, offset: { days: 7 }, catchUp: ${catchUp}, actions: [{ email: { template: overdue-7 } }] }`);
  return weekdays.startsWith('mon, tue, wed, thu, fri, sat') ? policy : { ...policy, calendar: { ...policy.calendar, weekdays: [1, 2, 3, 4, 5] } };
};
const inv = invoice('inv-1', '2026-03-02', '2026-03-16'); // first on Monday 03-23
const invalid = { kind: 'invalid' as const };
const dispute = (openedAt: string, resolvedAt: string | null, externalId = 'd-1', amountMinor: number | null = null): DisputeRecord =>
  ({ externalId, invoiceExternalId: 'inv-1', openedAt, currency: 'USD', amountMinor, reason: 'price', resolved: resolvedAt === null ? null : { at: resolvedAt, resolution: invalid } });

describe('days under dispute are no lateness', () => {
  test('day 7: disputed; day 23: the customer is not right, and the reminder that is skipped when late goes', () => {
    expect(tell({ policy: onlyOnItsDay('skip'), invoices: [inv], disputes: [dispute('2026-03-18', '2026-04-08')] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-04-08 inv-1 first email executed']);
  });

  test('day 7: disputed; day 23: so with one that is sent at most two days late', () => {
    expect(tell({ policy: onlyOnItsDay('{ sendLate: { limitDays: 2 } }'), invoices: [inv], disputes: [dispute('2026-03-18', '2026-04-08T15:00:00Z')] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-04-08 inv-1 first email executed']);
  });

  test('the dispute ends on a Saturday: the next sending day is on time still', () => {
    expect(tell({ policy: onlyOnItsDay('skip', 'mon, tue, wed, thu, fri'), invoices: [inv], disputes: [dispute('2026-03-18', '2026-04-11')] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-04-13 inv-1 first email executed']);
  });

  test('the dispute ends in the evening, after the window: the next morning is on time still', () => {
    expect(tell({ policy: onlyOnItsDay('skip'), invoices: [inv], disputes: [dispute('2026-03-18', '2026-04-08T20:00:00Z')] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-04-09 inv-1 first email executed']);
  });

  test('days late before a dispute count: taken over three days late, disputed from then on, it is skipped', () => {
    expect(tell({ policy: onlyOnItsDay('{ sendLate: { limitDays: 2 } }'), invoices: [inv], disputes: [dispute('2026-03-27', '2026-04-08')], from: '2026-03-27' }))
      .toEqual(['2026-03-27 inv-1 first email deferred', '2026-04-08 inv-1 first email skipped']);
  });

  test('however disputes follow each other, a step that they held back from its day on is sent as they end', () => {
    const gap = fc.integer({ min: 0, max: 20 });
    fc.assert(fc.property(fc.integer({ min: -5, max: 0 }), fc.integer({ min: 1, max: 40 }), gap, fc.constantFrom('skip', '{ sendLate: { limitDays: 1 } }'), fc.boolean(), (opens, runs, second, catchUp, overlaps) => {
      const opened = addDays('2026-03-23', opens);
      const ends = addDays('2026-03-23', runs);
      const disputes = [dispute(opened, ends, 'd-1', overlaps ? 60_000 : null), ...(overlaps ? [dispute(opened, addDays(ends, second), 'd-2', 40_000)] : [])];
      const sent = run({ policy: onlyOnItsDay(catchUp), invoices: [inv], disputes }).filter(({ outcome }) => outcome !== 'deferred');
      expect(sent.map(({ outcome, on }) => [outcome, on])).toEqual([['executed', ends]]);
    }), { numRuns: 200 });
  });

  test('without a dispute lateness is what it was', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), (late) => {
      const [row] = run({ policy: onlyOnItsDay('{ sendLate: { limitDays: 10 } }'), invoices: [inv], from: addDays('2026-03-23', late) });
      expect(row?.outcome).toBe(late <= 10 ? 'executed' : 'skipped');
    }));
  });

  test('a dispute that was over before the step, or is about days to come, excuses nothing', () => {
    const calendar = recipientCalendar(ladder('- { id: a, title: A, anchor: due, offset: { days: 1 }, actions: [{ email: { template: overdue-7 } }] }').calendar, { timeZone: 'UTC', country: null, region: null });
    const late = (from: string, until: string) => daysLateSince(dayNumber('2026-03-23'), {
      calendar, today: dayNumber('2026-03-30'), invoice: { disputedDuring: [{ from: Date.parse(`${from}T12:00:00Z`), until: Date.parse(`${until}T12:00:00Z`) }] } as unknown as InvoiceFacts,
    });
    expect([late('2026-03-01', '2026-03-20'), late('2026-04-01', '2026-04-02'), late('2026-03-24', '2026-03-24'), late('2026-03-01', '2026-03-25'), late('2026-03-01', '2026-04-25')]).toEqual([7, 7, 6, 5, 0]);
  });
});
