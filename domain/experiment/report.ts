import { compareGroups, customersMin, customersNeeded, daysEstimate, interval, ratioEstimate, type Comparison, type Estimate, type GroupSums, type Measure } from './compare';
import { holdout } from './assign';

/** The two figures, and the differences that the always-valid interval is best at and for which the needed customers are told: 5 cents of a dollar, 2 days. */
export const measures = { perOpen: { estimate: ratioEstimate, scale: 0.05 }, days: { estimate: daysEstimate, scale: 2 } } as const satisfies Record<string, Measure>;

export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface GroupReport {
  group: string;
  customers: number;
  /** How many more have to be through their horizon before anything can be declared of the group. */
  customersMissing: number;
  collectedPerOpen: Figure | null;
  daysToPay: Figure | null;
  /** With the control; null for the control itself, and while too little is known. */
  collectedAgainstControl: Comparison | null;
  daysAgainstControl: Comparison | null;
}

/** Two groups held against each other. */
export interface PairReport {
  group: string;
  against: string;
  /** Null while too little is known. */
  collected: Comparison | null;
  days: Comparison | null;
}

export interface ExperimentReport {
  /** Of the main currency, in which differences of what is collected are settled; everything else is told and declares nothing. */
  isPrimary: boolean;
  control: string;
  groups: GroupReport[];
  /** Of those that are not the control, each with each. */
  variantPairs: PairReport[];
  /** Customers that each group needs for the scale; null while the spread is not known. */
  customersNeeded: number | null;
  /** The group that has collected more than every other, each of these differences settled at any number of looks. */
  winner: string | null;
  verdict: string;
}

export type NamedSums = GroupSums & { group: string };

export type SumsInCurrency = NamedSums & { currency: string };

/**
 * The reports of an experiment, one for each currency, the main one first. One figure alone may settle anything: what is collected of what was open, in the main currency. Its pairs of groups share the
 * error, so that the chance that an experiment ever declares anything wrongly is at most 5 in 100, however many currencies and figures it has.
 *
 * @param mainCurrency named before any outcome was seen
 */
export function reportExperiments(sums: readonly SumsInCurrency[], names: readonly string[], mainCurrency: string): (ExperimentReport & { currency: string })[] {
  if (sums.length === 0) return [];
  const others = [...new Set(sums.map(({ currency }) => currency))].filter((currency) => currency !== mainCurrency).sort();
  return [mainCurrency, ...others].map((currency) => ({ currency, ...reportExperiment(sums.filter((each) => each.currency === currency), names, currency === mainCurrency) }));
}

/**
 * Compares every group with the control, the holdout or the first group by name, and the others with each other. Every pair of groups gets the same share of the error (Bonferroni), so that the chance
 * that any of the report's comparisons of what was collected is ever settled wrongly is at most `alpha`. Of a secondary report, and of days to pay, nothing is settled.
 *
 * @param names of all groups, so that one of which nobody is through the horizon is missed; at least one without sums
 */
export function reportExperiment(sums: readonly NamedSums[], names: readonly string[] = [], isPrimary = true, alpha = 0.05): ExperimentReport {
  const all = [...sums, ...names.filter((name) => !sums.some(({ group }) => group === name)).map(emptyGroup)].sort((a, b) => (a.group < b.group ? -1 : 1));
  const control = all.find(({ group }) => group === holdout) ?? all[0]!;
  const share = alpha / Math.max(1, (all.length * (all.length - 1)) / 2);
  const pair = (group: NamedSums, against: NamedSums): PairReport => ({
    group: group.group, against: against.group,
    collected: isPrimary ? compareGroups(group, against, measures.perOpen, share) : told(compareGroups(group, against, measures.perOpen, share)),
    days: told(compareGroups(group, against, measures.days, share)),
  });
  const variants = all.filter((each) => each !== control);
  const variantPairs = variants.flatMap((group, index) => variants.slice(0, index).map((against) => pair(group, against)));
  const controlPairs = variants.map((group) => pair(group, control));
  const ratio = ratioEstimate(control);
  const needed = isPrimary && ratio && ratio.variance > 0 ? customersNeeded({ variance: ratio.variance, customers: control.customers }, { difference: measures.perOpen.scale, scale: measures.perOpen.scale }, share) : null;
  const groups = all.map((group): GroupReport => {
    const pairWithControl = controlPairs.find((each) => each.group === group.group);
    return {
      group: group.group, customers: group.customers, customersMissing: Math.max(0, customersMin - group.customers), collectedPerOpen: figure(ratioEstimate(group)), daysToPay: figure(daysEstimate(group)),
      collectedAgainstControl: pairWithControl?.collected ?? null, daysAgainstControl: pairWithControl?.days ?? null,
    };
  });
  const pairs = [...controlPairs, ...variantPairs];
  const winner = winnerOf(all, pairs);
  return {
    isPrimary, control: control.group, groups, variantPairs, customersNeeded: needed || null, winner,
    verdict: isPrimary ? verdict(groups, pairs, winner, needed || null) : 'Told beside the main currency: nothing is declared of it.',
  };
}

/** A comparison that is told, with its interval, and settles nothing. */
function told(comparison: Comparison | null): Comparison | null {
  return comparison && { ...comparison, decided: false };
}

function emptyGroup(group: string): NamedSums {
  return { group, customers: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0, days: 0, daysSquared: 0 };
}

function figure(estimate: Estimate | null): Figure | null {
  return estimate && { value: estimate.value, ...interval(estimate) };
}

/** Who has been settled to collect more than whom. */
interface Settled {
  more: string;
  less: string;
}

function settledOf(pairs: readonly PairReport[]): Settled[] {
  return pairs.flatMap(({ group, against, collected }) => {
    if (!collected?.decided) return [];
    return [collected.difference > 0 ? { more: group, less: against } : { more: against, less: group }];
  });
}

/** One that is ahead of every other, each difference settled: the largest figure alone says nothing among groups that do not differ. */
function winnerOf(groups: readonly NamedSums[], pairs: readonly PairReport[]): string | null {
  const settled = settledOf(pairs);
  if (groups.length < 2) return null;
  return groups.find(({ group }) => settled.filter(({ more }) => more === group).length === groups.length - 1)?.group ?? null;
}

function verdict(groups: readonly GroupReport[], pairs: readonly PairReport[], winner: string | null, needed: number | null): string {
  const looks = 'that is settled, at whatever moment one looks.';
  if (winner !== null) return `${winner} collects more than ${listed(groups.map(({ group }) => group).filter((group) => group !== winner))}: ${looks}`;
  const settled = settledOf(pairs);
  const open = pairs.filter(({ collected }) => !collected?.decided).map(({ group, against }) => `${against} and ${group}`);
  if (settled.length > 0) return `${settled.map(({ more, less }) => `${more} collects more than ${less}`).join(', ')}: ${looks} No difference is settled between ${open.join(', nor between ')}.`;
  const missing = groups.filter(({ customersMissing }) => customersMissing > 0);
  if (missing.length > 0) {
    return `Nothing can be declared before ${customersMin} customers of each group are through their horizon: ${missing.map(({ group, customersMissing }) => `${group} needs ${customersMissing} more`).join(', ')}.`;
  }
  const size = needed === null ? '' : ` To find a difference of 5 cents in the dollar each group needs about ${needed} customers.`;
  return `No difference is settled between ${listed(groups.map(({ group }) => group))}.${size}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
