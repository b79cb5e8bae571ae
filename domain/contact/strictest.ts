import type { ContactCap, ContactRules } from '../policy/types';

const periods: readonly ContactCap['per'][] = ['week', 'month'];

/**
 * The one set of rules that keeps to each of some: the longest spacing, of the caps over each period the smallest, and one email a day where one of them merges.
 * Null of none; of one it is that one itself.
 *
 * @example strictestOf([{ minimumDaysBetween: 1, merge: 'same-day' }, { minimumDaysBetween: 7, merge: 'per-invoice' }]) // { minimumDaysBetween: 7, merge: 'same-day', caps: [] }
 */
export function strictestOf(rules: readonly ContactRules[]): ContactRules | null {
  const [first] = rules;
  if (!first || rules.every((each) => each === first)) return first ?? null;
  return {
    minimumDaysBetween: Math.max(...rules.map(({ minimumDaysBetween }) => minimumDaysBetween)),
    merge: rules.some(({ merge }) => merge === 'same-day') ? 'same-day' : 'per-invoice',
    caps: periods.flatMap((per) => smallestCap(rules, per) ?? []),
  };
}

function smallestCap(rules: readonly ContactRules[], per: ContactCap['per']): ContactCap | null {
  let smallest: ContactCap | null = null;
  for (const { caps } of rules) for (const cap of caps ?? []) if (cap.per === per && (!smallest || cap.messages < smallest.messages)) smallest = cap;
  return smallest;
}

/** What holds for a message that is written by some rules: those, and what the customer's other invoices are collected by. */
export function rulesFor({ contactRules }: { contactRules?: ContactRules | null | undefined }, own: ContactRules): ContactRules {
  return !contactRules || contactRules === own ? own : strictestOf([contactRules, own])!;
}
