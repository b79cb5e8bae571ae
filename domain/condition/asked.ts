import type { InvoiceFacts } from '../collection/facts';
import type { Condition, Policy } from '../policy/types';
import type { AskedFact } from './catalogue';
import { knownField } from './compare';

const none: ReadonlySet<AskedFact> = new Set();
const ofConditions = new WeakMap<Condition, ReadonlySet<AskedFact>>();
const ofPolicies = new WeakMap<Policy, ReadonlySet<AskedFact>>();

/** All that a condition can ask for: for whoever does not know the conditions yet. */
export const everything: ReadonlySet<AskedFact> = new Set<AskedFact>(['owes', 'promises', 'contacts', 'reply']);

/** The facts that a condition needs besides those that are always read. */
export function askedBy(condition: Condition | null): ReadonlySet<AskedFact> {
  if (condition === null) return none;
  let asked = ofConditions.get(condition);
  if (!asked) ofConditions.set(condition, (asked = gathered(condition)));
  return asked;
}

function gathered(condition: Condition): ReadonlySet<AskedFact> {
  if ('all' in condition) return union(condition.all.map(askedBy));
  if ('any' in condition) return union(condition.any.map(askedBy));
  if ('not' in condition) return askedBy(condition.not);
  if ('invoices' in condition) return askedBy(condition.where);
  const { asks } = knownField(condition.field);
  return asks ? new Set([asks]) : none;
}

/** The same for the steps of a policy. */
export function askedByPolicy(policy: Policy): ReadonlySet<AskedFact> {
  let asked = ofPolicies.get(policy);
  if (!asked) ofPolicies.set(policy, (asked = union(policy.steps.map(({ when }) => askedBy(when)))));
  return asked;
}

/** The same for the holds that automations placed on an invoice: what they asked decides how long they stand. */
export function askedByHolds({ holds }: Pick<InvoiceFacts, 'holds'>): ReadonlySet<AskedFact> {
  return holds.length === 0 ? none : union(holds.map(({ automation }) => askedBy(automation?.when ?? null)));
}

export function union(sets: readonly ReadonlySet<AskedFact>[]): ReadonlySet<AskedFact> {
  return sets.every(({ size }) => size === 0) ? none : new Set(sets.flatMap((each) => [...each]));
}
