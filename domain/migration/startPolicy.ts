import type { InstantMs } from '../calendar/dates';
import type { Collected, Decision } from '../collection/decision';
import type { CustomerFacts, StepRecord } from '../collection/facts';
import type { Policy } from '../policy/types';
import type { MoveRules } from './moveRules';
import { planMove, type MovePlan } from './planMove';

/** A policy that a step starts begins anew; those of its steps whose day is over go by their own catch-up rules. */
export const startRules: MoveRules = { mode: 'restart', mapping: {}, missed: 'run' };

/** The policy, by name, that a decision starts; null: none. */
export function policyStartedBy({ outcome, effect }: Decision): string | null {
  return outcome === 'executed' && effect?.kind === 'start-policy' ? effect.policy : null;
}

/**
 * What becomes of an invoice when a step of it starts another policy, once all of the step has been recorded. A letter within the spacing, a hold that is on and a hand-off
 * are not repeated, as whenever a ladder begins anew. `earlier` is what that policy has on record of the invoice from an earlier stay on it.
 */
export function planStart(customer: CustomerFacts, collected: Collected, next: Policy, now: InstantMs, earlier: readonly StepRecord[] = []): MovePlan {
  const plan = planMove(customer, collected, next, startRules, now, earlier);
  const startedPolicies = [...collected.invoice.startedPolicies ?? [], next.policy];
  // What people agreed to, they agreed to for the step of the ladder that is left.
  return { ...plan, after: { ...plan.after, startedPolicies, approvals: [] } };
}
