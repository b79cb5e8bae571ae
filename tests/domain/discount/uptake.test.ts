import fc from 'fast-check';
import { worthOf } from '../../../domain/discount/uptake';

describe('what a discount brought and cost', () => {
  test('"2/10 net 30" that brings money 20 days earlier costs 37 % a year', () => {
    expect(worthOf({ takenMinor: 200, receivedMinor: 9_800, takenDays: -20, lostDays: 0 })).toEqual({ daysGained: 20, comparedWith: 'not-taken', yearlyCostPercent: 37.24 });
  });

  test('without anybody who has not taken it and has paid, it is held against the due date; where nothing was taken there is nothing to say', () => {
    expect(worthOf({ takenMinor: 200, receivedMinor: 9_800, takenDays: -10, lostDays: null })).toMatchObject({ daysGained: 10, comparedWith: 'due-date' });
    expect(worthOf({ takenMinor: 0, receivedMinor: 0, takenDays: null, lostDays: 12 })).toEqual({ daysGained: null, comparedWith: null, yearlyCostPercent: null });
  });

  test('where no days were gained there is no cost a year: it was given for nothing', () => {
    expect(worthOf({ takenMinor: 200, receivedMinor: 9_800, takenDays: 0, lostDays: -3 })).toEqual({ daysGained: -3, comparedWith: 'not-taken', yearlyCostPercent: null });
  });

  test('twice the discount costs twice as much, twice the days half as much', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 10_000, max: 1_000_000 }), fc.integer({ min: 1, max: 60 }), (takenMinor, receivedMinor, days) => {
      const cost = (factor: number, times: number): number => worthOf({ takenMinor: takenMinor * factor, receivedMinor, takenDays: -days * times, lostDays: 0 }).yearlyCostPercent!;
      expect(cost(2, 1)).toBeCloseTo(2 * cost(1, 1), 1);
      expect(cost(1, 2)).toBeCloseTo(cost(1, 1) / 2, 1);
    }));
  });
});
