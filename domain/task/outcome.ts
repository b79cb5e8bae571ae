import type { LocalDate } from '../calendar/dates';
import type { DisputeReason } from '../dispute/dispute';

/** What a task may end with. All but the first are what came of a call. */
export const taskOutcomes = ['done', 'no-answer', 'promised', 'disputed', 'paid', 'wrong-contact', 'wrong-number'] as const;
export type TaskOutcome = (typeof taskOutcomes)[number];

/** Days, unless said otherwise: until somebody calls again, and until a payment that is said to be under way should be here. */
export const againInDays = 2;
export const paymentComesInDays = 5;

/** What was said, as the one who called writes it down. */
export interface TaskReport {
  outcome: TaskOutcome;
  note: string | null;
  /** no-answer: when to try again; paid: how long the payment gets to come. */
  inDays?: number;
  /** promised. No amount: all that is open. A task that is about no invoice says the currency. */
  promise?: { promisedOn: LocalDate; amountMinor?: number; currency?: string };
  /** disputed. No amount: the whole invoice. */
  dispute?: { reason: DisputeReason; amountMinor?: number };
  /** wrong-number, wrong-contact: whose. */
  contactId?: number;
}

export interface ReportedTask {
  /** null: every outcome. */
  outcomes: readonly string[] | null;
  customerId: number | null;
  invoiceId: number | null;
}

/** What is wrong with a report, by field; nothing: it can be carried out. */
export function reportProblems(task: ReportedTask, report: TaskReport): { path: string; message: string }[] {
  const { outcome, promise, dispute, contactId, inDays } = report;
  const problems: { path: string; message: string }[] = [];
  const refuse = (path: string, message: string): void => void problems.push({ path, message });
  if (task.outcomes && !task.outcomes.includes(outcome)) refuse('outcome', `is not one of this task's: ${task.outcomes.join(', ')}`);
  if (outcome !== 'done' && task.customerId === null) refuse('outcome', 'needs a customer, and the task is about none');
  if (outcome === 'promised' && !promise) refuse('promise', 'is missing: when will they pay, and how much');
  if (outcome === 'promised' && promise && task.invoiceId === null && promise.currency === undefined) refuse('promise.currency', 'is missing: the task is about no invoice');
  if (outcome === 'disputed' && !dispute) refuse('dispute', 'is missing: what is wrong, in their words');
  if (outcome === 'disputed' && task.invoiceId === null) refuse('outcome', 'needs an invoice, and the task is about none: open the dispute on the invoice');
  if (promise && outcome !== 'promised') refuse('promise', `does not go with ${outcome}`);
  if (dispute && outcome !== 'disputed') refuse('dispute', `does not go with ${outcome}`);
  if (contactId !== undefined && outcome !== 'wrong-number' && outcome !== 'wrong-contact') refuse('contactId', `does not go with ${outcome}`);
  if (inDays !== undefined && outcome !== 'no-answer' && outcome !== 'paid') refuse('inDays', `does not go with ${outcome}`);
  return problems;
}
