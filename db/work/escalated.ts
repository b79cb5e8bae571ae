import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import { escalatedTask, type Escalation } from '../../domain/task/escalation';
import type { NewNotice } from './raiseNotices';
import type { NewTask } from './raiseTasks';

/** What is raised to somebody who may decide more: an invoice, or a customer as such. */
export interface EscalatedCase {
  /** The business fact that the escalation is: of its task and of its notice. */
  key: string;
  customerId: number;
  invoiceId: number | null;
  by: string;
  because: string;
  /** Today, where the customer is. */
  on: LocalDate;
  at: InstantMs;
}

/** The two rows that an escalation is, to be raised with whatever else its transaction raises. */
export function escalated(escalation: Escalation, { key, customerId, invoiceId, by, because, on, at }: EscalatedCase): { task: NewTask; notice: NewNotice } {
  return {
    task: { key, customerId, invoiceId, dueOn: on, at, ...escalatedTask(escalation, by, because) },
    notice: { key, customerId, invoiceId, at, audience: escalation.audience, title: escalation.title },
  };
}
