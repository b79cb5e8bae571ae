import type { InstantMs, LocalDate } from '../calendar/dates';
import type { Action, Condition, Policy, Step } from '../policy/types';
import type { CustomerFacts, DecidedAction, InvoiceFacts, Outcome, ReasonCode } from './facts';

/** One invoice under collection, with the policy version that it is on. */
export interface Collected {
  invoice: InvoiceFacts;
  policy: Policy;
}

/** What is next for one invoice. */
export type Plan =
  | { kind: 'done'; outcome: DoneOutcome }
  | { kind: 'wait'; until: InstantMs | null; step: string | null; why: string }
  | { kind: 'act'; items: readonly PlannedItem[] };

export type DoneOutcome = 'settled' | 'stopped' | 'exhausted' | 'void';

/** One action of one step that is due now, and what the invoice's own facts say of it, before contact is arbitrated. */
export interface PlannedItem {
  step: Step | null;
  stepId: string;
  /** Position in the ladder: the higher, the more severe. */
  level: number;
  action: DecidedAction;
  /** The action's settings; null for a release and for decisions that do nothing. */
  effect: Action | null;
  occurrence: number;
  plannedAt: InstantMs;
  verdict: Verdict;
}

export type Verdict =
  | { kind: 'execute'; code: ReasonCode; reason: string }
  | { kind: 'suppress'; code: ReasonCode; reason: string }
  | { kind: 'skip'; code: ReasonCode; reason: string }
  | { kind: 'defer'; code: ReasonCode; reason: string; until: InstantMs | null };

/** A decision as it is recorded: one row for each step and action, whatever came of it. */
export interface Decision {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  policy: Policy;
  step: string;
  action: DecidedAction;
  effect: Action | null;
  occurrence: number;
  outcome: Outcome;
  code: ReasonCode;
  reason: string;
  at: InstantMs;
  on: LocalDate;
  plannedAt: InstantMs;
  until: InstantMs | null;
  /** For `covered`: "invoice/step" of the decision whose message carries it. */
  coveredBy: string | null;
  /** The condition of its step. */
  when: Condition | null;
}

export type DecisionInputs = Readonly<Record<string, string | number | boolean | null>>;

/** One email to one customer: the decision that leads it and those that it covers. */
export interface Contact {
  lead: Decision;
  covered: readonly Decision[];
  /** The local date it counts on towards spacing; null when every step in it is exempt. */
  contactOn: LocalDate | null;
}

/** Everything to be recorded and done for one customer at one instant. */
export interface Turn {
  decisions: readonly Decision[];
  contacts: readonly Contact[];
}

/** The published row: the same shape from `dunwell simulate`, `dunwell decisions` and the API. */
export interface DecisionRow {
  at: string;
  on: LocalDate;
  customer: string;
  invoice: string;
  step: string;
  action: DecidedAction;
  outcome: Outcome;
  reason: string;
  openMinor: number;
  currency: string;
  policyVersion: string;
}
