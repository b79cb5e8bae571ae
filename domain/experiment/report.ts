import { compareGroups, customersNeeded, daysEstimate, interval, ratioEstimate, type Comparison, type Estimate, type GroupSums } from './compare';
import { holdout } from './assign';

/** The differences that the always-valid interval is best at, and for which the needed customers are told: 5 cents of a dollar, 2 days. */
export const scales = { perOpen: 0.05, days: 2 } as const;

export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface GroupReport {
  group: string;
  customers: number;
  collectedPerOpen: Figure | null;
  daysToPay: Figure | null;
  /** With the control; null for the control itself, and while too little is known. */
  collectedAgainstControl: Comparison | null;
  daysAgainstControl: Comparison | null;
}

export interface ExperimentReport {
  control: string;
  groups: GroupReport[];
  /** Customers that each group needs for the scale; null while the spread is not known. */
  customersNeeded: number | null;
  /** The group that has collected more than the control, once that is settled at any number of looks, and more than every other that has. */
  winner: string | null;
  verdict: string;
}

/** Compares every group with the control: the holdout, or the first group by name. */
export function reportExperiment(sums: readonly (GroupSums & { group: string })[], alpha = 0.05): ExperimentReport | null {
  const control = sums.find(({ group }) => group === holdout) ?? sums[0];
  if (!control) return null;
  const others = sums.length - 1;
  // Several groups against one control: each comparison gets its share of the error (Bonferroni).
  const share = alpha / Math.max(1, others);
  const ratio = ratioEstimate(control);
  const days = daysEstimate(control);
  const groups = sums.map((group): GroupReport => {
    const isControl = group === control;
    return {
      group: group.group, customers: group.customers,
      collectedPerOpen: figure(ratioEstimate(group)), daysToPay: figure(daysEstimate(group)),
      collectedAgainstControl: isControl ? null : compareGroups(ratioEstimate(group), ratio, scales.perOpen, share),
      daysAgainstControl: isControl ? null : compareGroups(daysEstimate(group), days, scales.days, share),
    };
  });
  const needed = ratio && ratio.variance > 0 ? customersNeeded({ variance: ratio.variance, customers: control.customers }, scales.perOpen, share) : null;
  const better = groups.filter(({ collectedAgainstControl }) => collectedAgainstControl?.decided && collectedAgainstControl.difference > 0)
    .sort((a, b) => b.collectedAgainstControl!.difference - a.collectedAgainstControl!.difference);
  const winner = better[0]?.group ?? null;
  return { control: control.group, groups, customersNeeded: needed, winner, verdict: verdict(groups, winner, control.group, needed) };
}

function figure(estimate: Estimate | null): Figure | null {
  return estimate && { value: estimate.value, ...interval(estimate) };
}

function verdict(groups: readonly GroupReport[], winner: string | null, control: string, needed: number | null): string {
  if (winner) return `${winner} collects more than ${control}: that is settled, at whatever moment one looks.`;
  const worse = groups.find(({ collectedAgainstControl }) => collectedAgainstControl?.decided);
  if (worse) return `${worse.group} collects less than ${control}: that is settled, at whatever moment one looks.`;
  return needed === null ? 'Too few customers are through their horizon to say anything.' : `Nothing is settled. To find a difference of 5 cents in the dollar each group needs about ${needed} customers.`;
}
