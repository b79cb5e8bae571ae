import type { DisputeRecord, PromiseRecord } from '../../../domain/ledger/records';
import { customer, invoice, ladder, payment, run, tell } from './story';

const reminders = ladder(`
- { id: first, title: First, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: second, title: Second, anchor: due, offset: { days: 14 }, actions: [{ email: { template: overdue-14 } }] }
- { id: call, title: Call, anchor: due, offset: { days: 21 }, actions: [{ task: { queue: Sales, title: Call, dueInDays: 1 } }] }`);
const overFive = ladder(`
- { id: first, title: First, anchor: due, offset: { days: 7 }, when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }, actions: [{ email: { template: overdue-7 } }] }`);
const working = ladder(`
- { id: first, title: First, anchor: due, offset: { days: 7 }, catchUp: skip, actions: [{ email: { template: overdue-7 } }] }`).steps;

const inv = invoice('inv-1', '2026-03-02', '2026-03-16'); // 1,000.00 USD; first on 03-23, second on 03-30, call on 04-06
const promise = (madeAt: string, promisedOn: string, amountMinor = 100_000, externalId = 'p-1'): PromiseRecord => ({ externalId, invoiceExternalId: 'inv-1', madeAt, promisedOn, currency: 'USD', amountMinor });
const dispute = (openedAt: string, amountMinor: number | null, resolved: DisputeRecord['resolved'] = null): DisputeRecord => ({ externalId: 'd-1', invoiceExternalId: 'inv-1', openedAt, currency: 'USD', amountMinor, reason: 'price', resolved });

describe('promises', () => {
  test('day 7: all is promised until day 10, so nothing is asked; it is broken, and the reminder goes the day after', () => {
    expect(tell({ policy: reminders, invoices: [inv], promises: [promise('2026-03-20', '2026-03-26')] }).slice(0, 3))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-03-27 inv-1 first email executed', '2026-03-30 inv-1 second email executed']);
  });

  test('the promised day is a holiday: broken at its end all the same, and resumed on the next working day, also by a step that is skipped when late', () => {
    const policy = { ...reminders, steps: working, calendar: { ...reminders.calendar, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' as const } };
    const berlin = customer('acme', { timeZone: 'Europe/Berlin', country: 'DE' });
    // 2026-04-03 is Good Friday, 04-06 Easter Monday.
    expect(tell({ policy, customers: [berlin], invoices: [inv], promises: [promise('2026-03-20', '2026-04-03')] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-04-07 inv-1 first email executed']);
  });

  test('day 10: the promise is kept, and nothing is sent', () => {
    expect(tell({ policy: reminders, invoices: [inv], promises: [promise('2026-03-20', '2026-03-26')], payments: [payment('inv-1', '2026-03-26T20:00:00Z')] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', ...['first email', 'second email', 'call task'].map((step) => `2026-03-26 inv-1 ${step} suppressed`)]);
  });

  test('kept in part: the pause shrinks with what is paid, and ends with the day', () => {
    const rows = run({ policy: reminders, invoices: [inv], promises: [promise('2026-03-20', '2026-03-26')], payments: [payment('inv-1', '2026-03-24', 40_000)] });
    expect(rows.slice(0, 2).map(({ on, outcome, openMinor }) => [on, outcome, openMinor])).toEqual([['2026-03-23', 'deferred', 100_000], ['2026-03-27', 'executed', 60_000]]);
  });

  test('half is promised: the other half is asked for on its day', () => {
    expect(tell({ policy: reminders, invoices: [inv], promises: [promise('2026-03-20', '2026-03-26', 50_000)] })[0]).toBe('2026-03-23 inv-1 first email executed');
  });

  test('a later promise takes over: the first one no longer ends anything', () => {
    expect(tell({ policy: reminders, invoices: [inv], promises: [promise('2026-03-20', '2026-03-26'), promise('2026-03-25', '2026-04-02', 100_000, 'p-2')] }).slice(0, 4)).toEqual([
      '2026-03-23 inv-1 first email deferred', '2026-03-25 inv-1 first email deferred', '2026-03-30 inv-1 second email deferred', '2026-04-03 inv-1 first email skipped',
    ]);
  });

  test('a threshold that only the promised part exceeds waits for the promise, and is not dropped', () => {
    expect(tell({ policy: overFive, invoices: [inv], promises: [promise('2026-03-20', '2026-03-26', 60_000)] }))
      .toEqual(['2026-03-23 inv-1 first email deferred', '2026-03-27 inv-1 first email executed']);
  });

  test('the night on which the clocks go forward: the promised day ends at local midnight', () => {
    const rows = run({ policy: reminders, customers: [customer('acme', { timeZone: 'Europe/Berlin' })], invoices: [inv], promises: [promise('2026-03-20', '2026-03-29')] });
    // 2026-03-29 has 23 hours in Berlin: it ends at 22:00 UTC, and the window opens at 07:00 UTC.
    expect(rows.filter(({ outcome }) => outcome !== 'deferred').slice(0, 2).map(({ at, step, outcome }) => [at, step, outcome])).toEqual([
      ['2026-03-30T07:00:00.000Z', 'first', 'skipped'], ['2026-03-30T07:00:00.000Z', 'second', 'executed'],
    ]);
  });

  test('a payment a minute after the promised day does not keep it', () => {
    const told = tell({ policy: reminders, customers: [customer('acme', { timeZone: 'America/New_York' })], invoices: [inv], promises: [promise('2026-03-20', '2026-03-26')], payments: [payment('inv-1', '2026-03-27T13:30:00Z')] });
    expect(told[1]).toBe('2026-03-27 inv-1 first email executed');
  });
});

describe('disputes', () => {
  test('half is disputed: the rest climbs the ladder', () => {
    expect(tell({ policy: reminders, invoices: [inv], disputes: [dispute('2026-03-18', 50_000)] }))
      .toEqual(['2026-03-23 inv-1 first email executed', '2026-03-30 inv-1 second email executed', '2026-04-06 inv-1 call task executed']);
  });

  test('half is disputed and the other half paid: nothing is asked until the credit note, which settles it', () => {
    expect(tell({
      policy: reminders, invoices: [inv], payments: [payment('inv-1', '2026-03-19', 50_000)], disputes: [dispute('2026-03-18', 50_000, { at: '2026-04-01', resolution: { kind: 'valid' } })],
    })).toEqual([
      '2026-03-23 inv-1 first email deferred', '2026-03-30 inv-1 second email deferred',
      ...['first email', 'second email', 'call task'].map((step) => `2026-04-01 inv-1 ${step} suppressed`),
    ]);
  });

  test('all is disputed, and the customer is not right: collection goes on at the step that is due', () => {
    expect(tell({ policy: reminders, invoices: [inv], disputes: [dispute('2026-03-18', null, { at: '2026-04-01', resolution: { kind: 'invalid' } })] })).toEqual([
      '2026-03-23 inv-1 first email deferred', '2026-03-30 inv-1 second email deferred',
      '2026-04-01 inv-1 first email skipped', '2026-04-01 inv-1 second email executed', '2026-04-06 inv-1 call task executed',
    ]);
  });

  test('split: a part is credited, the rest is asked for', () => {
    const rows = run({ policy: reminders, invoices: [inv], disputes: [dispute('2026-03-18', null, { at: '2026-03-25', resolution: { kind: 'split', creditMinor: 30_000 } })] });
    expect(rows.slice(0, 2).map(({ on, outcome, openMinor }) => [on, outcome, openMinor])).toEqual([['2026-03-23', 'deferred', 100_000], ['2026-03-25', 'executed', 70_000]]);
  });
});
