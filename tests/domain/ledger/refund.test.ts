import fc from 'fast-check';
import { planRefund } from '../../../domain/ledger/refund';

const amount = fc.integer({ min: 1, max: 10_000_00 });
const account = fc.record({ unappliedMinor: fc.nat(10_000_00), newestFirst: fc.array(fc.record({ amountMinor: amount }), { maxLength: 6 }) });
const leftOf = ({ unappliedMinor, newestFirst }: { unappliedMinor: number; newestFirst: readonly { amountMinor: number }[] }): number => newestFirst.reduce((sum, each) => sum + each.amountMinor, unappliedMinor);

describe('where the money of a refund comes from', () => {
  test('unapplied cash first, then the newest applications, the last of them in part', () => {
    const [newest, older, oldest] = [{ amountMinor: 30_00 }, { amountMinor: 50_00 }, { amountMinor: 20_00 }];
    expect(planRefund({ amountMinor: 60_00, unappliedMinor: 10_00, newestFirst: [newest, older, oldest] })).toEqual({
      fromUnappliedMinor: 10_00, takenBack: [{ application: newest, amountMinor: 30_00 }, { application: older, amountMinor: 20_00 }],
    });
  });

  test('what was paid too much goes back without taking anything back', () => {
    expect(planRefund({ amountMinor: 10_00, unappliedMinor: 10_00, newestFirst: [{ amountMinor: 90_00 }] })).toEqual({ fromUnappliedMinor: 10_00, takenBack: [] });
  });

  test('what is planned is the refund to the minor unit; no application gives more than it has, and none before those that are newer are used up', () => {
    fc.assert(fc.property(account, amount, (given, amountMinor) => {
      const plan = planRefund({ ...given, amountMinor });
      expect(plan === null).toBe(amountMinor > leftOf(given));
      if (!plan) return;
      expect(plan.takenBack.reduce((sum, each) => sum + each.amountMinor, plan.fromUnappliedMinor)).toBe(amountMinor);
      expect(plan.takenBack.length === 0 || plan.fromUnappliedMinor === given.unappliedMinor).toBe(true);
      expect(plan.takenBack.map(({ application }) => application)).toEqual(given.newestFirst.slice(0, plan.takenBack.length));
      expect(plan.takenBack.slice(0, -1).every(({ application, amountMinor: taken }) => taken === application.amountMinor)).toBe(true);
      expect(plan.takenBack.every(({ application, amountMinor: taken }) => taken > 0 && taken <= application.amountMinor)).toBe(true);
    }));
  });
});
