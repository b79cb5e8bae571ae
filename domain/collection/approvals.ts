import { assertNever } from '../assertNever';
import { dateOfDay, type InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { startOfDay } from '../calendar/zones';
import type { Action, Approval, Step } from '../policy/types';
import type { Verdict } from './decision';
import type { CustomerFacts, InvoiceFacts } from './facts';
import type { ItemProgress } from './progress';

/** What an approval says of a step that is due. */
export type Gate =
  /** Nobody has to agree, or nobody any more. */
  | { kind: 'open' }
  /** Somebody is asked, and has until then. `verdict` says so, and why. */
  | { kind: 'closed'; until: InstantMs; verdict: Verdict }
  /** It has been answered, or the time for it is over: the whole step goes by that. */
  | { kind: 'decided'; verdict: Verdict };

interface Pending {
  action: Action;
  progress: ItemProgress;
}

/** The approval that an action needs before it is done; null when none. */
export function approvalOf(action: Action): Approval | null {
  return action.kind === 'hold' || action.kind === 'handoff' ? action.approval ?? null : null;
}

/**
 * Whether a step that is due, and whose condition holds now, may be taken. The condition is looked at before this each time, so what was approved on Monday and paid on Tuesday is not done.
 * The answers are in the ledger; that the time is over is told by the clock, so a simulation in which nobody answers knows it too.
 */
export function approvalGate(step: Step, pending: readonly Pending[], invoice: InvoiceFacts, { customer, calendar, now }: { customer: CustomerFacts; calendar: RecipientCalendar; now: InstantMs }): Gate {
  const gated = pending.find(({ action }) => approvalOf(action) !== null);
  const approval = gated && approvalOf(gated.action);
  if (!gated || !approval) return { kind: 'open' };
  const answer = invoice.approvals?.find((each) => each.step === step.id && each.action === gated.action.kind && each.occurrence === gated.progress.occurrence);
  if (answer?.approved) return { kind: 'decided', verdict: { kind: 'execute', code: 'approved', reason: `approved by ${answer.by}` } };
  if (answer) return { kind: 'decided', verdict: { kind: 'suppress', code: 'refused', reason: `refused by ${answer.by}: ${answer.reason ?? 'no reason was given'}` } };

  const asked = gated.progress.deferrals.filter(({ reasonCode }) => reasonCode === 'approval');
  const deadline = Math.max(...asked.map(({ until }) => until ?? 0));
  const next = calendar.nextOpening(startOfDay(calendar.day(now) + approval.timeoutDays, customer.timeZone));
  if (asked.length === 0) return closed(next, `awaits the approval of ${approver(approval.by)}`, calendar);
  if (now < deadline) return closed(deadline, `awaits the approval of ${approver(asked.length > 1 ? 'admin' : approval.by)}`, calendar);
  return timedOut(approval, asked.length, next, calendar);
}

function timedOut({ onTimeout, timeoutDays }: Approval, timesAsked: number, next: InstantMs, calendar: RecipientCalendar): Gate {
  const nobody = `nobody answered within ${timeoutDays === 1 ? '1 day' : `${timeoutDays} days`}`;
  switch (onTimeout) {
    case 'proceed':
      return { kind: 'decided', verdict: { kind: 'execute', code: 'approval-timeout', reason: `${nobody}: it goes ahead` } };
    case 'escalate':
      if (timesAsked === 1) return closed(next, `${nobody}: awaits the approval of ${approver('admin')}`, calendar);
      return { kind: 'decided', verdict: { kind: 'skip', code: 'approval-timeout', reason: `${nobody}, an administrator neither: it is left out` } };
    case 'skip':
      return { kind: 'decided', verdict: { kind: 'skip', code: 'approval-timeout', reason: `${nobody}: it is left out` } };
    default: return assertNever(onTimeout);
  }
}

function closed(until: InstantMs, reason: string, calendar: RecipientCalendar): Gate {
  return { kind: 'closed', until, verdict: { kind: 'defer', code: 'approval', reason: `${reason}, until ${dateOfDay(calendar.day(until))}`, until } };
}

function approver(role: Approval['by']): string {
  return role === 'admin' ? 'an administrator' : 'a credit manager';
}
