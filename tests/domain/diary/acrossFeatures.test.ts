import { back, customer, invoice, ladder, payment, run, tell, type Story } from '../collection/story';

/** Days on which several features meet, each told by what was done for the customer and what was held back. */
const strategy = ladder(`
- { id: first, title: First, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: call, title: Call, anchor: due, offset: { days: 14 }, actions: [{ task: { queue: Customer Care, title: Call, dueInDays: 1 } }] }
- { id: hold, title: Hold, anchor: due, offset: { days: 21 }, when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }, actions: [{ hold: { kind: credit } }] }
- { id: last, title: Last, anchor: due, offset: { days: 35 }, actions: [{ email: { template: overdue-14 } }] }`);
const inv = invoice('inv-1', '2026-03-02', '2026-03-16'); // 1,000.00 USD: first on 03-23, call on 03-30, hold on 04-06, last on 04-20
const diary = (story: Omit<Story, 'invoices' | 'policy'>): string[] => tell({ policy: strategy, invoices: [inv], ...story }).filter((line) => !line.endsWith('suppressed')).map((line) => line.replace(' inv-1', ''));

test('a part is disputed, credited in half, paid in half, and bounces: each of the ledger’s words is heard on its day', () => {
  const half = payment('inv-1', '2026-04-10', 40_000);
  expect(diary({
    disputes: [{ externalId: 'd-1', invoiceExternalId: 'inv-1', openedAt: '2026-03-20', currency: 'USD', amountMinor: 60_000, reason: 'quality', resolved: { at: '2026-04-02', resolution: { kind: 'split', creditMinor: 20_000 } } }],
    payments: [half], refunds: [back(half, 'chargeback', '2026-04-15')],
  })).toEqual([
    '2026-03-23 first email executed', // asks for the 400.00 that are undisputed
    '2026-03-30 call task executed',
    '2026-04-06 hold hold executed', // 800.00 are open and undisputed since 04-02
    '2026-04-10 hold release executed', // 400.00 are
    '2026-04-20 last email executed', // 800.00 again since 04-15: no second hold, and the letter on its day
  ]);
});

test('a promise is kept by a payment, the payment is refunded in part and the rest is promised anew, until a holiday on which nothing comes', () => {
  const kept = payment('inv-1', '2026-03-25');
  const policy = { ...strategy, calendar: { ...strategy.calendar, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' as const } };
  const promise = (externalId: string, madeAt: string, promisedOn: string, amountMinor: number) => ({ externalId, invoiceExternalId: 'inv-1', madeAt, promisedOn, currency: 'USD', amountMinor });
  const rows = run({
    policy, customers: [customer('acme', { timeZone: 'Europe/Berlin', country: 'DE' })], invoices: [inv],
    promises: [promise('w-1', '2026-03-20', '2026-03-26', 100_000), promise('w-2', '2026-03-26T12:00:00Z', '2026-04-03', 30_000)], // Good Friday
    payments: [kept], refunds: [back(kept, 'refund', '2026-03-26T10:00:00Z', 30_000)],
  }).filter(({ outcome }) => outcome !== 'suppressed');
  expect(rows.map(({ on, step, outcome, openMinor }) => [on, step, outcome, openMinor])).toEqual([
    ['2026-03-23', 'first', 'deferred', 100_000],
    ['2026-03-26', 'first', 'deferred', 30_000], // the first promise runs again until midnight
    ['2026-03-26', 'first', 'deferred', 30_000], // the second until Good Friday is over
    ['2026-03-30', 'call', 'deferred', 30_000],
    ['2026-04-07', 'first', 'skipped', 30_000], // after Easter Monday, into the call
    ['2026-04-07', 'call', 'executed', 30_000],
    ['2026-04-20', 'last', 'executed', 30_000],
  ]);
});

test('the night on which the clocks go forward: what the bank takes back at half past two, an hour that is not there, is asked for when the window opens', () => {
  // New York, 2026-03-08: after 01:59 comes 03:00, and the window opens at 13:00 UTC instead of 14:00.
  const early = invoice('inv-1', '2026-02-01', '2026-03-01');
  const paid = payment('inv-1', '2026-03-02');
  const rows = run({ policy: strategy, customers: [customer('acme', { timeZone: 'America/New_York' })], invoices: [early], payments: [paid], refunds: [back(paid, 'reversal', '2026-03-08T02:30:00-05:00')] });
  expect(rows.filter(({ outcome }) => outcome === 'executed')[0]).toMatchObject({ at: '2026-03-08T13:00:00.000Z', step: 'first', openMinor: 100_000 });
});

test('two invoices, one payment on account that covers both, and it goes back in parts: the older one stays covered longest', () => {
  const onAccount = payment(null, '2026-03-10', 200_000);
  const second = invoice('inv-2', '2026-03-02', '2026-03-17');
  const told = tell({
    policy: strategy, invoices: [inv, second], payments: [onAccount],
    refunds: [back(onAccount, 'refund', '2026-03-28', 100_000), back(onAccount, 'reversal', '2026-04-18')],
  });
  expect(told).toEqual([
    '2026-03-23 inv-1 first email suppressed', '2026-03-24 inv-2 first email suppressed',
    '2026-03-30 inv-1 call task suppressed', '2026-03-31 inv-2 call task executed',
    '2026-04-06 inv-1 hold hold suppressed', '2026-04-07 inv-2 hold hold executed',
    '2026-04-20 inv-1 last email executed', '2026-04-21 inv-2 last email executed',
  ]);
});

test('grace, then a bounced payment: the days of grace count from the due date, not from the day on which the money went', () => {
  const paid = payment('inv-1', '2026-03-17');
  expect(diary({ customers: [customer('acme', { graceDays: 10 })], payments: [paid], refunds: [back(paid, 'reversal', '2026-03-19')] }).slice(0, 2))
    .toEqual(['2026-04-02 first email executed', '2026-04-09 call task executed']);
});
