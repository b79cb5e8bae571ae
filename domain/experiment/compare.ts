import { normalQuantile } from './normal';

/** Sums over a group's customers whose horizon is over: enough for every figure, so that a database can make them. */
export interface GroupSums {
  customers: number;
  /** Open when the customer joined (x), and collected within the horizon (y), in minor units of one currency. */
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
  /** Days until nothing of it was open, at most the horizon. */
  days: number;
  daysSquared: number;
}

export interface Estimate {
  value: number;
  variance: number;
}

/**
 * Collected per open dollar: a ratio of sums, with its variance by the delta method (linearised residuals y - r x; Cochran, Sampling Techniques, 1977, section 6.4).
 * Null while there is nothing to divide by, or too little to tell a variance.
 */
export function ratioEstimate({ customers: n, x, y, xx, xy, yy }: GroupSums): Estimate | null {
  if (n < 2 || x <= 0) return null;
  const value = y / x;
  const residual = Math.max(0, yy - 2 * value * xy + value * value * xx) / (n - 1);
  return { value, variance: (residual * n) / (x * x) };
}

/** Mean days to pay, those who have not paid counted with the whole horizon. */
export function daysEstimate({ customers: n, days, daysSquared }: GroupSums): Estimate | null {
  if (n < 2) return null;
  const value = days / n;
  return { value, variance: Math.max(0, daysSquared - n * value * value) / (n - 1) / n };
}

export interface Comparison {
  /** The group's figure less that of the group it is held against. */
  difference: number;
  /** 95% at any number of looks: see sequentialRadius. */
  low: number;
  high: number;
  /** Whether the difference is settled, at whatever moment one looks. */
  decided: boolean;
}

/** One of the two figures that count, with the size of difference that its comparisons are best at. */
export interface Measure {
  estimate: (sums: GroupSums) => Estimate | null;
  scale: number;
}

/** Customers through their horizon that each of two groups needs before anything is said of their difference. */
export const customersMin = 30;

/**
 * Compares two groups by an always-valid confidence interval: a mixture sequential probability ratio test with a normal mixture (Robbins 1970; Johari, Koomen, Pekelis
 * and Walsh, "Peeking at A/B tests", KDD 2017). An interval for a fixed number of customers would be wrong far more often than 5% of the time when somebody looks every day and stops at
 * the first good news; this one is right at all looks together. Null while either group is smaller than `customersMin`.
 *
 * It takes the estimates as normal and their variances as known, which holds for large groups (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic
 * confidence sequences", Annals of Statistics 2024: from some number of customers on, not from the first). In a small one where nearly everybody, or nearly nobody, pays, the few who differ may not
 * have come yet, so that its variance looks like nothing. Where nothing differs, both groups together tell the same variance far better: that of either is taken to be no smaller than theirs.
 */
export function compareGroups(group: GroupSums, against: GroupSums, { estimate, scale }: Measure, alpha = 0.05): Comparison | null {
  if (Math.min(group.customers, against.customers) < customersMin) return null;
  const [ours, theirs, both] = [estimate(group), estimate(against), estimate(together(group, against))];
  if (!ours || !theirs || !both) return null;
  const ofOne = both.variance * (group.customers + against.customers);
  const variance = Math.max(ours.variance, ofOne / group.customers) + Math.max(theirs.variance, ofOne / against.customers);
  const difference = ours.value - theirs.value;
  if (variance <= 0) return { difference, low: difference, high: difference, decided: false };
  const radius = sequentialRadius(variance, scale, alpha);
  return { difference, low: difference - radius, high: difference + radius, decided: Math.abs(difference) > radius };
}

function together(one: GroupSums, other: GroupSums): GroupSums {
  return {
    customers: one.customers + other.customers, x: one.x + other.x, y: one.y + other.y, xx: one.xx + other.xx, xy: one.xy + other.xy, yy: one.yy + other.yy,
    days: one.days + other.days, daysSquared: one.daysSquared + other.daysSquared,
  };
}

/** Half the width: the differences of which the mixture likelihood ratio against the estimate stays under 1/alpha. */
export function sequentialRadius(variance: number, scale: number, alpha: number): number {
  const mixture = scale * scale;
  return Math.sqrt(((variance * (variance + mixture)) / mixture) * (2 * Math.log(1 / alpha) + Math.log((variance + mixture) / variance)));
}

/** An ordinary interval of one figure, for showing how well it is known; nothing is decided by it. */
export function interval({ value, variance }: Estimate, confidence = 0.95): { low: number; high: number } {
  const half = normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance);
  return { low: value - half, high: value + half };
}

/**
 * Customers that each of two groups of one size needs to settle a difference with probability `power`, looked at as often as one likes. `variance` is that of an estimate from so many customers.
 *
 * At one look alone, on the last day, the difference is settled with that probability where sequentialRadius(V) + z(power) √V is the difference; V falls as one over the customers. The looks before
 * settle it as well: with nine tenths and a little of that number the probability is reached (measured for shares of the error from 5% to 0.5%, see tests/domain/experiment).
 */
export function customersNeeded({ variance, customers }: { variance: number; customers: number }, { difference, scale }: { difference: number; scale: number }, alpha = 0.05, power = 0.8): number {
  const variancesOfOne = 2 * variance * customers;
  const isEnough = (n: number): boolean => sequentialRadius(variancesOfOne / n, scale, alpha) + normalQuantile(power) * Math.sqrt(variancesOfOne / n) <= difference;
  let [few, enough] = [0, 1];
  while (enough < customersMax && !isEnough(enough)) [few, enough] = [enough, enough * 2];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return Math.max(customersMin, Math.ceil(enough * shareWithEarlierLooks));
}
/** No experiment has so many; the search ends here, whatever the variance. */
const customersMax = 2 ** 31;
/** Of the customers that a single look would need. */
const shareWithEarlierLooks = 0.92;
