import type { Tone } from '../app/StateBadge';
import type { Outcome } from '../decisions/queries';
import type { AgingBucket, InvoiceState, LadderStep } from './queries';

export const invoiceStates: Readonly<Record<InvoiceState, { label: string; tone: Tone }>> = {
  draft: { label: 'Draft', tone: 'neutral' },
  open: { label: 'Open', tone: 'active' },
  overdue: { label: 'Overdue', tone: 'bad' },
  paid: { label: 'Paid', tone: 'good' },
  void: { label: 'Void', tone: 'neutral' },
};

/** In order, from what is not due yet to the oldest. */
export const agingBuckets: readonly { bucket: AgingBucket; label: string }[] = [
  { bucket: 'not-due', label: 'Not due' },
  { bucket: '1-30', label: '1–30 days' },
  { bucket: '31-60', label: '31–60 days' },
  { bucket: '61-90', label: '61–90 days' },
  { bucket: '91-120', label: '91–120 days' },
  { bucket: '120+', label: 'Over 120 days' },
];

export const stepStatuses: Readonly<Record<LadderStep['status'], { label: string; tone: Tone }>> = {
  done: { label: 'Done', tone: 'good' },
  covered: { label: 'Covered', tone: 'good' },
  suppressed: { label: 'Suppressed', tone: 'neutral' },
  skipped: { label: 'Skipped', tone: 'neutral' },
  deferred: { label: 'Deferred', tone: 'warn' },
  next: { label: 'Next', tone: 'active' },
  upcoming: { label: 'Later', tone: 'neutral' },
  'not-needed': { label: 'Not needed', tone: 'neutral' },
};

export const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  executed: 'good', covered: 'good', deferred: 'warn', suppressed: 'neutral', skipped: 'neutral',
};

export const actionNames: Readonly<Record<string, string>> = {
  email: 'Email', task: 'Task', notify: 'Notification', escalate: 'Escalation', hold: 'Hold', handoff: 'Hand-off', release: 'Release', 'release-notice': 'Release notice', leadership: 'Email to leadership',
  'find-contact': 'Search for a contact', charge: 'Late fee or interest', discount: 'Discount', 'start-policy': 'Start of another policy',
};
export const actionName = (action: string): string => actionNames[action] ?? action;
