import { customer, invoice, ladder, payment, run, tell } from './story';

const threeEmails = `
- { id: first, title: First, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7, to: [billing] } }] }
- { id: second, title: Second, anchor: due, offset: { days: 14 }, actions: [{ email: { template: overdue-7, to: [billing] } }] }
- { id: third, title: Third, anchor: due, offset: { days: 21 }, actions: [{ email: { template: overdue-7, to: [billing] } }] }
`;

describe('the reference strategy, day by day', () => {
  const unpaid = invoice('inv-1', '2026-02-02', '2026-03-04', 50_001);

  test('an invoice that nobody pays climbs the whole ladder, each step on its day', () => {
    expect(tell({ invoices: [unpaid] })).toEqual([
      '2026-02-02 inv-1 deliver email executed',
      '2026-03-04 inv-1 due email executed',
      '2026-03-11 inv-1 overdue-7 email executed',
      '2026-03-18 inv-1 call-14 task executed',
      '2026-04-03 inv-1 sales-30 task executed',
      '2026-04-20 inv-1 hold-45 hold executed', // day 45 is Saturday the 18th
      '2026-04-20 inv-1 hold-45 email executed',
      '2026-07-02 inv-1 handoff-120 handoff executed',
      '2026-07-02 inv-1 handoff-120 notify executed',
    ]);
  });

  test.each([
    [50_000, 'suppressed', 'balance 500.00 USD is not over 500.00 USD'],
    [50_001, 'executed', 'planned for 2026-04-20'],
  ])('day 45: a balance of %i cents is %s', (totalMinor, outcome, reason) => {
    const rows = run({ invoices: [{ ...unpaid, totalMinor }] }).filter((row) => row.action === 'hold');
    expect(rows.map((row) => [row.outcome, row.reason])).toEqual([[outcome, reason]]);
  });

  test('a payment dated the day of a step is seen by the step: nothing is sent, and every step that was to come says why', () => {
    expect(tell({ invoices: [unpaid], payments: [payment('inv-1', '2026-03-11', 50_001)] }).slice(2)).toEqual([
      '2026-03-11 inv-1 overdue-7 email suppressed',
      '2026-03-11 inv-1 call-14 task suppressed',
      '2026-03-11 inv-1 sales-30 task suppressed',
      '2026-03-11 inv-1 hold-45 hold suppressed',
      '2026-03-11 inv-1 hold-45 email suppressed',
      '2026-03-11 inv-1 handoff-120 handoff suppressed',
      '2026-03-11 inv-1 handoff-120 notify suppressed',
    ]);
  });

  test('a payment a minute after the window opened comes too late for that day’s reminder', () => {
    const rows = tell({ invoices: [unpaid], payments: [payment('inv-1', '2026-03-11T09:01:00Z', 50_001)] });
    expect(rows[2]).toBe('2026-03-11 inv-1 overdue-7 email executed');
  });

  test('a part payment that brings the balance to the threshold releases the hold at once, and tells the customer when the window opens', () => {
    const rows = run({ invoices: [unpaid], payments: [payment('inv-1', '2026-05-02T12:00:00Z', 1)] }).filter((row) => row.action.startsWith('release'));
    expect(rows.map((row) => [row.at, row.action, row.outcome])).toEqual([
      ['2026-05-02T12:00:00.000Z', 'release', 'executed'], // a Saturday
      ['2026-05-04T09:00:00.000Z', 'release-notice', 'executed'],
    ]);
  });

  test('an invoice that is paid before it is first seen is never collected', () => {
    expect(tell({ invoices: [invoice('old', '2025-01-01', '2025-02-01')], payments: [payment('old', '2025-01-20')] })).toEqual([]);
  });

  test('an invoice brought over 50 days late gets its latest due step; the steps before it say that they were collapsed or came too late', () => {
    expect(tell({ invoices: [invoice('inv-1', '2025-10-13', '2025-11-12', 60_000)], from: '2026-01-01', to: '2026-01-05' })).toEqual([
      '2026-01-01 inv-1 deliver email skipped',
      '2026-01-01 inv-1 due email skipped',
      '2026-01-01 inv-1 overdue-7 email skipped',
      '2026-01-01 inv-1 call-14 task skipped',
      '2026-01-01 inv-1 sales-30 task skipped',
      '2026-01-01 inv-1 hold-45 hold executed',
      '2026-01-01 inv-1 hold-45 email executed',
    ]);
  });
});

