import { describeCondition } from '../../../domain/condition/describe';
import { compileCondition, evaluateCondition } from '../../../domain/condition/evaluate';
import type { Comparison, Condition } from '../../../domain/policy/types';
import { conditionFacts } from './facts';

const over500: Comparison = { field: 'invoice.balance', op: '>', value: { kind: 'money', minorByCurrency: { USD: 50_000, EUR: 46_000 } } };
const number = (field: string, op: Comparison['op'], value: number): Comparison => ({ field, op, value: { kind: 'number', number: value } });
const text = (field: string, op: Comparison['op'], value: string): Comparison => ({ field, op, value: { kind: 'text', text: value } });

describe('a reason', () => {
  test('names the amount and the threshold that it is not over', () => {
    expect(evaluateCondition(over500, conditionFacts())).toEqual({
      holds: false,
      inputs: { 'invoice.balance': '450.00 USD' },
      reason: 'balance 450.00 USD is not over 500.00 USD',
    });
  });

  test('says that there is no threshold in the currency', () => {
    expect(evaluateCondition(over500, conditionFacts({ invoice: { currency: 'GBP', openMinor: 900_000 } }))).toMatchObject({
      holds: false,
      reason: 'no threshold in GBP for balance 9000.00 GBP',
    });
  });

  test('of "all" is what failed, and everything when nothing did', () => {
    const condition: Condition = { all: [over500, number('invoice.daysPastDue', '>', 5)] };
    expect(evaluateCondition(condition, conditionFacts()).reason).toBe('balance 450.00 USD is not over 500.00 USD');
    expect(evaluateCondition(condition, conditionFacts({ invoice: { openMinor: 50_001 } })).reason)
      .toBe('balance 500.01 USD is over 500.00 USD and days past due 9 is over 5');
  });

  test('of "any" is what held, and everything when nothing did', () => {
    const condition: Condition = { any: [over500, text('customer.tier', '=', 'gold')] };
    expect(evaluateCondition(condition, conditionFacts()).reason).toBe('tier gold is gold');
    expect(evaluateCondition(condition, conditionFacts({ customer: { tier: null } })).reason)
      .toBe('balance 450.00 USD is not over 500.00 USD and tier is not set');
  });

  test('keeps every input, also of what could not change the answer', () => {
    const condition: Condition = { any: [text('customer.country', '=', 'DE'), { not: over500 }] };
    expect(evaluateCondition(condition, conditionFacts()).inputs).toEqual({ 'customer.country': 'DE', 'invoice.balance': '450.00 USD' });
  });

  test('of no condition says so', () => {
    expect(evaluateCondition(null, conditionFacts())).toEqual({ holds: true, inputs: {}, reason: 'no condition' });
  });
});

describe('days past due', () => {
  test.each([
    ['2026-02-28', -1], ['2026-03-01', 0], ['2026-03-02', 1], ['2026-03-31', 30], ['2027-03-01', 365],
  ])('on %s of an invoice due on 2026-03-01 are %i', (today, days) => {
    expect(evaluateCondition(number('invoice.daysPastDue', '=', days), conditionFacts({ today })).holds).toBe(true);
  });

  test('is not overdue on the due date itself, but on the day after', () => {
    const overdue = compileCondition(number('invoice.daysPastDue', '>', 0));
    expect(overdue(conditionFacts({ today: '2026-03-01' }))).toBe(false);
    expect(overdue(conditionFacts({ today: '2026-03-02' }))).toBe(true);
  });
});

