import { dayNumber, type DayNumber } from '../calendar/dates';
import type { Policy, Step } from '../policy/types';
import type { InvoiceFacts } from './facts';
import { itemProgress } from './progress';

/** Whether a step may follow the level before it. */
export type Notice =
  | { kind: 'given' }
  /** The level before has not ended: whatever becomes of it is looked at first. */
  | { kind: 'pending' }
  /** It has been executed, and the notice is over on that day. */
  | { kind: 'running'; until: DayNumber; level: Step }
  /** It ended without having been executed, so nobody was given notice. */
  | { kind: 'never'; level: Step };

/**
 * The level that comes before a step, as notice is concerned: the nearest step above it that asks for something overdue. Steps on or before the due date, and those that the
 * customer expects anyway, are no levels.
 */
export function levelBefore(policy: Policy, position: number): Step | null {
  return policy.steps.slice(0, position).findLast(isLevel) ?? null;
}

function isLevel({ anchor, offset, exemptFromSpacing }: Step): boolean {
  return !exemptFromSpacing && (anchor === 'previous' || (anchor === 'due' && offset.count > 0));
}

/** The days of notice that a step needs after the level before it. */
function noticeDays(policy: Policy, step: Step): number {
  return isLevel(step) ? step.minimumNoticeDays ?? policy.minimumNoticeDays ?? 0 : 0;
}

export function noticeFor(policy: Policy, position: number, invoice: InvoiceFacts): Notice {
  const step = policy.steps[position];
  const needed = step ? noticeDays(policy, step) : 0;
  const level = needed > 0 ? levelBefore(policy, position) : null;
  if (!level) return { kind: 'given' };
  let executedOn: DayNumber | null = null;
  for (const action of level.actions) {
    const { ended } = itemProgress(invoice, level.id, action.kind);
    if (!ended) return { kind: 'pending' };
    if (ended.outcome === 'executed' || ended.outcome === 'covered') executedOn = Math.max(executedOn ?? -Infinity, dayNumber(ended.on));
  }
  return executedOn === null ? { kind: 'never', level } : { kind: 'running', until: executedOn + needed, level };
}

/** Whether a later step waits for this one as its notice: then it is not left out in favour of a later one, however late it is. */
export function isNotice(policy: Policy, position: number): boolean {
  const step = policy.steps[position];
  return step !== undefined && policy.steps.some((later, at) => at > position && noticeDays(policy, later) > 0 && levelBefore(policy, at) === step);
}
