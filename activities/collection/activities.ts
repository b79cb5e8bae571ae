import type { Knex } from 'knex';
import { readClock, type ClockReading } from '../../db/clock/clock';
import { applyControl, type ControlInput } from './applyControl';
import { performStep } from './performStep';
import { planNext } from './planNext';
import type { CollectInvoice, NextPlan } from '../../workflows/contracts/plan';
import type { ControlResult } from '../../workflows/contracts/messages';

export interface CollectionDeps {
  knex: Knex;
  /** What time it is for everything that is decided; the deployment's clock unless given. */
  clock?: (knex: Knex) => Promise<ClockReading>;
  /** Told of every decision that was made, for the metrics. */
  onDecision?: (decision: { action: string; outcome: string; reasonCode: string }) => void;
}

/** What a collection does in the ledger's database. Each is safe to repeat: what was done already is found done. */
export function createCollectionActivities(deps: CollectionDeps) {
  const settings = { knex: deps.knex, clock: deps.clock ?? readClock, onDecision: deps.onDecision ?? (() => undefined) };
  return {
    /** What is next for an invoice, given the ledger now. */
    planNext: ({ invoice }: CollectInvoice): Promise<NextPlan> => planNext(settings, invoice),
    /** Decides and does everything that is due now for the invoice's customer, and answers what is next for the invoice. */
    performStep: ({ invoice }: CollectInvoice): Promise<NextPlan> => performStep(settings, invoice),
    /** Applies what a person asked for. */
    applyControl: (input: ControlInput): Promise<ControlResult> => applyControl(settings, input),
  };
}

export type CollectionActivities = ReturnType<typeof createCollectionActivities>;
export type CollectionSettings = Required<CollectionDeps>;
