import * as fc from 'fast-check';
import { assignGroup, uniform, type Group } from '../../../domain/experiment/assign';
import { compareGroups, customersNeeded, daysEstimate, interval, ratioEstimate, sequentialFactor, type GroupSums } from '../../../domain/experiment/compare';
import { normalQuantile } from '../../../domain/experiment/normal';

const groups: readonly Group[] = [{ name: 'holdout', percent: 20 }, { name: 'a', percent: 40 }, { name: 'b', percent: 40 }];

function none(): GroupSums {
  return { customers: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0, days: 0, daysSquared: 0 };
}
function add(sums: GroupSums, x: number, y: number, days: number): void {
  sums.customers += 1;
  sums.x += x;
  sums.y += y;
  sums.xx += x * x;
  sums.xy += x * y;
  sums.yy += y * y;
  sums.days += days;
  sums.daysSquared += days * days;
}
function sumsOf(rows: readonly (readonly [number, number])[]): GroupSums {
  const sums = none();
  for (const [x, y] of rows) add(sums, x, y, 0);
  return sums;
}

describe('assignment', () => {
  test('a customer stays in its group, and shares come out as asked', () => {
    const counts: Record<string, number> = {};
    let moved = 0;
    for (let index = 0; index < 50_000; index += 1) {
      const group = assignGroup('spring/1', `cust-${index}`, groups);
      if (assignGroup('spring/1', `cust-${index}`, groups) !== group) moved += 1;
      counts[group] = (counts[group] ?? 0) + 1;
    }
    expect(moved).toBe(0);
    // Five standard deviations of a binomial share.
    for (const { name, percent } of groups) expect(Math.abs((counts[name] ?? 0) - percent * 500)).toBeLessThan(5 * Math.sqrt(50_000 * 0.25));
  });

  test('two experiments split independently of each other', () => {
    const both = Array.from({ length: 20_000 }, (_, index) => [uniform(`one\n${index}`) < 0.5, uniform(`two\n${index}`) < 0.5] as const);
    const same = both.filter(([one, two]) => one === two).length;
    expect(Math.abs(same - 10_000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.25));
  });

  test('whatever the ids, a point lies in [0, 1)', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const point = uniform(text);
      return point >= 0 && point < 1;
    }));
  });
});

describe('figures', () => {
  test('normal quantiles as in the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.8)).toBeCloseTo(0.841621, 6);
    expect(normalQuantile(0.005)).toBeCloseTo(-2.575829, 6);
  });

  test('a ratio and its variance, worked by hand', () => {
    // x = 100, 200, 300; y = 50, 120, 130: r = 0.5; residuals 0, 20, -20; s² = 800 / 2 = 400; variance = 400 · 3 / 600².
    const estimate = ratioEstimate(sumsOf([[100, 50], [200, 120], [300, 130]]))!;
    expect(estimate.value).toBeCloseTo(0.5, 12);
    expect(estimate.variance).toBeCloseTo((400 * 3) / 360_000, 12);
    const { low, high } = interval(estimate);
    expect((high - low) / 2).toBeCloseTo(1.959964 * Math.sqrt(estimate.variance), 6);
  });

  test('days to pay: 5, 10 and 30 of a horizon of 30', () => {
    const sums = none();
    for (const days of [5, 10, 30]) add(sums, 1, 1, days);
    const estimate = daysEstimate(sums)!;
    expect(estimate.value).toBe(15);
    // s² = (100 + 25 + 225) / 2 = 175, over n = 3.
    expect(estimate.variance).toBeCloseTo(175 / 3, 10);
  });

  test('too little says nothing', () => {
    expect(ratioEstimate(none())).toBeNull();
    expect(daysEstimate(sumsOf([[1, 1]]))).toBeNull();
    expect(compareGroups(null, null, 0.05)).toBeNull();
  });

  test('customers needed: the textbook case of a difference of half a standard deviation takes 63 a group at a fixed look', () => {
    expect(customersNeeded({ variance: 1 / 40, customers: 40 }, 0.5)).toBe(Math.ceil(62.7911 * sequentialFactor));
  });
});

describe('peeking', () => {
  /** Small, seeded and good enough: mulberry32. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  /** Customers with very different balances, who pay all, a part or nothing; looked at after every 20 of each group from 100 on, 45 times. */
  function declaresEver(seed: number, lift: number, decides: (group: GroupSums, control: GroupSums) => boolean): boolean {
    const next = random(seed);
    const customer = (sums: GroupSums, chance: number): void => {
      const open = Math.exp(4 + 2.5 * next());
      const paid = next() < chance ? open : next() < 0.3 ? open / 2 : 0;
      add(sums, open, paid, paid === open ? 1 + 29 * next() : 30);
    };
    const [group, control] = [none(), none()];
    for (let n = 1; n <= 1_000; n += 1) {
      customer(group, 0.5 + lift);
      customer(control, 0.5);
      if (n >= 100 && n % 20 === 0 && decides(group, control)) return true;
    }
    return false;
  }

  const sequential = (group: GroupSums, control: GroupSums): boolean => compareGroups(ratioEstimate(group), ratioEstimate(control), 0.05)!.decided;
  const days = (group: GroupSums, control: GroupSums): boolean => compareGroups(daysEstimate(group), daysEstimate(control), 2)!.decided;
  const fixed = (group: GroupSums, control: GroupSums): boolean => {
    const [a, b] = [ratioEstimate(group)!, ratioEstimate(control)!];
    return Math.abs(a.value - b.value) > 1.959964 * Math.sqrt(a.variance + b.variance);
  };
  const rate = (runs: number, lift: number, decides: typeof sequential): number => Array.from({ length: runs }, (_, seed) => declaresEver(seed + 1, lift, decides)).filter(Boolean).length / runs;

  test('with no difference at all, a winner is declared in at most 5 of 100 experiments, though one looks 46 times', () => {
    expect(rate(1_000, 0, sequential)).toBeLessThanOrEqual(0.05);
    expect(rate(1_000, 0, days)).toBeLessThanOrEqual(0.05);
  });

  test('an ordinary interval would have declared one far more often: so the test can tell', () => {
    expect(rate(500, 0, fixed)).toBeGreaterThan(0.15);
  });

  test('a real difference is found', () => {
    expect(rate(200, 0.15, sequential)).toBeGreaterThan(0.8);
  });
});
