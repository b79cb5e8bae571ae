import type { InstantMs, LocalDate } from '../calendar/dates';
import type { EventFacts } from '../events/kinds';
import type { Action, ActionKind, Condition, ContactRole, ContactRules, ReleaseNotice } from '../policy/types';

/** A typed custom field's value. */
export type CustomValue = string | number | boolean | null;

/** What a decision needs to know of a customer. Money facts are in the invoice they belong to: they are per currency. */
export interface CustomerFacts {
  id: string;
  externalId: string;
  timeZone: string;
  country: string | null;
  region: string | null;
  language: string;
  businessUnit: string | null;
  tier: string | null;
  /** Payment terms, days net; left out or null: none are agreed. */
  termsDays?: number | null;
  custom: Readonly<Record<string, CustomValue>>;
  reach: Reach;
  /** Roles of the contacts that can be written to; left out: none is known. */
  contactRoles?: readonly ContactRole[];
  /** The newest local date on which a message that counts towards spacing was authorised. */
  lastContactOn: LocalDate | null;
  /** The local dates of the messages that count towards spacing and caps, whatever sent them: newest first, one for each message, the newest 31. */
  contactsOn: readonly LocalDate[];
  /** The strictest of the contact rules by which the customer's open invoices are collected, also where a ladder is at its end; left out or null: nothing is collected. */
  contactRules?: ContactRules | null;
  /** Paused by a person for every invoice; until null means until resumed. */
  pause: { until: InstantMs | null } | null;
  /** Grows with every change of this customer's ledger. */
  ledgerVersion: number;
  /** Keys of the segments that the customer is in; left out: none. */
  segments?: readonly string[];
  /** How the customer pays, by the rules of domain/behaviour; left out or null: not known yet. */
  behaviour?: BehaviourClass | null;
  /** The segment that writes to the customer once for all invoices, so that no invoice is written about by itself; left out or null: none. */
  consolidatedBy?: string | null;
  /** Left out or null: none was agreed. */
  creditLimit?: CreditLimit | null;
  /** What is owed over all invoices, whichever of them are collected; left out: no condition asks. */
  owes?: Owes;
  /** What became of promises to pay, in any order; left out: no condition asks. */
  promises?: readonly PromiseOnRecord[];
  /** Where the customer is, the day on which a person there last wrote back; null: never, left out: no condition asks. */
  lastReplyOn?: LocalDate | null;
}

export interface CreditLimit {
  amountMinor: number;
  currency: string;
}

/** What a customer owes, invoice by invoice, and has in hand. */
export interface Owes {
  open: readonly Owed[];
  /** Cash and credit that are put to no invoice, by currency. */
  unapplied: Readonly<Record<string, number>>;
}

/** What a condition on a customer's account needs to know of one open invoice. */
export type Owed = Pick<InvoiceFacts, 'currency' | 'dueOn' | 'openMinor' | 'promisedMinor' | 'disputedMinor'>;

/** A promise that is neither withdrawn nor taken over by another; kept in part is broken. */
export interface PromiseOnRecord {
  /** The promised day. */
  on: LocalDate;
  state: 'pending' | 'kept' | 'broken';
}

export type BehaviourClass = 'new' | 'prompt' | 'slow' | 'at-risk';

/** Whether an email can reach the customer at all. */
export type Reach = { kind: 'reachable' } | { kind: 'unreachable'; why: 'no-address' | 'address-suppressed' | 'do-not-contact' };

/** What a customer said of an invoice that keeps a part of it from being asked for. */
export interface Claims {
  /** The part of the open balance that a running promise to pay covers; with `disputedMinor` never more than is open. */
  promisedMinor: number;
  /** The end of the promised day in the customer's zone. */
  promisedUntil: InstantMs | null;
  /** The part of the open balance that is disputed. */
  disputedMinor: number;
  /** When a promise or a dispute asks to be looked at again: it ends, or its deadline is over. */
  claimsDueAt: InstantMs | null;
  /** When disputes of the invoice ran, those that run still with no end; left out where there were none. */
  disputedDuring?: readonly DisputedSpan[];
}

export interface DisputedSpan {
  from: InstantMs;
  until: InstantMs | null;
}

export const noClaims: Claims = { promisedMinor: 0, promisedUntil: null, disputedMinor: 0, claimsDueAt: null };

