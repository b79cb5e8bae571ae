import * as fc from 'fast-check';
import { assignGroup, holdout, uniform, type Group } from '../../../domain/experiment/assign';
import { compareGroups, customersMin, customersNeeded, daysEstimate, interval, ratioEstimate, sequentialRadius, type GroupSums } from '../../../domain/experiment/compare';
import { normalQuantile } from '../../../domain/experiment/normal';
import { measures, reportExperiment, reportExperiments } from '../../../domain/experiment/report';

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
    expect(compareGroups(none(), none(), measures.perOpen)).toBeNull();
    const [few, enough] = [customersMin - 1, customersMin].map((count) => sumsOf(Array.from({ length: count }, (_, index) => [1, index % 2] as const)));
    expect(compareGroups(few!, enough!, measures.perOpen)).toBeNull();
    expect(compareGroups(enough!, enough!, measures.perOpen)).toMatchObject({ difference: 0, decided: false });
  });

  test('the variance of a small group in which all have paid is taken from both groups together', () => {
    const small = sumsOf(Array.from({ length: 40 }, () => [1, 1] as const));
    const large = sumsOf(Array.from({ length: 400 }, (_, index) => [1, index % 10 === 0 ? 0 : 1] as const));
    // Of all 440, 400 have paid: p (1 - p) with n - 1, for one customer; over 40, and over 400.
    const ofOne = (400 * 40) / 440 / 439;
    const radius = sequentialRadius(ofOne / 40 + Math.max(ofOne / 400, (0.1 * 0.9) / 399), 0.05, 0.05);
    const { difference, low, decided } = compareGroups(small, large, measures.perOpen)!;
    expect(difference).toBeCloseTo(0.1, 12);
    expect(difference - low).toBeCloseTo(radius, 12);
    expect(decided).toBe(false);
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

  const sequential = (group: GroupSums, control: GroupSums): boolean => compareGroups(group, control, measures.perOpen)!.decided;
  const days = (group: GroupSums, control: GroupSums): boolean => compareGroups(group, control, measures.days)!.decided;
  const fixed = (group: GroupSums, control: GroupSums): boolean => {
    const [a, b] = [ratioEstimate(group)!, ratioEstimate(control)!];
    return Math.abs(a.value - b.value) > 1.959964 * Math.sqrt(a.variance + b.variance);
  };
  const rate = (runs: number, lift: number, decides: typeof sequential): number => Array.from({ length: runs }, (_, seed) => declaresEver(seed + 1, lift, decides)).filter(Boolean).length / runs;

  test('with no difference at all, a winner is declared in at most 5 of 100 experiments, though one looks 46 times', () => {
    expect(rate(500, 0, sequential)).toBeLessThanOrEqual(0.05);
    expect(rate(500, 0, days)).toBeLessThanOrEqual(0.05);
  });

  test('an ordinary interval would have declared one far more often: so the test can tell', () => {
    expect(rate(200, 0, fixed)).toBeGreaterThan(0.15);
  });

  test('a real difference is found', () => {
    expect(rate(200, 0.15, sequential)).toBeGreaterThan(0.8);
  });
});

