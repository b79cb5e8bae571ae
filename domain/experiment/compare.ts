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
  /** The group's figure less the control's. */
  difference: number;
  /** 95% at any number of looks: see sequentialInterval. */
  low: number;
  high: number;
  /** Whether the difference is settled, at whatever moment one looks. */
  decided: boolean;
}

/**
 * Compares a group with its control by an always-valid confidence interval: a mixture sequential probability ratio test with a normal mixture (Robbins 1970; Johari, Koomen, Pekelis
 * and Walsh, "Peeking at A/B tests", KDD 2017). An interval for a fixed number of customers would be wrong far more often than 5% of the time when somebody looks every day and stops at
 * the first good news; this one is right at all looks together. `scale` is the size of difference that it is best at.
 */
export function compareGroups(group: Estimate | null, control: Estimate | null, scale: number, alpha = 0.05): Comparison | null {
  if (!group || !control) return null;
  const difference = group.value - control.value;
  const variance = group.variance + control.variance;
  if (variance <= 0) return { difference, low: difference, high: difference, decided: false };
  const radius = sequentialRadius(variance, scale, alpha);
  return { difference, low: difference - radius, high: difference + radius, decided: Math.abs(difference) > radius };
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
 * Customers that each group needs to find a difference with probability `power`, at a fixed look: n = (z(1-alpha/2) + z(power))² · 2 · s² / d², where s² is the variance of one customer. An
 * always-valid interval needs about half as many again, which is in the factor.
 */
export function customersNeeded({ variance, customers }: { variance: number; customers: number }, difference: number, alpha = 0.05, power = 0.8): number {
  const one = variance * customers;
  return Math.ceil(((normalQuantile(1 - alpha / 2) + normalQuantile(power)) ** 2 * 2 * one) / difference ** 2 * sequentialFactor);
}
export const sequentialFactor = 1.5;
