import type { Condition, ContactRole, SendingCalendar } from '../policy/types';
import type { StatementRule } from '../statement/types';
import type { WantedTask } from '../task/schema';
import type { Cadence } from './cadence';

/** What a run does for one customer. An email lists what is owed; a statement tells of the whole account, and asks for nothing. Tasks and notifications are no mail, and wait for nothing. */
export type SegmentAction =
  | { kind: 'email'; template: string; to: readonly ContactRole[] }
  | { kind: 'statement'; template: string; to: readonly ContactRole[]; sendWhen: StatementRule }
  | ({ kind: 'task' } & WantedTask)
  | { kind: 'notify'; audience: string; title: string };

/** What a segment does at its cadence. */
export interface SegmentRun {
  cadence: Cadence;
  /** Asked of the customer at the run; null: every member. */
  when: Condition | null;
  /** Which of a customer's open invoices are listed; `where` null: all of those. */
  invoices: { which: 'overdue' | 'open'; where: Condition | null };
  /** One email or statement at most. */
  actions: readonly SegmentAction[];
  minimumDaysBetween: number;
  calendar: SendingCalendar;
}

/** The email of a run, if it sends one. */
export function emailOf({ actions }: SegmentRun): Extract<SegmentAction, { kind: 'email' }> | null {
  return actions.find((action) => action.kind === 'email') ?? null;
}

/** The statement of a run, if it sends one. */
export function statementOf({ actions }: SegmentRun): Extract<SegmentAction, { kind: 'statement' }> | null {
  return actions.find((action) => action.kind === 'statement') ?? null;
}

/** Whether an action writes to the customer. */
export function isMail({ kind }: SegmentAction): boolean {
  return kind === 'email' || kind === 'statement';
}