describe('small, unequal and skewed groups in which nothing differs', () => {
  type Customer = (next: () => number) => readonly [open: number, paid: number, days: number];
  const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const same = (): number => 100;
  const skewed = (next: () => number): number => Math.exp(1.5 * normal(next));
  const verySkewed = (next: () => number): number => Math.exp(2 * normal(next));
  /** Pays all within three days, or nothing. */
  const pays = (chance: number | ((open: number) => number), openOf: (next: () => number) => number): Customer => (next) => {
    const open = openOf(next);
    return next() < (typeof chance === 'number' ? chance : chance(open)) ? [open, open, 1 + 2 * next()] : [open, 0, 30];
  };
  const worlds: Record<string, Customer> = {
    '95 of 100 pay, of balances of one size': pays(0.95, same),
    '95 of 100 pay, of skewed balances': pays(0.95, skewed),
    '99 of 100 pay': pays(0.99, same),
    '2 of 100 pay, so that most collect nothing': pays(0.02, skewed),
    'half pay, of very skewed balances': pays(0.5, verySkewed),
    'large balances are paid half as often': pays((open) => (open > 5 ? 0.5 : 0.97), skewed),
  };
  const sizes = [[600, 60], [60, 600], [2_000, 20], [300, 300], [100, 40]] as const;
  type Decides = (group: GroupSums, control: GroupSums) => boolean;

  /** In how many of 100 experiments each is ever declared by somebody who looks after each fifth customer from the first on. */
  function declared(customer: Customer, [inGroup, inControl]: readonly [number, number], runs: number, decisions: readonly Decides[]): number[] {
    const counts = decisions.map(() => 0);
    for (let run = 1; run <= runs; run += 1) {
      const next = random(run * 7_919);
      const [group, control] = [none(), none()];
      const done = new Set<number>();
      for (let n = 1; n <= inGroup + inControl && done.size < decisions.length; n += 1) {
        add(next() * (inGroup + inControl) < inGroup ? group : control, ...customer(next));
        if (n % 5 === 0) decisions.forEach((decides, index) => (!done.has(index) && decides(group, control) ? done.add(index) : done));
      }
      for (const index of done) counts[index]! += 1;
    }
    return counts.map((count) => (count * 100) / runs);
  }

  const money: Decides = (group, control) => compareGroups(group, control, measures.perOpen)?.decided ?? false;
  const days: Decides = (group, control) => compareGroups(group, control, measures.days)?.decided ?? false;

  test.each(Object.entries(worlds))('%s: at most 5 in 100 ever declare a difference in money, and in days', (_, customer) => {
    for (const size of sizes) {
      const rates = declared(customer, size, 200, [money, days]);
      expect([size, Math.max(...rates) <= 5 ? 'at most 5' : rates]).toEqual([size, 'at most 5']);
    }
  });

  test('each group\'s own variance, from the second customer on, would declare one far more often: so the test can tell', () => {
    const own: Decides = (group, control) => {
      const [a, b] = [ratioEstimate(group), ratioEstimate(control)];
      if (!a || !b) return false;
      const variance = a.variance + b.variance;
      return variance > 0 && Math.abs(a.value - b.value) > sequentialRadius(variance, measures.perOpen.scale, 0.05);
    };
    expect(declared(worlds['95 of 100 pay, of balances of one size']!, [600, 60], 200, [own])[0]).toBeGreaterThan(15);
  });
});