describe('contact', () => {
  test('three invoices due for an email on one day make one email, led by the most severe step', () => {
    const rows = run({
      policy: ladder(threeEmails),
      invoices: [invoice('a', '2026-01-05', '2026-02-01'), invoice('b', '2026-01-05', '2026-01-25'), invoice('c', '2026-01-05', '2026-01-18')],
      to: '2026-02-08',
    }).filter((row) => row.on === '2026-02-08');
    expect(rows.map((row) => `${row.invoice} ${row.step} ${row.outcome}: ${row.reason}`)).toEqual([
      'c third executed: planned for 2026-02-08',
      'b second covered: in the same email as c/third',
      'a first covered: in the same email as c/third',
    ]);
  });

  test('a policy that says per invoice gets one email for each', () => {
    const policy = ladder(threeEmails);
    const rows = tell({ policy: { ...policy, contact: { ...policy.contact, merge: 'per-invoice' } }, invoices: [invoice('a', '2026-01-05', '2026-02-01'), invoice('b', '2026-01-05', '2026-02-01')], to: '2026-02-08' });
    expect(rows).toEqual(['2026-02-08 a first email executed', '2026-02-08 b first email executed']);
  });

  test('steps with times of their own still share one email: the first to go carries those due later that day', () => {
    const policy = ladder(`
- { id: soft, title: Soft, anchor: due, offset: { days: 7 }, at: "10:00", actions: [{ email: { template: overdue-7, to: [billing] } }] }
- { id: hard, title: Hard, anchor: due, offset: { days: 14 }, at: "15:00", actions: [{ email: { template: overdue-7, to: [billing] } }] }`);
    const rows = run({ policy, invoices: [invoice('a', '2026-01-05', '2026-02-01'), invoice('b', '2026-01-05', '2026-01-25')], to: '2026-02-08' });
    expect(rows.filter((row) => row.on === '2026-02-08').map((row) => `${row.at} ${row.invoice} ${row.outcome}`)).toEqual([
      '2026-02-08T10:00:00.000Z b executed',
      '2026-02-08T10:00:00.000Z a covered',
    ]);
  });

  test.each([
    [3, ['2026-02-08 a first email executed', '2026-02-10 b first email deferred', '2026-02-11 b first email executed']],
    [2, ['2026-02-08 a first email executed', '2026-02-10 b first email executed']],
  ])('with %i days between contacts, the last of them is allowed', (minimumDaysBetween, expected) => {
    const policy = ladder(threeEmails);
    expect(tell({ policy: { ...policy, contact: { minimumDaysBetween, merge: 'same-day' } }, invoices: [invoice('a', '2026-01-05', '2026-02-01'), invoice('b', '2026-01-05', '2026-02-03')], to: '2026-02-12' })).toEqual(expected);
  });

  test('a customer whose unapplied cash covers the invoice is not reminded of it; the next invoice is', () => {
    const rows = run({
      policy: ladder(threeEmails),
      invoices: [invoice('a', '2026-01-05', '2026-02-01'), invoice('b', '2026-01-05', '2026-02-02')],
      payments: [payment(null, '2026-02-05')],
      to: '2026-02-10',
    });
    expect(rows.map((row) => `${row.invoice} ${row.outcome}: ${row.reason}`)).toEqual([
      'a suppressed: unapplied cash or credit of the customer covers what is open',
      'b executed: planned for 2026-02-09',
    ]);
  });

  test('a customer without an address gets no email, and the decision says so', () => {
    expect(run({ policy: ladder(threeEmails), customers: [customer('acme', { contacts: [] })], invoices: [invoice('a', '2026-01-05', '2026-02-01')], to: '2026-02-09' })[0])
      .toMatchObject({ outcome: 'suppressed', reason: 'the customer has no email address' });
  });
});

