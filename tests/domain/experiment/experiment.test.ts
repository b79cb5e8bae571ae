import * as fc from 'fast-check';
import { assignGroup, holdout, uniform, type Group } from '../../../domain/experiment/assign';
import { compareGroups, customersNeeded, daysEstimate, interval, ratioEstimate, sequentialFactor, type GroupSums } from '../../../domain/experiment/compare';
import { normalQuantile } from '../../../domain/experiment/normal';
import { reportExperiment } from '../../../domain/experiment/report';

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

/** A customer pays all with this chance, else half with a chance of 0.3, else nothing. */
function addCustomer(sums: GroupSums, chance: number, next: () => number): void {
  const open = Math.exp(4 + 2.5 * next());
  const paid = next() < chance ? open : next() < 0.3 ? open / 2 : 0;
  add(sums, open, paid, paid === open ? 1 + 29 * next() : 30);
}
/** What is collected per open of such customers, and their days to pay, in the long run. */
const truth = (chance: number) => ({ perOpen: chance + (1 - chance) * 0.15, days: chance * 15.5 + (1 - chance) * 30 });

describe('peeking', () => {
  /** Customers with very different balances, who pay all, a part or nothing; looked at after every 20 of each group from 100 on, 45 times. */
  function declaresEver(seed: number, lift: number, decides: (group: GroupSums, control: GroupSums) => boolean): boolean {
    const next = random(seed);
    const [group, control] = [none(), none()];
    for (let n = 1; n <= 1_000; n += 1) {
      addCustomer(group, 0.5 + lift, next);
      addCustomer(control, 0.5, next);
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

describe('coverage', () => {
  /** So many standard deviations under the nominal share of so many runs. */
  const atLeast = (share: number, runs: number, deviations: number): number => share - deviations * Math.sqrt((share * (1 - share)) / runs);

  test('an ordinary interval of one figure holds the truth 95 times in 100, whatever the chance', () => {
    const runs = 400;
    fc.assert(fc.property(fc.double({ min: 0.15, max: 0.85, noNaN: true }), fc.integer(), (chance, seed) => {
      const next = random(seed);
      let [perOpen, days] = [0, 0];
      for (let run = 0; run < runs; run += 1) {
        const sums = none();
        for (let n = 0; n < 300; n += 1) addCustomer(sums, chance, next);
        const holds = (value: number, { low, high }: { low: number; high: number }): number => (low <= value && value <= high ? 1 : 0);
        perOpen += holds(truth(chance).perOpen, interval(ratioEstimate(sums)!));
        days += holds(truth(chance).days, interval(daysEstimate(sums)!));
      }
      expect(Math.min(perOpen, days) / runs).toBeGreaterThan(atLeast(0.94, runs, 5));
      expect(Math.max(perOpen, days) / runs).toBeLessThan(0.95 + 5 * Math.sqrt((0.95 * 0.05) / runs));
    }), { numRuns: 6 });
  });

  test('the always-valid interval of a difference holds the truth at all of 26 looks together, 95 times in 100, whatever the lift', () => {
    const runs = 150;
    fc.assert(fc.property(fc.double({ min: 0.2, max: 0.6, noNaN: true }), fc.double({ min: 0, max: 0.25, noNaN: true }), fc.integer(), (chance, lift, seed) => {
      const next = random(seed);
      const wanted = { perOpen: truth(chance + lift).perOpen - truth(chance).perOpen, days: truth(chance + lift).days - truth(chance).days };
      const always = { perOpen: 0, days: 0 };
      for (let run = 0; run < runs; run += 1) {
        const [group, control] = [none(), none()];
        const missed = { perOpen: false, days: false };
        for (let n = 1; n <= 600; n += 1) {
          addCustomer(group, chance + lift, next);
          addCustomer(control, chance, next);
          if (n < 100 || n % 20 !== 0) continue;
          const perOpen = compareGroups(ratioEstimate(group), ratioEstimate(control), 0.05)!;
          const days = compareGroups(daysEstimate(group), daysEstimate(control), 2)!;
          if (wanted.perOpen < perOpen.low || wanted.perOpen > perOpen.high) missed.perOpen = true;
          if (wanted.days < days.low || wanted.days > days.high) missed.days = true;
        }
        if (!missed.perOpen) always.perOpen += 1;
        if (!missed.days) always.days += 1;
      }
      expect(always.perOpen / runs).toBeGreaterThan(atLeast(0.95, runs, 3));
      expect(always.days / runs).toBeGreaterThan(atLeast(0.95, runs, 3));
    }), { numRuns: 8 });
  });
});

describe('the whole report', () => {
  /** Whether a report of three variants and a holdout names a winner at any look. */
  function namesWinner(seed: number, lifts: readonly number[]): boolean {
    const next = random(seed);
    const sums = [holdout, 'a', 'b', 'c'].map((group) => ({ group, ...none() }));
    for (let n = 1; n <= 600; n += 1) {
      sums.forEach((each, index) => addCustomer(each, 0.5 + (lifts[index] ?? 0), next));
      if (n >= 100 && n % 20 === 0 && reportExperiment(sums)!.winner !== null) return true;
    }
    return false;
  }
  const rateOf = (runs: number, lifts: readonly number[]): number => Array.from({ length: runs }, (_, seed) => namesWinner(seed + 1, lifts)).filter(Boolean).length / runs;

  test('three variants that change nothing share the error: a winner is named in at most 5 of 100 experiments, at all looks together', () => {
    expect(rateOf(600, [0, 0, 0, 0])).toBeLessThanOrEqual(0.05);
  });

  test('one that is better is found among them', () => {
    expect(rateOf(60, [0, 0, 0.2, 0])).toBeGreaterThan(0.8);
  });
});