describe('customers needed', () => {
  /** How often experiments with two groups of the size that is told settle a difference of 5 cents in the dollar, looked at 40 times. */
  function power(chance: number, share: number): number {
    const runs = 300;
    const needed = customersNeeded({ variance: chance * (1 - chance), customers: 1 }, { difference: 0.05, scale: measures.perOpen.scale }, share);
    let found = 0;
    for (let run = 1; run <= runs; run += 1) {
      const next = random(run * 104_729);
      const [group, control] = [none(), none()];
      for (let n = 1, isFound = false; n <= needed && !isFound; n += 1) {
        add(group, 1, next() < chance + 0.05 ? 1 : 0, 0);
        add(control, 1, next() < chance ? 1 : 0, 0);
        isFound = (n % Math.floor(needed / 40) === 0 || n === needed) && compareGroups(group, control, measures.perOpen, share)?.decided === true;
        if (isFound) found += 1;
      }
    }
    return found / runs;
  }

  // 80 in 100 is what is told: within two and a half standard deviations of 300 runs.
  test.each([['two groups', 0.475, 0.05], ['two groups, of whom most pay', 0.8, 0.05], ['three groups', 0.475, 0.05 / 3], ['five groups', 0.475, 0.05 / 10]])('of %s: with so many a difference of the size that is told is found in 80 of 100 experiments', (_, chance, share) => {
    const found = power(chance, share);
    const deviation = Math.sqrt((0.8 * 0.2) / 300);
    expect(found).toBeGreaterThan(0.8 - 2.5 * deviation);
    expect(found).toBeLessThan(0.8 + 2.5 * deviation);
  });

  test('none is told that is too small to be looked at', () => {
    expect(customersNeeded({ variance: 1e-9, customers: 1 }, { difference: 0.05, scale: 0.05 })).toBe(customersMin);
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
          const perOpen = compareGroups(group, control, measures.perOpen)!;
          const days = compareGroups(group, control, measures.days)!;
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
  /** Whether a report names a winner at any look; of groups with these names, whose customers pay more often by so much. */
  function namesWinner(seed: number, lifts: Record<string, number>, isRight: (winner: string) => boolean): boolean {
    const next = random(seed);
    const sums = Object.keys(lifts).map((group) => ({ group, ...none() }));
    for (let n = 1; n <= 600; n += 1) {
      for (const each of sums) addCustomer(each, 0.5 + lifts[each.group]!, next);
      const { winner } = n % 20 === 0 ? reportExperiment(sums) : { winner: null };
      if (winner !== null) return isRight(winner);
    }
    return false;
  }
  const rateOf = (runs: number, lifts: Record<string, number>, isRight: (winner: string) => boolean = () => true): number =>
    Array.from({ length: runs }, (_, seed) => namesWinner(seed + 1, lifts, isRight)).filter(Boolean).length / runs;

  test('three variants that change nothing share the error: a winner is named in at most 5 of 100 experiments, at all looks together', () => {
    expect(rateOf(300, { [holdout]: 0, a: 0, b: 0, c: 0 })).toBeLessThanOrEqual(0.05);
  });

  test('two variants that are equally better than the holdout: neither is called the winner, in all but 5 of 100', () => {
    expect(rateOf(300, { [holdout]: 0, a: 0.3, b: 0.3 })).toBeLessThanOrEqual(0.05);
  });

  test('one that is better than all is found among them, also where it is the first by name and nobody is held out', () => {
    expect(rateOf(60, { [holdout]: 0, a: 0, b: 0.25, c: 0 }, (winner) => winner === 'b')).toBeGreaterThan(0.8);
    expect(rateOf(60, { a: 0.25, b: 0 }, (winner) => winner === 'a')).toBeGreaterThan(0.8);
  });

  /** A group of which so many of 1000 pay, of balances of one size. */
  const of = (group: string, paying: number, customers = 1_000) => ({ group, ...sumsOf(Array.from({ length: customers }, (_, index) => [1, (index * 1_000) / customers < paying ? 1 : 0] as const)) });

  test('what is settled is said, and what is not', () => {
    expect(reportExperiment([of('a', 800), of('b', 805), of(holdout, 500)])).toMatchObject({
      winner: null, control: holdout, variantPairs: [{ group: 'b', against: 'a', collected: { decided: false } }],
      verdict: 'a collects more than holdout, b collects more than holdout: that is settled, at whatever moment one looks. No difference is settled between a and b.',
    });
    expect(reportExperiment([of('a', 800), of('b', 650), of(holdout, 500)])).toMatchObject({ winner: 'a', verdict: 'a collects more than b and holdout: that is settled, at whatever moment one looks.' });
    expect(reportExperiment([of('a', 500), of('b', 505)])).toMatchObject({ winner: null, verdict: expect.stringMatching(/^No difference is settled between a and b\. To find a difference of 5 cents in the dollar each group needs about \d+ customers\.$/) as string });
  });

  test('while a group is too small, or nobody of it is through the horizon, the report says how many are missing', () => {
    const report = reportExperiment([of('a', 500), of(holdout, 500, 12)], ['a', 'b', holdout]);
    expect(report.verdict).toBe('Nothing can be declared before 30 customers of each group are through their horizon: b needs 30 more, holdout needs 18 more.');
    expect(report.groups.map(({ group, customers, customersMissing }) => [group, customers, customersMissing])).toEqual([['a', 1_000, 0], ['b', 0, 30], [holdout, 12, 18]]);
    expect(reportExperiment([of('a', 900), of(holdout, 100)], ['a', 'b', holdout])).toMatchObject({ winner: null, verdict: expect.stringContaining('No difference is settled between holdout and b, nor between a and b.') as string });
  });

  test('days to pay and other currencies are told with their intervals and declare nothing', () => {
    const sums = [of('a', 900), of(holdout, 100)].map((each) => ({ ...each, days: each.customers * (each.group === 'a' ? 3 : 25), daysSquared: each.customers * (each.group === 'a' ? 10 : 626) }));
    const [main, other] = reportExperiments([...sums.map((each) => ({ ...each, currency: 'EUR' })), ...sums.map((each) => ({ ...each, currency: 'USD' }))], ['a', holdout], 'USD');
    expect(main).toMatchObject({ currency: 'USD', isPrimary: true, winner: 'a', verdict: 'a collects more than holdout: that is settled, at whatever moment one looks.' });
    expect(main!.groups[0]).toMatchObject({ collectedAgainstControl: { decided: true }, daysAgainstControl: { difference: -22, decided: false } });
    expect(other).toMatchObject({ currency: 'EUR', isPrimary: false, winner: null, customersNeeded: null, verdict: 'Told beside the main currency: nothing is declared of it.' });
    expect(other!.groups[0]!.collectedAgainstControl).toEqual({ ...main!.groups[0]!.collectedAgainstControl, decided: false });
  });

  test('nothing is declared of another currency while nobody of the main one is through the horizon', () => {
    const [main, other] = reportExperiments([of('a', 900), of(holdout, 100)].map((each) => ({ ...each, currency: 'EUR' })), ['a', holdout], 'USD');
    expect(main).toMatchObject({ currency: 'USD', winner: null, verdict: 'Nothing can be declared before 30 customers of each group are through their horizon: a needs 30 more, holdout needs 30 more.' });
    expect(other).toMatchObject({ currency: 'EUR', winner: null });
    expect(reportExperiments([], ['a', holdout], 'USD')).toEqual([]);
  });
});

describe('an experiment with five currencies in which nothing differs', () => {
  const names = [holdout, 'a'];
  const currencies = ['CHF', 'EUR', 'GBP', 'JPY', 'USD'];
  const runs = 200;

  /** In how many of 100 experiments anything is ever declared by somebody who looks at everything 75 times. */
  function declared(decides: (sums: ReturnType<typeof begin>) => boolean): number {
    let count = 0;
    for (let run = 1; run <= runs; run += 1) {
      const next = random(run * 6_101);
      const sums = begin();
      for (let n = 1, isDeclared = false; n <= 1_500 && !isDeclared; n += 1) {
        for (const each of sums) addCustomer(each, 0.5, next);
        isDeclared = n % 20 === 0 && decides(sums);
        if (isDeclared) count += 1;
      }
    }
    return (count * 100) / runs;
  }
  const begin = () => currencies.flatMap((currency) => names.map((group) => ({ group, currency, ...none() })));

  test('anything at all is declared in at most 5 of 100, at all looks together', () => {
    expect(declared((sums) => reportExperiments(sums, names, 'EUR').some(({ winner, groups: reported, variantPairs }) => (
      winner !== null || [...reported.flatMap((each) => [each.collectedAgainstControl, each.daysAgainstControl]), ...variantPairs.flatMap(({ collected, days }) => [collected, days])].some((each) => each?.decided))))).toBeLessThanOrEqual(5);
  });

  test('were each currency and each figure a verdict of its own, something would be declared far more often: so the test can tell', () => {
    const differs = (one: GroupSums, other: GroupSums): boolean => [measures.perOpen, measures.days].some((measure) => compareGroups(one, other, measure)?.decided);
    expect(declared((sums) => currencies.some((_, index) => differs(sums[index * 2]!, sums[index * 2 + 1]!)))).toBeGreaterThan(8);
  });
});
