import type { PromiseRecord } from '../../../domain/ledger/records';
import { back, customer, invoice, ladder, payment, run, tell } from './story';

const reminders = ladder(`
- { id: first, title: First, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: second, title: Second, anchor: due, offset: { days: 14 }, actions: [{ email: { template: overdue-14 } }] }
- { id: hold, title: Hold, anchor: due, offset: { days: 21 }, when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }, actions: [{ hold: { kind: credit } }] }`);

const inv = invoice('inv-1', '2026-03-02', '2026-03-16'); // 1,000.00 USD; first on 03-23, second on 03-30, hold on 04-06
const outcomes = (story: Parameters<typeof tell>[0]): string[] => tell(story).filter((line) => !line.includes(' suppressed'));
const promise = (madeAt: string, promisedOn: string, amountMinor = 100_000): PromiseRecord => ({ externalId: 'w-1', invoiceExternalId: 'inv-1', madeAt, promisedOn, currency: 'USD', amountMinor });

describe('money that goes back', () => {
  test('day 10: paid; day 18: the bank takes it back, and the ladder goes on at the step it had reached: the first reminder is not sent again', () => {
    const paid = payment('inv-1', '2026-03-26');
    expect(outcomes({ policy: reminders, invoices: [inv], payments: [paid], refunds: [back(paid, 'reversal', '2026-04-03')] }))
      .toEqual(['2026-03-23 inv-1 first email executed', '2026-04-03 inv-1 second email executed', '2026-04-06 inv-1 hold hold executed']);
  });

  test('paid before its first reminder, charged back after the second was due: the latest that is due goes, the one before it collapses into it', () => {
    const paid = payment('inv-1', '2026-03-20');
    expect(outcomes({ policy: reminders, invoices: [inv], payments: [paid], refunds: [back(paid, 'chargeback', '2026-04-01')] }))
      .toEqual(['2026-04-01 inv-1 first email skipped', '2026-04-01 inv-1 second email executed', '2026-04-06 inv-1 hold hold executed']);
  });

  test('a part goes back: exactly that much is asked for, and it is too little for a hold', () => {
    const paid = payment('inv-1', '2026-03-20');
    const rows = run({ policy: reminders, invoices: [inv], payments: [paid], refunds: [back(paid, 'refund', '2026-03-25', 40_000)] }).filter(({ outcome }) => outcome !== 'suppressed' && outcome !== 'skipped');
    expect(rows.map(({ on, step, outcome, openMinor }) => [on, step, outcome, openMinor])).toEqual([['2026-03-25', 'first', 'executed', 40_000], ['2026-03-30', 'second', 'executed', 40_000]]);
  });

  test('what was paid too much goes back: nothing is open again, and nobody is written to', () => {
    const paid = payment('inv-1', '2026-03-20', 130_000);
    expect(outcomes({ policy: reminders, invoices: [inv], payments: [paid], refunds: [back(paid, 'refund', '2026-03-25', 30_000)] })).toEqual([]);
  });

  test('cash on account that covered an invoice goes back: the next step asks for it', () => {
    const onAccount = payment(null, '2026-03-20');
    expect(outcomes({ policy: reminders, invoices: [inv], payments: [onAccount], refunds: [back(onAccount, 'refund', '2026-03-25')] }))
      .toEqual(['2026-03-30 inv-1 second email executed', '2026-04-06 inv-1 hold hold executed']);
  });

  test('reversal after a release: the hold was lifted by the payment and is not placed a second time', () => {
    const paid = payment('inv-1', '2026-04-10');
    expect(outcomes({ policy: reminders, invoices: [inv], payments: [paid], refunds: [back(paid, 'reversal', '2026-04-20')] }).slice(2))
      .toEqual(['2026-04-06 inv-1 hold hold executed', '2026-04-10 inv-1 hold release executed']);
  });

  test('the payment that kept a promise bounces before the promised day is over: the promise runs again, then it is broken', () => {
    const paid = payment('inv-1', '2026-03-21');
    expect(outcomes({ policy: reminders, invoices: [inv], promises: [promise('2026-03-19', '2026-03-26')], payments: [paid], refunds: [back(paid, 'reversal', '2026-03-24')] }))
      .toEqual(['2026-03-24 inv-1 first email deferred', '2026-03-27 inv-1 first email executed', '2026-03-30 inv-1 second email executed', '2026-04-06 inv-1 hold hold executed']);
  });

  test('in the customer’s zone: taken back on a date is taken back at that day’s start, before its reminder', () => {
    const paid = payment('inv-1', '2026-03-17');
    const rows = run({ policy: reminders, customers: [customer('acme', { timeZone: 'Asia/Tokyo' })], invoices: [inv], payments: [paid], refunds: [back(paid, 'chargeback', '2026-03-23')] });
    expect(rows.filter(({ outcome }) => outcome === 'executed')[0]).toMatchObject({ at: '2026-03-23T00:00:00.000Z', step: 'first', openMinor: 100_000 });
  });
});

describe('a discount whose payment goes back', () => {
  const early = ladder(`
- { id: offer, title: Offer, anchor: issued, offset: { days: 0 }, actions: [{ discount: { percent: "2", forDays: 10 } }] }
- { id: first, title: First, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }`);
  const opened = (refundedMinor: number | null, { more = 0, paidMinor = 98_000 } = {}): number | undefined => {
    const paid = payment('inv-1', '2026-03-05', paidMinor);
    const also = payment('inv-1', '2026-03-18', more);
    const rows = run({ policy: early, invoices: [inv], payments: more > 0 ? [paid, also] : [paid], refunds: [back(paid, 'refund', '2026-03-10', refundedMinor)] });
    return rows.find(({ step, outcome }) => step === 'first' && outcome === 'executed')?.openMinor;
  };

  test('day 3: 980.00 of 1,000.00 are paid and 20.00 taken off; day 8: it goes back, and the whole is owed again', () => {
    expect(opened(null)).toBe(100_000);
  });

  test('a part of it goes back: that part is owed again, and the discount with it', () => {
    expect(opened(10_000)).toBe(12_000);
  });

  test('what comes after the last day of the offer does not bring the discount back', () => {
    expect(opened(10_000, { more: 10_000 })).toBe(2_000);
  });

  test('a little more than needed was paid, and that goes back: what stays earns the discount still', () => {
    expect(opened(500, { paidMinor: 98_500 })).toBeUndefined();
    expect(opened(501, { paidMinor: 98_500 })).toBe(2_001);
  });
});
