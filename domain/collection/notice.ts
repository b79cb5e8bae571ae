import { dayNumber, type DayNumber, type LocalDate } from '../calendar/dates';
import type { Policy, Step } from '../policy/types';
import type { CustomerFacts, InvoiceFacts } from './facts';
import { itemProgress } from './progress';

/** Whether a step may follow the level before it. */
export type Notice =
  | { kind: 'given' }
  /** The level before has not ended: whatever becomes of it is looked at first. */
  | { kind: 'pending' }
  /** The customer was told, and the notice is over on that day. */
  | { kind: 'running'; until: DayNumber; level: Step }
  /** It fell to a segment whose email has not listed the invoice yet; the notice has so many days from then on. */
  | { kind: 'awaited'; days: number; level: Step }
  /** It fell to a segment that no longer writes for all and told nobody of it: it is to be told by itself first. */
  | { kind: 'untold'; level: Step }
  /** It ended without having told anybody. */
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

/**
 * Where a level fell to a segment that writes once for all invoices, the segment's email is its notice: the first that lists the invoice on the level's day or after. While there is none the step
 * waits for it. Once the segment no longer writes for all, the next letter is the word: it passes over a level of which nobody was told, and asks the one above it. Before a deed, which is no word, the
 * level is told by itself.
 */
export function noticeFor(policy: Policy, position: number, invoice: InvoiceFacts, { consolidatedBy }: Pick<CustomerFacts, 'consolidatedBy'>): Notice {
  const step = policy.steps[position];
  const days = step ? noticeDays(policy, step) : 0;
  let level = days > 0 ? levelBefore(policy, position) : null;
  while (level) {
    const told = toldOn(level, invoice);
    if (told === 'pending') return { kind: 'pending' };
    if (typeof told === 'number') return { kind: 'running', until: told + days, level };
    if (told === 'nobody') return { kind: 'never', level };
    if (consolidatedBy) return { kind: 'awaited', days, level };
    if (!step!.actions.some(({ kind }) => kind === 'email')) return { kind: 'untold', level };
    level = levelBefore(policy, policy.steps.indexOf(level));
  }
  return { kind: 'given' };
}

/** The day on which a level told the customer; or: it has not ended, it told nobody, a segment is to tell of it and has not yet. */
function toldOn(level: Step, invoice: InvoiceFacts): DayNumber | 'pending' | 'nobody' | 'to-be-listed' {
  let on: DayNumber | null = null;
  let fellToSegment: LocalDate | null = null;
  for (const action of level.actions) {
    const { ended } = itemProgress(invoice, level.id, action.kind);
    if (!ended) return 'pending';
    if (ended.outcome === 'executed' || ended.outcome === 'covered') on = Math.max(on ?? -Infinity, dayNumber(ended.on));
    if (ended.reasonCode === 'consolidated') fellToSegment = ended.on;
  }
  // A task for one's own people beside the email tells the customer nothing.
  if (fellToSegment === null) return on ?? 'nobody';
  const listed = invoice.listedOn?.find((each) => each >= fellToSegment);
  return listed === undefined ? 'to-be-listed' : dayNumber(listed);
}

/** Whether a later step waits for this one as its notice: then it is not left out in favour of a later one, however late it is. */
export function isNotice(policy: Policy, position: number): boolean {
  const step = policy.steps[position];
  return step !== undefined && policy.steps.some((later, at) => at > position && noticeDays(policy, later) > 0 && levelBefore(policy, at) === step);
}
