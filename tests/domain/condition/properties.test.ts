import fc from 'fast-check';
import type { CustomValue } from '../../../domain/collection/facts';
import { compileCondition, evaluateCondition } from '../../../domain/condition/evaluate';
import { formatMoney, parseMoney } from '../../../domain/money/money';
import type { Comparison, Condition } from '../../../domain/policy/types';
import { conditionFacts } from './facts';

const money = (op: Comparison['op'], minorByCurrency: Record<string, number>): Comparison => ({ field: 'invoice.balance', op, value: { kind: 'money', minorByCurrency } });

const leaf = fc.oneof(
  fc.record({ op: fc.constantFrom('>', '>=', '<', '<=', '=', '!=' as const), minor: fc.integer({ min: 0, max: 5 }), currency: fc.constantFrom('USD', 'JPY') })
    .map(({ op, minor, currency }): Condition => money(op, { [currency]: minor })),
  fc.record({ op: fc.constantFrom('>', '>=', '<', '<=', '=', '!=' as const), number: fc.integer({ min: -2, max: 2 }) })
    .map(({ op, number }): Condition => ({ field: 'invoice.daysPastDue', op, value: { kind: 'number', number } })),
  fc.record({ op: fc.constantFrom('=', '!=' as const), text: fc.constantFrom('gold', 'silver') })
    .map(({ op, text }): Condition => ({ field: 'customer.tier', op, value: { kind: 'text', text } })),
  fc.constant<Condition>({ field: 'customer.custom.score', op: 'is-set', value: { kind: 'none' } }),
);
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
})).tree;
const facts = fc.record({
  openMinor: fc.integer({ min: 0, max: 5 }),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  today: fc.constantFrom('2026-02-27', '2026-03-01', '2026-03-02', '2026-03-03'),
  tier: fc.constantFrom('gold', 'silver', null),
  custom: fc.constantFrom<Record<string, CustomValue>>({}, { score: 1 }),
}).map(({ openMinor, currency, today, tier, custom }) => conditionFacts({ today, invoice: { openMinor, currency }, customer: { tier, custom } }));

const holds = (tree: Condition, on: ReturnType<typeof conditionFacts>): boolean => evaluateCondition(tree, on).holds;

describe('boolean algebra', () => {
  test('not, all and any mean what they say', () => {
    fc.assert(fc.property(condition, condition, facts, (one, other, on) => {
      expect(holds({ not: one }, on)).toBe(!holds(one, on));
      expect(holds({ all: [one, other] }, on)).toBe(holds(one, on) && holds(other, on));
      expect(holds({ any: [one, other] }, on)).toBe(holds(one, on) || holds(other, on));
    }));
  });

  test('De Morgan, absorption, and double negation', () => {
    fc.assert(fc.property(condition, condition, facts, (one, other, on) => {
      expect(holds({ not: { all: [one, other] } }, on)).toBe(holds({ any: [{ not: one }, { not: other }] }, on));
      expect(holds({ not: { any: [one, other] } }, on)).toBe(holds({ all: [{ not: one }, { not: other }] }, on));
      expect(holds({ all: [one, { any: [one, other] }] }, on)).toBe(holds(one, on));
      expect(holds({ not: { not: one } }, on)).toBe(holds(one, on));
    }));
  });

  test('the compiled function answers as the explained one does, and the explanation is the same each time', () => {
    fc.assert(fc.property(condition, facts, (tree, on) => {
      const explained = evaluateCondition(tree, on);
      expect(compileCondition(tree)(on)).toBe(explained.holds);
      expect(evaluateCondition(tree, on)).toEqual(explained);
      expect(explained.reason).not.toBe('');
    }));
  });
});

describe('money thresholds are exact to the minor unit', () => {
  test('one below, at, and one above, in currencies of 0, 2 and 3 decimals', () => {
    fc.assert(fc.property(fc.constantFrom('JPY', 'USD', 'KWD'), fc.integer({ min: 1, max: 9_000_000_000_000 }), (currency, threshold) => {
      const at = (openMinor: number, op: Comparison['op']): boolean =>
        compileCondition(money(op, { [currency]: parseMoney(formatMoney(threshold, currency), currency) }))(conditionFacts({ invoice: { currency, openMinor } }));
      expect([-1, 0, 1].map((off) => at(threshold + off, '>'))).toEqual([false, false, true]);
      expect([-1, 0, 1].map((off) => at(threshold + off, '>='))).toEqual([false, true, true]);
      expect([-1, 0, 1].map((off) => at(threshold + off, '<'))).toEqual([true, false, false]);
      expect([-1, 0, 1].map((off) => at(threshold + off, '<='))).toEqual([true, true, false]);
      expect([-1, 0, 1].map((off) => at(threshold + off, '='))).toEqual([false, true, false]);
      expect([-1, 0, 1].map((off) => at(threshold + off, '!='))).toEqual([true, false, true]);
    }));
  });

  test('no operator holds in a currency without a threshold', () => {
    for (const op of ['>', '>=', '<', '<=', '=', '!='] as const) {
      expect(compileCondition(money(op, { USD: 1 }))(conditionFacts({ invoice: { currency: 'EUR', openMinor: 5 } }))).toBe(false);
    }
  });
});
