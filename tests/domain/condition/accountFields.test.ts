import { blockOf } from '../../../domain/collection/blocked';
import { withoutClaims } from '../../../domain/collection/claims';
import type { Owed, PromiseOnRecord } from '../../../domain/collection/facts';
import { askedBy } from '../../../domain/condition/asked';
import { fields } from '../../../domain/condition/catalogue';
import { describeCondition } from '../../../domain/condition/describe';
import { compileCondition, evaluateCondition } from '../../../domain/condition/evaluate';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { parseCondition } from '../../../domain/policy/readCondition';
import type { ConditionDocument } from '../../../domain/policy/schema';
import type { Condition } from '../../../domain/policy/types';
import { customer, invoice, ladder, payment, run } from '../collection/story';
import { conditionFacts } from './facts';

const read = (document: ConditionDocument): Condition => {
  const parsed = parseCondition(document, { subject: 'invoice' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.condition;
};
const holds = (document: ConditionDocument, facts = conditionFacts()): boolean => compileCondition(read(document))(facts);
const owed = (more: Partial<Owed>): Owed => ({ currency: 'USD', dueOn: '2026-03-01', openMinor: 10_000, promisedMinor: 0, disputedMinor: 0, ...more });
const owing = (open: readonly Owed[], creditLimit: { amountMinor: number; currency: string } | null = null, unapplied: Record<string, number> = {}) => conditionFacts({ customer: { owes: { open, unapplied }, creditLimit } });
const promised = (promises: readonly PromiseOnRecord[], today?: string) => conditionFacts({ customer: { promises }, ...(today ? { today } : {}) });

describe('what the customer owes over all invoices, asked of one', () => {
  const facts = owing([owed({}), owed({ dueOn: '2026-03-10', openMinor: 30_000 }), owed({ currency: 'EUR', disputedMinor: 4_000 })]);

  test('is in the currency of the invoice, and overdue from the day after the due date', () => {
    expect(holds({ field: 'customer.overdue', op: '=', value: { USD: '100.00', EUR: '1.00' } }, facts)).toBe(true);
    expect(holds({ field: 'customer.overdueShare', op: '=', value: 25 }, facts)).toBe(true);
    expect(holds({ field: 'customer.overdueShare', op: '>', value: 25 }, facts)).toBe(false);
    expect(holds({ field: 'customer.disputed', op: '>', value: { EUR: '1.00' } }, facts)).toBe(false);
  });

  test('counts invoices and disputes whatever their currency', () => {
    expect(holds({ field: 'customer.openInvoices', op: '=', value: 3 }, facts)).toBe(true);
    expect(holds({ field: 'customer.openDispute', op: '=', value: 'yes' }, facts)).toBe(true);
    expect(holds({ field: 'customer.activePromise', op: '=', value: 'yes' }, facts)).toBe(false);
  });

  test('is told with the threshold', () => {
    expect(evaluateCondition(read({ field: 'customer.overdueShare', op: '>', value: 40 }), facts)).toEqual({ holds: false, inputs: { 'customer.overdueShare': '25%' }, reason: 'overdue share 25% is not over 40%' });
    expect(evaluateCondition(read({ field: 'customer.overdue', op: '>', value: { USD: '99.99' } }), facts).reason).toBe('overdue of the customer 100.00 USD is over 99.99 USD');
  });
});

describe('the credit limit', () => {
  const limit = { amountMinor: 20_000, currency: 'EUR' };
  const used = (openMinor: number, unappliedMinor = 0, of = limit) => owing([owed({ currency: 'EUR', openMinor }), owed({ openMinor: 900_000 })], of, { EUR: unappliedMinor });

  test.each([[19_999, 99.995, 'no'], [20_000, 100, 'no'], [20_001, 100.005, 'yes']])('with %i of 20000 open is used to %d per cent', (open, percent, over) => {
    expect(holds({ field: 'customer.creditUsed', op: '=', value: percent }, used(open))).toBe(true);
    expect(holds({ field: 'customer.overCreditLimit', op: '=', value: over }, used(open))).toBe(true);
  });

  test('is measured less what is in hand, in the currency of the limit alone', () => {
    expect(holds({ field: 'customer.creditUsed', op: '=', value: 50 }, used(30_000, 20_000))).toBe(true);
    expect(holds({ field: 'customer.creditLimit', op: '=', value: { EUR: '200.00', USD: '1.00' } }, used(0))).toBe(true);
    expect(holds({ field: 'customer.creditLimit', op: '>', value: { USD: '0.00' } }, used(0))).toBe(false);
  });

  test('of zero has no share but is exceeded, and none is neither used nor exceeded', () => {
    expect(holds({ field: 'customer.creditUsed', op: '>', value: 100 }, used(1, 0, { ...limit, amountMinor: 0 }))).toBe(false);
    expect(holds({ field: 'customer.overCreditLimit', op: '=', value: 'yes' }, used(1, 0, { ...limit, amountMinor: 0 }))).toBe(true);
    expect(holds({ field: 'customer.creditUsed', op: '>=', value: 0 }, owing([owed({})]))).toBe(false);
    expect(holds({ field: 'customer.overCreditLimit', op: '=', value: 'no' }, owing([owed({})]))).toBe(true);
  });
});

describe('promises', () => {
  test.each([['2026-03-09', 0], ['2026-03-10', 0], ['2026-03-11', 1], ['2027-03-09', 1], ['2027-03-10', 0]])('one for 2026-03-10 that nobody keeps counts as broken on %s: %i', (today, count) => {
    expect(holds({ field: 'customer.brokenPromises', op: '=', value: count }, promised([{ on: '2026-03-10', state: 'pending' }], today))).toBe(true);
    expect(holds({ field: 'customer.brokenPromises', op: '=', value: 0 }, promised([{ on: '2026-03-10', state: 'kept' }], today))).toBe(true);
  });

  test('days since the last that was broken have no end, and are none where none was', () => {
    const broken = [{ on: '2024-03-10', state: 'broken' }, { on: '2024-01-10', state: 'broken' }, { on: '2026-03-01', state: 'kept' }] as const;
    expect(holds({ field: 'customer.daysSinceBrokenPromise', op: '=', value: 730 }, promised(broken, '2026-03-10'))).toBe(true);
    expect(holds({ field: 'customer.keptPromises', op: '=', value: 1 }, promised(broken, '2026-03-10'))).toBe(true);
    expect(holds({ field: 'customer.daysSinceBrokenPromise', op: '>=', value: 0 }, promised([]))).toBe(false);
  });
});

test('contacts of the last days are those of today and before, the first day of them included', () => {
  const facts = (today: string) => conditionFacts({ today, customer: { contactsOn: ['2026-03-10', '2026-03-04'] }, invoice: { contactsOn: ['2026-03-04'] } });
  expect(['2026-03-10', '2026-03-11', '2026-03-16', '2026-03-17'].map((day) => [2, 1, 0].find((count) => holds({ field: 'customer.contactsIn7Days', op: '=', value: count }, facts(day))))).toEqual([2, 1, 1, 0]);
  expect(holds({ all: [{ field: 'invoice.contacts', op: '=', value: 1 }, { field: 'invoice.contactsIn7Days', op: '=', value: 0 }, { field: 'invoice.contactsIn30Days', op: '=', value: 1 }] }, facts('2026-03-11'))).toBe(true);
});

describe('what is disputed and promised of the invoice', () => {
  const facts = conditionFacts({ invoice: { disputedMinor: 5_000, promisedMinor: 10_000 } });

  test('is told also where the rest is looked at as if nothing were', () => {
    const looked = { ...facts, invoice: withoutClaims(facts.invoice) };
    expect(holds({ all: [{ field: 'invoice.disputed', op: '=', value: { USD: '50.00' } }, { field: 'invoice.promised', op: '=', value: { USD: '100.00' } }, { field: 'invoice.openDispute', op: '=', value: 'yes' }] }, looked)).toBe(true);
    expect(holds({ field: 'invoice.balance', op: '=', value: { USD: '450.00' } }, looked)).toBe(true);
  });

  test('ends a step that asks for no dispute, rather than holding it back', () => {
    const [step] = ladder('- {id: a, anchor: due, offset: {days: 1}, when: {field: invoice.openDispute, op: "=", value: "no"}, actions: [{task: {queue: care, title: Call}}]}').steps;
    expect(blockOf(step!, facts.customer, facts.invoice, facts.today)).toBeNull();
  });
});

test('a policy may not ask for what no simulation can know, and says why', () => {
  const parsed = parsePolicy(`
policy: test
version: 1
title: Test
steps:
  - { id: a, anchor: due, offset: { days: 1 }, when: { field: customer.daysSinceReply, op: ">", value: 30 }, actions: [{ email: { template: due } }] }
`);
  expect(parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'steps[0].when.field: customer.daysSinceReply: a simulation cannot know who will write back, so what it foretold would not be what is done; ask it in a segment, an automation or a campaign',
  ]);
});

test('facts that were not read are no answer', () => {
  expect(() => holds({ field: 'customer.brokenPromises', op: '=', value: 0 })).toThrow('A condition asks what the customer promised, which was not read');
  expect(askedBy(read({ all: [{ field: 'invoice.balance', op: '>', value: { USD: '1.00' } }, { not: { field: 'customer.brokenPromises', op: '=', value: 0 } }, { field: 'customer.openInvoices', op: '>', value: 1 }] }))).toEqual(new Set(['promises', 'owes']));
  expect(askedBy(read({ field: 'invoice.balance', op: '>', value: { USD: '1.00' } })).size).toBe(0);
});

test.each([
  [{ field: 'customer.brokenPromises', op: '>=', value: 2 }, 'number of promises broken in the last 365 days is at least 2'],
  [{ field: 'customer.creditUsed', op: '>', value: 80 }, 'more than 80% of the credit limit used'],
  [{ field: 'customer.overdueShare', op: '>', value: 25 }, 'more than 25% of the balance overdue'],
  [{ field: 'customer.creditLimit', op: '<', value: { USD: '500.00' } }, 'a credit limit of less than $500'],
  [{ field: 'invoice.disputed', op: '>', value: { USD: '500.00' } }, 'more than $500 disputed'],
  [{ field: 'customer.promised', op: '>', value: { USD: '500.00' } }, 'more than $500 promised over all the customer\'s invoices'],
  [{ field: 'customer.openDispute', op: '=', value: 'yes' }, 'open dispute of the customer is yes'],
  [{ field: 'invoice.contactsIn7Days', op: '<', value: 2 }, 'number of contacts about the invoice in the last 7 days is less than 2'],
  [{ field: 'customer.lastReplyOn', op: '<', value: 'today-30d' }, 'last reply before 30 days ago'],
] as [ConditionDocument, string][])('%j is put in words', (document, words) => {
  expect(describeCondition(read(document))).toBe(words);
});

test('every field is named once', () => {
  const names = fields.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('day by day: a second broken promise calls Sales, and a hold on the credit used ends with the payment', () => {
  const promise = (externalId: string, of: string, madeAt: string, promisedOn: string) => ({ externalId, invoiceExternalId: of, madeAt, promisedOn, currency: 'USD', amountMinor: 100_000 });
  const policy = ladder([
    '- {id: sales, anchor: due, offset: {days: 20}, when: {field: customer.brokenPromises, op: ">=", value: 2}, actions: [{task: {queue: sales, title: Call}}]}',
    '- {id: hold, anchor: due, offset: {days: 25}, when: {field: customer.creditUsed, op: ">", value: 80}, actions: [{hold: {kind: credit}}]}',
  ].join('\n'));
  const rows = run({
    policy, customers: [customer('acme', { creditLimitMinor: 200_000, creditLimitCurrency: 'USD' })],
    invoices: [invoice('a', '2026-02-01', '2026-03-01'), invoice('b', '2026-02-10', '2026-03-10')],
    promises: [promise('p1', 'a', '2026-03-02', '2026-03-05'), promise('p2', 'b', '2026-03-11', '2026-03-20')],
    payments: [payment('b', '2026-04-10')],
  });
  expect(rows.filter(({ outcome }) => outcome === 'executed').map(({ on, invoice: of, step, action, outcome, reason }) => `${on} ${of} ${step} ${action} ${outcome}: ${reason}`)).toEqual([
    '2026-03-21 a sales task executed: planned for 2026-03-21',
    '2026-03-26 a hold hold executed: planned for 2026-03-26',
    '2026-03-30 b sales task executed: planned for 2026-03-30',
    '2026-04-04 b hold hold executed: planned for 2026-04-04',
    '2026-04-10 b hold release executed: released: nothing is open',
    '2026-04-10 a hold release executed: released: share of the credit limit used 50% is not over 80%',
  ]);
});
