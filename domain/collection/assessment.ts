import type { InstantMs } from '../calendar/dates';
import type { DoneOutcome, PlannedItem } from './decision';
import type { ReasonCode } from './facts';

/** What an assessment found: items due now, and the first instant at which there will be more. */
export interface Assessment {
  items: PlannedItem[];
  next: { at: InstantMs; step: string } | null;
  /** For what without a date steps wait, such as a pause until further notice; null: for nothing. */
  held: string | null;
}

/** Why a ladder ends before its last step. */
export interface Closure {
  outcome: DoneOutcome;
  code: ReasonCode;
  reason: string;
}

export function earlier<T extends { at: InstantMs }>(a: T | null, b: T | null): T | null {
  if (!a || !b) return a ?? b;
  return b.at < a.at ? b : a;
}
