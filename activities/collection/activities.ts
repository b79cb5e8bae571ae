import type { Knex } from 'knex';
import { readClock, type ClockReading } from '../../db/clock/clock';
import { applyControl, type ControlInput } from './applyControl';
import { inSets } from '../inSets';
import type { HandOverInTurn } from '../mail/inTurn';
import { performSteps } from './performStep';
import { planNexts } from './planNext';
import type { CollectInvoice, NextPlan } from '../../workflows/contracts/plan';
import type { ControlResult } from '../../workflows/contracts/messages';

export interface CollectionDeps {
  knex: Knex;
  /** What time it is for everything that is decided; the deployment's clock unless given. */
  clock?: (knex: Knex) => Promise<ClockReading>;
  /** Told of every decision that was made, for the metrics. */
  onDecision?: (decision: { action: string; outcome: string; reasonCode: string }) => void;
  /** Hands over what a turn queued before the turn ends; without it all messages go by the mail queue. */
  handOver?: HandOverInTurn;
}

/** Many more in one transaction would keep too many customers locked; two at once keep both the database and the worker busy. */
const sets = { sizeMax: 48, atOnce: 2 };

/** What a collection does in the ledger's database. What many workflows ask for at the same time is done as sets. Each is safe to repeat: what was done already is found done. */
export function createCollectionActivities(deps: CollectionDeps) {
  const settings = collectionSettings(deps);
  const handOver = deps.handOver ?? ((messageIds) => Promise.resolve([...messageIds]));
  const plan = inSets((invoices) => planNexts(settings, invoices), sets);
  const perform = inSets((invoices) => performSteps(settings, invoices), sets);
  return {
    /** What is next for an invoice, given the ledger now. */
    planNext: ({ invoice }: CollectInvoice): Promise<NextPlan> => plan(invoice),
    /** Decides and does everything that is due now for the invoice's customer, and answers what is next for the invoice and which messages are still to be delivered. */
    performStep: async ({ invoice }: CollectInvoice): Promise<NextPlan> => {
      const plan = await perform(invoice);
      return plan.deliver.length === 0 ? plan : { ...plan, deliver: await handOver(plan.deliver) };
    },
    /** Applies what a person asked for. */
    applyControl: (input: ControlInput): Promise<ControlResult> => applyControl(settings, input),
  };
}

export type CollectionActivities = ReturnType<typeof createCollectionActivities>;
export type CollectionSettings = Required<Omit<CollectionDeps, 'handOver'>>;

export function collectionSettings({ knex, clock = readClock, onDecision = () => undefined }: CollectionDeps): CollectionSettings {
  return { knex, clock, onDecision };
}
