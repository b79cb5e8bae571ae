import type { Role } from '../access/roles';
import type { LocalDate } from '../calendar/dates';
import type { DayCount, RateUnits } from '../charges/interest';
import type { StatutoryPreset } from '../charges/statutory';
import type { Escalation as Escalated } from '../task/escalation';

/**
 * A collection policy as it is after parsing: the ladder of steps and the rules of contact around it.
 * The document's own form (YAML or JSON), its JSON Schema and its errors are in `parsePolicy.ts`.
 */
export interface Policy {
  policy: string;
  version: number;
  title: string;
  calendar: SendingCalendar;
  contact: ContactRules;
  /** Days after the due date before steps that come after it count; none unless given. A customer's or an invoice's own grace goes before it. */
  graceDays?: number;
  /** Days that must lie between a level of the ladder and the next; a step may say otherwise. See levelBefore. */
  minimumNoticeDays?: number;
  /** From which step on the customer's escalation contacts are written to besides; left out: where a step names them. */
  escalation?: Escalation;
  steps: readonly Step[];
}

export interface SendingCalendar {
  /** 'customer': each recipient's own zone; otherwise one IANA zone for all. */
  timeZone: 'customer' | string;
  /** Minutes after local midnight; a step without a time of its own runs when the window opens. */
  window: { opensMinute: number; closesMinute: number };
  /** ISO weekdays on which steps may run, 1 = Monday … 7 = Sunday. */
  weekdays: readonly number[];
  /** Whose public holidays are days off: the recipient's, none, or those of one place. */
  holidays: 'customer' | 'none' | { country: string; region: string | null };
}

/** So many messages to one customer in any seven days (week) or thirty days (month). */
export interface ContactCap {
  messages: number;
  per: 'week' | 'month';
}

export interface ContactRules {
  /** A customer contacted on day d may be contacted again on day d + N, that day included. 0: no spacing. */
  minimumDaysBetween: number;
  /** Several invoices of one customer due for an email on one day make one email, or one each. */
  merge: 'same-day' | 'per-invoice';
  /** At most so many messages; versions published before there were caps have none. */
  caps?: readonly ContactCap[];
}

export type Anchor = 'issued' | 'due' | 'previous';

export interface Step {
  id: string;
  title: string;
  anchor: Anchor;
  offset: { unit: 'days' | 'businessDays'; count: number };
  /** Minutes after local midnight; null: when the send window opens. */
  atMinute: number | null;
  when: Condition | null;
  catchUp: CatchUp;
  /** A delivery or another message that the customer expects: neither held back by spacing nor counted in it. */
  exemptFromSpacing: boolean;
  /** It runs only so many days after the level before it was executed; 0: whatever became of that. As the policy says unless given. */
  minimumNoticeDays?: number;
  actions: readonly Action[];
}

/** What happens to a step that could not run on its day. */
export type CatchUp =
  | { rule: 'collapse' }
  | { rule: 'skip' }
  | { rule: 'send-late'; limitDays: number };

/** An act that a person has to agree to before it is done. */
export interface Approval {
  by: 'credit-manager' | 'admin';
  timeoutDays: number;
  /** When nobody has answered in time: it is done, it is left out, or an administrator is asked for as long again, and it is left out after that. */
  onTimeout: 'proceed' | 'skip' | 'escalate';
}

/** The email that tells the customer of a hold that was released. */
export interface ReleaseNotice {
  template: string;
  to: readonly ContactRole[];
}

export type ContactRole = 'billing' | 'escalation' | 'leadership';

export interface Escalation {
  /** The step, by id, from which on emails go to escalation contacts too. */
  fromStep: string;
  /** What people are asked to do for a customer who has no such contact that can be written to. */
  whenNone: { queue: string; title: string; dueInDays: number };
}

/** Who of one's own people: the owner of the customer's account, that person's manager, all of a role, or an address. */
export type Colleague = 'owner' | 'owner-manager' | Role | (string & {});

export type Action =
  | { kind: 'email'; template: string; to: readonly ContactRole[]; attachInvoice: boolean }
  /** `template`: a task template, for the instructions that are not given here, the priority and the outcomes. */
  | { kind: 'task'; queue: string; title: string; instructions: string | null; dueInDays: number; template?: string }
  | { kind: 'notify'; audience: string; title: string }
  /** To somebody who may decide more: an urgent task, and a word to those who answer for it. */
  | ({ kind: 'escalate' } & Escalated)
  /** An email to one's own people, by a template of the kind internal. */
  | { kind: 'leadership'; template: string; to: readonly Colleague[]; title: string; text: string | null }
  | { kind: 'hold'; hold: 'credit' | 'pause-work' | 'lock-out'; releaseNotice: ReleaseNotice | null; approval?: Approval }
  | { kind: 'handoff'; agency: string | null; approval?: Approval }
  /** A late fee or interest, as an entry of the ledger of its own. */
  | { kind: 'charge'; terms: ChargeTerms }
  /** Something off for who pays in time. */
  | { kind: 'discount'; terms: DiscountTerms; forDays: number }
  /** The invoice is assigned to another policy, by name: the version of it that is in force, whose ladder begins. */
  | { kind: 'start-policy'; policy: string };

/** What is charged. Fixed fees are per currency: an invoice in another is charged nothing. */
export type ChargeTerms =
  | { kind: 'fixed'; minorByCurrency: Readonly<Record<string, number>> }
  | { kind: 'percent'; rate: RateUnits }
  | { kind: 'interest'; rate: RateUnits; dayCount: DayCount }
  | { kind: 'statutory'; preset: StatutoryPreset };

export type DiscountTerms =
  | { kind: 'fixed'; minorByCurrency: Readonly<Record<string, number>> }
  | { kind: 'percent'; rate: RateUnits };

export type ActionKind = Action['kind'];

/** Money thresholds are per currency, in minor units: exact at the boundary. */
export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  | InvoicesCondition
  | Comparison;

/** On a customer: how many of the open invoices fulfil a condition. `every` does not hold where none is open. */
export interface InvoicesCondition {
  invoices: 'some' | 'every' | 'none';
  /** null: any open invoice. */
  where: Condition | null;
}

export type ComparisonOp = '>' | '>=' | '<' | '<=' | '=' | '!=' | 'in' | 'not-in' | 'is-set';

export interface Comparison {
  field: string;
  op: ComparisonOp;
  value:
    | { kind: 'money'; minorByCurrency: Readonly<Record<string, number>> }
    | { kind: 'number'; number: number }
    | { kind: 'text'; text: string }
    | { kind: 'boolean'; boolean: boolean }
    | { kind: 'date'; date: LocalDate }
    /** So many days from today where the customer is; negative: before it. */
    | { kind: 'relative-date'; days: number }
    | { kind: 'list'; values: readonly (string | number)[] }
    | { kind: 'none' };
}
