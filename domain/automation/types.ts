import type { ChargeRule } from '../charges/charge';
import type { EventData, EventKind } from '../events/kinds';
import type { InstantMs } from '../calendar/dates';
import type { Approval, Colleague, Condition, ContactRole, DiscountTerms, ReleaseNotice } from '../policy/types';
import type { Escalation } from '../task/escalation';
import type { WantedTask } from '../task/schema';

/** Event + condition = actions. What people write and see is in `schema.ts`. */
export interface Automation {
  title: string;
  trigger: { kind: EventKind; /** Of 'invoice.overdue': on which day past due. */ days: number | null };
  when: Condition | null;
  actions: readonly AutomationAction[];
  /** It fires at most so often for one customer in any so many days. */
  limit: { firings: number; days: number };
}

export type AutomationAction =
  | { kind: 'email'; template: string; to: readonly ContactRole[]; attachInvoice: boolean }
  | ({ kind: 'task' } & WantedTask)
  | { kind: 'notify'; audience: string; title: string }
  /** An email to one's own people, by a template of the kind internal. */
  | { kind: 'leadership'; template: string; to: readonly Colleague[]; title: string; text: string | null }
  /** Versions that were saved before there were notices have none. */
  | { kind: 'hold'; hold: 'credit' | 'pause-work' | 'lock-out'; releaseNotice?: ReleaseNotice | null; approval?: Approval }
  | { kind: 'pause'; days: number | null }
  /** To somebody who may decide more: an urgent task, and a word to those who answer for it. */
  | ({ kind: 'escalate' } & Escalation)
  | { kind: 'charge'; charge: AutomationCharge }
  /** The policy that is in force under this name collects the invoice, or all invoices of the customer, from here on. */
  | { kind: 'assign-policy'; policy: string; of: 'invoice' | 'customer' }
  /** To an agency: recorded, and the invoice's collection is paused until a person resumes it. */
  | { kind: 'handoff'; agency: string | null; approval?: Approval }
  | { kind: 'discount'; terms: DiscountTerms; forDays: number }
  | { kind: 'webhook' };

/** A rule of charges; a fixed fee is one amount for each currency. */
export type AutomationCharge = Exclude<ChargeRule, { kind: 'fixed' }> | { kind: 'fixed'; minorByCurrency: Readonly<Record<string, number>> };

/** An event as an automation sees it. */
export interface TriggeringEvent {
  kind: EventKind;
  at: InstantMs;
  depth: number;
  data: EventData;
}

/** An automation may follow from another, and one more from that; an event any deeper starts none. So no circle can close, whatever people write. */
export const depthMax = 3;

/** A firing whose email has to wait, for the send window or for the days between contacts, waits so long at most. */
export const deferDaysMax = 14;
