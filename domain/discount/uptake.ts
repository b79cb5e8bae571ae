/** What became of the offers of one source in one currency, as counted. Days are from the due date to the day of the last payment, weighted by what was offered on: below zero is early. */
export interface UptakeCount {
  takenMinor: number;
  receivedMinor: number;
  takenDays: number | null;
  /** Of offers that were not taken and whose invoices were paid all the same; null: there are none. */
  lostDays: number | null;
}

export interface UptakeWorth {
  /** How many days earlier money came where the offer was taken; null: nothing was taken. */
  daysGained: number | null;
  /** Than from those who did not take it, or, where none of them has paid yet, than the due date. */
  comparedWith: 'not-taken' | 'due-date' | null;
  /** What the discount costs as interest on what was received: percent a year for the days gained; null where none were. */
  yearlyCostPercent: number | null;
}

const daysOfYear = 365;

/**
 * What a discount brought and cost. "2/10 net 30" that brings money 20 days earlier costs 2/98 for 20 days, which is 37 % a year.
 *
 * @example worthOf({ takenMinor: 200, receivedMinor: 9_800, takenDays: -20, lostDays: 0 }) // 20 days, 37.24 % a year
 */
export function worthOf({ takenMinor, receivedMinor, takenDays, lostDays }: UptakeCount): UptakeWorth {
  if (takenDays === null) return { daysGained: null, comparedWith: null, yearlyCostPercent: null };
  const daysGained = (lostDays ?? 0) - takenDays;
  const yearlyCostPercent = daysGained > 0 && receivedMinor > 0 ? (takenMinor / receivedMinor) * (daysOfYear / daysGained) * 100 : null;
  return { daysGained: round(daysGained, 1), comparedWith: lostDays === null ? 'due-date' : 'not-taken', yearlyCostPercent: yearlyCostPercent === null ? null : round(yearlyCostPercent, 2) };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
