import { decideNext } from '../../domain/collection/decideNext';
import { policyVersionName } from '../../domain/collection/decideTurn';
import type { Plan } from '../../domain/collection/decision';
import type { CustomerFacts } from '../../domain/collection/facts';
import type { ClockReading } from '../../db/clock/clock';
import type { PlanMark } from '../../db/collection/collections';
import type { CollectedInvoice, CustomerLedger } from '../../db/collection/facts';
import type { NextPlan } from '../../workflows/contracts/plan';
import type { Listing } from '../../workflows/contracts/searchAttributes';

/** An invoice's plan as the domain makes it, with what is written back and what its workflow is told. */
export interface Planned {
  collected: CollectedInvoice;
  plan: Plan;
}

/** The plans of all invoices of some customers, each with its customer's facts. */
export function plansOf(ledgers: readonly CustomerLedger[], now: number): (Planned & { customer: CustomerFacts })[] {
  return ledgers.flatMap(({ customer, collected }) => collected.map((each) => ({ customer, ...planOf(customer, each, now) })));
}

function planOf(customer: CustomerFacts, collected: CollectedInvoice, now: number): Planned {
  return { collected, plan: decideNext(customer, collected, now) };
}

/** Woken for an invoice that was settled before it was ever collected: there is nothing to do and nothing to write. */
export const notCollected: NextPlan = { kind: 'done', outcome: 'settled', listing: null, deliver: [] };

/** What of a plan is written back; nothing of one that calls for action, since acting makes the next. */
export function markOf({ collected: { invoiceId, requestedSeq }, plan }: Planned): PlanMark[] {
  switch (plan.kind) {
    case 'done':
      return [{ invoiceId, requestedSeq, next: { kind: 'done', outcome: plan.outcome } }];
    case 'wait':
      return [{ invoiceId, requestedSeq, next: { kind: 'wait', at: plan.until, step: plan.step } }];
    case 'act':
      return [];
  }
}

/**
 * The plan as the workflow is told. On a manual clock it has no timer: the clock's driver wakes it. What batches collect needs no workflow that waits for it: one
 * that was woken, as by a person's request, does what is due and ends.
 */
export function toNextPlan(customer: CustomerFacts, { collected, plan }: Planned, clock: ClockReading, deliver: string[]): NextPlan {
  switch (plan.kind) {
    case 'done':
      return { kind: 'done', outcome: plan.outcome, listing: listingOf(customer, collected, null), deliver };
    case 'wait': {
      if (collected.batchSegmentId !== null) return { kind: 'done', outcome: 'batched', listing: listingOf(customer, collected, null), deliver };
      const at = plan.until === null ? null : new Date(plan.until).toISOString();
      const waitMs = plan.until === null || clock.mode === 'manual' ? null : Math.max(1, plan.until - clock.now);
      return { kind: 'wait', waitMs, at, step: plan.step, why: plan.why, listing: listingOf(customer, collected, at), deliver };
    }
    case 'act':
      return { kind: 'act', step: plan.items[0]?.stepId ?? null, listing: listingOf(customer, collected, null), deliver };
  }
}

export function listingOf(customer: CustomerFacts, { invoice, policy, stage }: CollectedInvoice, nextMilestone: string | null): Listing {
  return { customerId: customer.externalId, stage: stage ?? 'new', nextMilestone, dueDate: invoice.dueOn, policyVersion: policyVersionName(policy) };
}
