import type { Condition, ContactRole, SendingCalendar } from '../policy/types';
import type { Cadence } from './cadence';

/** What a run does for one customer. An email lists what is owed; what is not an email is no contact, and waits for nothing. */
export type SegmentAction =
  | { kind: 'email'; template: string; to: readonly ContactRole[] }
  | { kind: 'task'; queue: string; title: string; instructions: string | null; dueInDays: number }
  | { kind: 'notify'; audience: string; title: string };

/** What a segment does at its cadence. */
export interface SegmentRun {
  cadence: Cadence;
  /** Asked of the customer at the run; null: every member. */
  when: Condition | null;
  /** Which of a customer's open invoices are listed; `where` null: all of those. */
  invoices: { which: 'overdue' | 'open'; where: Condition | null };
  /** One email at most. */
  actions: readonly SegmentAction[];
  minimumDaysBetween: number;
  calendar: SendingCalendar;
}

/** The email of a run, if it sends one. */
export function emailOf({ actions }: SegmentRun): Extract<SegmentAction, { kind: 'email' }> | null {
  return actions.find((action) => action.kind === 'email') ?? null;
}