export interface InvoiceFacts extends Claims {
  id: string;
  externalId: string;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  /** What is still open: total less applied payments, credit notes and write-offs. */
  openMinor: number;
  /** The part of `openMinor` that the customer's unapplied cash and credit would cover, oldest due invoice first. */
  creditMinor: number;
  /** Open balance of all the customer's invoices in this currency, less unapplied cash and credit. */
  customerBalanceMinor: number;
  /** Days of grace of this invoice, else of its customer; null: as the policy says. */
  graceDays: number | null;
  documentState: 'draft' | 'issued' | 'void';
  type: string;
  businessUnit: string | null;
  custom: Readonly<Record<string, CustomValue>>;
  control: InvoiceControl;
  /** What has been decided on this invoice under this policy version, in the order in which it was decided. */
  progress: readonly StepRecord[];
  /** What people answered where a step needs approval. */
  approvals?: readonly ApprovalAnswer[];
  /** Holds that steps and automations placed on this invoice. */
  holds: readonly HoldRecord[];
  /** The policies, by name, that steps of this invoice started; left out: none. */
  startedPolicies?: readonly string[];
  /** The local dates on which a segment's email listed it, the oldest first; left out: none is known. */
  listedOn?: readonly LocalDate[];
  /** The local dates of the messages about it that count towards spacing, one for each message, in any order; left out: no condition asks. */
  contactsOn?: readonly LocalDate[];
  /** What is promised and disputed of it, where it is looked at as if nothing were; left out: it is not. */
  claimed?: Pick<Claims, 'promisedMinor' | 'disputedMinor'>;
}

/** Facts of which every field is written out, those too that may be left out: where tens of thousands are made all in one place and alike, they are read in half of the time. */
export type Whole<T> = { [K in keyof Required<T>]: T[K] };

export interface InvoiceControl {
  pause: { until: InstantMs | null } | null;
  stopped: boolean;
  skips: readonly string[];
  sendNow: readonly string[];
}

export const noControl: InvoiceControl = { pause: null, stopped: false, skips: [], sendNow: [] };

export interface ApprovalAnswer {
  step: string;
  action: DecidedAction;
  occurrence: number;
  approved: boolean;
  /** Who answered. */
  by: string;
  reason: string | null;
}

export interface HoldRecord {
  /** The step that placed it; of one that an automation placed, its key. */
  step: string;
  /** Where an automation placed it: what kind of hold it is, the condition on which, and the event that set it off, which stays what it was. Left out: a step did. */
  automation?: {
    hold: Extract<Action, { kind: 'hold' }>['hold']; when: Condition | null; event?: EventFacts | null;
    /** How the customer is told of its release; left out, or null: not at all. */
    releaseNotice?: ReleaseNotice | null;
    /** The customer has been told, or will not be, under whatever policy version the invoice was then. */
    isReleaseTold?: boolean;
  };
  releasedAt: InstantMs | null;
  /** Whether the release was the ledger's doing (true) or a person's. */
  releasedByItself: boolean;
}

/** What a step can do, with the two that follow from a hold, and the asking for an escalation contact that is missing. */
export type DecidedAction = ActionKind | 'release' | 'release-notice' | 'find-contact';
export type Outcome = 'executed' | 'suppressed' | 'deferred' | 'covered' | 'skipped';

export type ReasonCode =
  | 'consolidated'
  | 'due' | 'send-now' | 'settled' | 'stopped' | 'void' | 'condition' | 'collapsed' | 'late' | 'spacing' | 'cap' | 'paused' | 'merged'
  | 'no-address' | 'address-suppressed' | 'do-not-contact' | 'unapplied-cash' | 'skipped-by-person' | 'promised' | 'disputed' | 'released' | 'paid-before-hand-over' | 'taken-back'
  /** Passed over when the invoice moved to another policy version, and: counts no more since its ladder was begun anew. */
  | 'moved' | 'restarted'
  /** Notice of the level before runs, or was never given; a person has to agree, has agreed, has refused, or nobody answered in time. */
  | 'notice' | 'no-notice' | 'approval' | 'approved' | 'refused' | 'approval-timeout'
  /** It should have gone to an escalation contact too, and there is none. */
  | 'no-escalation-contact'
  /** The policy that the step would start was started for the invoice by a step before. */
  | 'started-before';

/** One decision already made: enough of it to know what is still to come. */
export interface StepRecord {
  step: string;
  action: DecidedAction;
  occurrence: number;
  outcome: Outcome;
  reasonCode: ReasonCode;
  at: InstantMs;
  on: LocalDate;
  until: InstantMs | null;
}