describe('every field of the catalogue', () => {
  const facts = conditionFacts({
    customer: { businessUnit: 'north', custom: { segment: 'retail', score: '7.5', vip: true, since: '2020-05-01', nothing: null } },
    invoice: { businessUnit: 'south', custom: { project: 12 } },
  });
  test.each<[Comparison, boolean]>([
    [{ field: 'invoice.amount', op: '=', value: { kind: 'money', minorByCurrency: { USD: 100_000 } } }, true],
    [{ field: 'customer.balance', op: '>=', value: { kind: 'money', minorByCurrency: { USD: 250_000 } } }, true],
    [text('invoice.currency', '=', 'USD'), true],
    [text('invoice.type', '!=', 'standard'), false],
    [text('invoice.businessUnit', '=', 'south'), true],
    [{ field: 'invoice.issuedOn', op: '<', value: { kind: 'date', date: '2026-01-31' } }, true],
    [{ field: 'invoice.dueOn', op: '>=', value: { kind: 'date', date: '2026-03-02' } }, false],
    [{ field: 'customer.country', op: 'in', value: { kind: 'list', values: ['AT', 'DE'] } }, true],
    [text('customer.region', '=', 'BY'), true],
    [{ field: 'customer.language', op: 'not-in', value: { kind: 'list', values: ['de'] } }, false],
    [text('customer.businessUnit', '=', 'north'), true],
    [text('customer.tier', '=', 'gold'), true],
    [text('customer.custom.segment', '=', 'retail'), true],
    [number('customer.custom.score', '>', 7), true],
    [{ field: 'customer.custom.vip', op: '=', value: { kind: 'boolean', boolean: true } }, true],
    [{ field: 'customer.custom.vip', op: '!=', value: { kind: 'boolean', boolean: true } }, false],
    [{ field: 'customer.custom.since', op: '<', value: { kind: 'date', date: '2021-01-01' } }, true],
    [number('invoice.custom.project', '<=', 12), true],
    [{ field: 'invoice.custom.project', op: 'in', value: { kind: 'list', values: [11, 12] } }, true],
  ])('%j is %p', (comparison, holds) => {
    expect(evaluateCondition(comparison, facts).holds).toBe(holds);
  });

  test('that is not in the catalogue is a mistake of the program', () => {
    expect(() => compileCondition(text('invoice.colour', '=', 'red'))).toThrow('unknown field "invoice.colour"');
  });
});

describe('a missing value', () => {
  const missing = conditionFacts({ customer: { tier: null, custom: { score: 'high' } } });
  test.each<[Comparison, boolean]>([
    [text('customer.tier', '=', 'gold'), false],
    [text('customer.tier', '!=', 'gold'), true],
    [{ field: 'customer.tier', op: 'in', value: { kind: 'list', values: ['gold'] } }, false],
    [{ field: 'customer.tier', op: 'not-in', value: { kind: 'list', values: ['gold'] } }, true],
    [{ field: 'customer.tier', op: 'is-set', value: { kind: 'none' } }, false],
    [number('invoice.custom.never', '>', 0), false],
    [number('invoice.custom.never', '<', 0), false],
    [number('invoice.custom.never', '!=', 0), true],
    // A text that is no number is missing as far as numbers are concerned, and set all the same.
    [number('customer.custom.score', '<', 10), false],
    [{ field: 'customer.custom.score', op: 'is-set', value: { kind: 'none' } }, true],
  ])('makes %j %p', (comparison, holds) => {
    expect(compileCondition(comparison)(missing)).toBe(holds);
  });
});

describe('plain words', () => {
  test.each<[Condition, string]>([
    [{ all: [number('invoice.daysPastDue', '>', 30), { field: 'invoice.balance', op: '>', value: { kind: 'money', minorByCurrency: { USD: 100_000 } } }] },
      'more than 30 days past due and more than $1,000 open'],
    [over500, 'more than $500 (€460) open'],
    [{ field: 'invoice.amount', op: '>=', value: { kind: 'money', minorByCurrency: { KWD: 150_500 } } }, 'an amount of at least KWD\u00a0150.500'],
    [{ not: text('customer.tier', '=', 'key') }, 'not (tier is key)'],
    [{ all: [{ any: [text('customer.country', '=', 'DE'), text('customer.country', '=', 'AT')] }, number('invoice.daysPastDue', '=', 1)] },
      '(country is DE or country is AT) and exactly 1 day past due'],
    [{ field: 'invoice.issuedOn', op: '<', value: { kind: 'date', date: '2026-01-01' } }, 'issue date before 2026-01-01'],
    [{ field: 'invoice.type', op: 'not-in', value: { kind: 'list', values: ['retainer', 'deposit'] } }, 'invoice type is none of retainer, deposit'],
    [{ field: 'customer.custom.segment', op: 'is-set', value: { kind: 'none' } }, 'customer.custom.segment is set'],
  ])('for %j are "%s"', (condition, words) => {
    expect(describeCondition(condition)).toBe(words);
  });

  test('name the threshold of one currency when that is what matters', () => {
    expect(describeCondition(over500, { currency: 'EUR' })).toBe('more than €460 open');
    expect(describeCondition({ ...over500, value: { kind: 'money', minorByCurrency: { IQD: 1_500 } } })).toBe('more than IQD\u00a01.500 open');
    expect(describeCondition(over500, { currency: 'GBP' })).toBe('more than an amount that is not set for GBP open');
    expect(describeCondition(null)).toBe('always');
  });
});
