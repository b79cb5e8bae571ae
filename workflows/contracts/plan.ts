import type { DoneOutcome } from '../../domain/collection/decision';
import type { Listing } from './searchAttributes';

/** The input of a `collectInvoice` workflow. */
export interface CollectInvoice {
  /** The invoice's external id. */
  invoice: string;
  /** Its first step was planned by whoever started it, with a delay until then. */
  armed?: boolean;
}

/** What the activities answer when asked what is next: plain JSON. */
export type NextPlan =
  /** 'batched': the batches of a segment go on with it. */
  | { kind: 'done'; outcome: DoneOutcome | 'batched'; listing: Listing | null; deliver: string[] }
  /** `waitMs` null: no timer; only a change wakes it. */
  | { kind: 'wait'; waitMs: number | null; at: string | null; step: string | null; why: string; listing: Listing; deliver: string[] }
  | { kind: 'act'; step: string | null; listing: Listing; deliver: string[] };