describe('catch-up, when an invoice is brought over late', () => {
  const late = invoice('a', '2025-11-01', '2025-12-10');
  const withRule = (rule: string) => ladder(threeEmails, `catchUp: ${rule}`);
  test('collapse: only the latest due step runs', () => {
    expect(tell({ policy: withRule('collapse'), invoices: [late], to: '2026-01-02' })).toEqual(['2026-01-01 a first email skipped', '2026-01-01 a second email skipped', '2026-01-01 a third email executed']);
  });
  test('skip: none of them runs', () => {
    expect(tell({ policy: withRule('skip'), invoices: [late], to: '2026-01-02' })).toEqual(['2026-01-01 a first email skipped', '2026-01-01 a second email skipped', '2026-01-01 a third email skipped']);
  });
  test('send-late: those within the limit run, in one email', () => {
    expect(tell({ policy: withRule('{ sendLate: { limitDays: 8 } }'), invoices: [late], to: '2026-01-02' })).toEqual(['2026-01-01 a first email skipped', '2026-01-01 a third email executed', '2026-01-01 a second email covered']);
  });
});

describe('calendars', () => {
  const onDue = ladder('- { id: due, title: Due, anchor: due, offset: { days: 0 }, actions: [{ email: { template: due, to: [billing] } }] }');
  const weekdays = { ...onDue, calendar: { ...onDue.calendar, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' as const } };

  test.each([
    ['Europe/Berlin', '2026-03-27', '2026-03-27T08:00:00.000Z'], // before the clocks change
    ['Europe/Berlin', '2026-03-30', '2026-03-30T07:00:00.000Z'], // after
    ['Pacific/Auckland', '2026-07-01', '2026-06-30T21:00:00.000Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T14:00:00.000Z'],
  ])('in %s the window of %s opens at %s', (timeZone, dueOn, at) => {
    expect(run({ policy: weekdays, customers: [customer('acme', { timeZone })], invoices: [invoice('a', '2026-01-05', dueOn)] })[0]?.at).toBe(at);
  });

  test.each([
    ['DE', 'BY', '2026-01-06', '2026-01-07'], // Epiphany is a holiday in Bavaria
    ['DE', 'BE', '2026-01-06', '2026-01-06'], // and none in Berlin
    ['US', null, '2026-07-03', '2026-07-06'], // the 4th falls on a Saturday and is kept on Friday
    ['DE', 'BY', '2026-12-25', '2026-12-28'],
  ])('holidays of %s %s: due %s, reminded on %s', (country, region, dueOn, on) => {
    expect(run({ policy: weekdays, customers: [customer('acme', { country, region })], invoices: [invoice('a', '2026-01-05', dueOn)] })[0]?.on).toBe(on);
  });

  test('three business days after a Thursday before Easter is the Thursday after it', () => {
    const policy = { ...ladder('- { id: late, title: Late, anchor: due, offset: { businessDays: 3 }, actions: [{ email: { template: due, to: [billing] } }] }'), calendar: weekdays.calendar };
    expect(run({ policy, customers: [customer('acme', { country: 'DE', region: 'BY' })], invoices: [invoice('a', '2026-01-05', '2026-04-02')] })[0]?.on).toBe('2026-04-09');
  });

  test('a step anchored to the previous one counts from the day on which that one ended', () => {
    const policy = { ...ladder(`
- { id: due, title: Due, anchor: due, offset: { days: 0 }, actions: [{ email: { template: due, to: [billing] } }] }
- { id: next, title: Next, anchor: previous, offset: { days: 5 }, actions: [{ email: { template: due, to: [billing] } }] }`), calendar: weekdays.calendar };
    expect(tell({ policy, invoices: [invoice('a', '2026-01-05', '2026-02-07')] })).toEqual(['2026-02-09 a due email executed', '2026-02-16 a next email executed']);
  });
});

describe('money on account', () => {
  test('a customer who owes 500.01 and has one cent on account does not owe over 500: no hold', () => {
    const rows = run({ invoices: [invoice('inv-1', '2026-02-02', '2026-03-04', 50_001)], payments: [payment(null, '2026-03-20', 1)] }).filter((row) => row.action === 'hold');
    expect(rows).toMatchObject([{ outcome: 'suppressed', openMinor: 50_001, reason: 'balance 500.00 USD is not over 500.00 USD' }]);
  });

  test('money that comes on account releases a hold, as a payment of the invoice does', () => {
    const rows = run({ invoices: [invoice('inv-1', '2026-02-02', '2026-03-04', 50_001)], payments: [payment(null, '2026-05-04', 1)] }).filter((row) => row.action === 'release');
    expect(rows).toMatchObject([{ on: '2026-05-04', outcome: 'executed', reason: 'released: balance 500.00 USD is not over 500.00 USD' }]);
  });
});
