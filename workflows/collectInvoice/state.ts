import type { CollectionState } from '../contracts/messages';
import type { NextPlan } from '../contracts/plan';
import type { Listing } from '../contracts/searchAttributes';

/** What one run of a collection remembers. Nothing of it is needed to go on: a new run asks the ledger. */
export interface CollectionRun {
  invoice: string;
  phase: CollectionState['phase'];
  plan: NextPlan | null;
  /** Something changed since the last plan was asked for. */
  changed: boolean;
  changesHeard: number;
  /** Questions to the ledger that are not answered yet, and when all of them are. */
  asked: number;
  asking: Promise<unknown>;
  /** Ids of messages handed to delivery by this run. */
  offered: string[];
  /** How many of them are not settled yet. */
  delivering: number;
  /** What the search attributes say now; null: nothing yet. */
  shown: Listing | null;
}

/** The answer to "where does this stand, what is next, and why?". */
export function describeState(run: CollectionRun): CollectionState {
  const { invoice, phase, plan, delivering, changesHeard } = run;
  return {
    invoice,
    phase,
    policyVersion: plan?.listing?.policyVersion ?? null,
    stage: plan?.listing?.stage ?? null,
    next: nextOf(plan),
    outcome: plan?.kind === 'done' ? plan.outcome : null,
    delivering,
    changesHeard,
  };
}

function nextOf(plan: NextPlan | null): CollectionState['next'] {
  switch (plan?.kind) {
    case 'wait':
      return { step: plan.step, at: plan.at, why: plan.why };
    case 'act':
      return { step: plan.step, at: null, why: 'is due now' };
    case 'done':
    case undefined:
      return null;
  }
}
