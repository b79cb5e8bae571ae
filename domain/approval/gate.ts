import { assertNever } from '../assertNever';
import type { InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { startOfDay } from '../calendar/zones';
import type { Verdict } from '../collection/decision';
import type { CustomerFacts } from '../collection/facts';
import type { Approval } from '../policy/types';

/** What people were asked so far, and what they said. */
export interface Asked {
  answer: { approved: boolean; /** Who answered. */ by: string; reason: string | null } | null;
  /** 1: a credit manager, or whoever has to agree; 2: an administrator besides. */
  times: number;
  /** Until when an answer counts. */
  deadline: InstantMs;
}

export const notAsked: Asked = { answer: null, times: 0, deadline: 0 };

/** What an approval says of an act that is due and still wanted. */
export type ApprovalGate =
  /** Somebody is asked, and has until then. */
  | { kind: 'closed'; until: InstantMs; why: string }
  /** It has been answered, or the time for it is over. */
  | { kind: 'decided'; verdict: Exclude<Verdict, { kind: 'defer' }> };

/** The approval that an action of a step or of an automation needs before it is done; null when none. */
export function approvalOf(action: { kind: string; approval?: Approval }): Approval | null {
  return action.kind === 'hold' || action.kind === 'handoff' ? action.approval ?? null : null;
}

/**
 * Whether somebody who has to agree has done so. That the act is still wanted is looked at beside this each time, so what was approved on Monday and paid on Tuesday is not done.
 * The answers are in the ledger; that the time is over is told by the clock, so a simulation in which nobody answers knows it too.
 */
export function gateOf(approval: Approval, { answer, times, deadline }: Asked, { customer, calendar, now }: { customer: Pick<CustomerFacts, 'timeZone'>; calendar: RecipientCalendar; now: InstantMs }): ApprovalGate {
  if (answer?.approved) return { kind: 'decided', verdict: { kind: 'execute', code: 'approved', reason: `approved by ${answer.by}` } };
  if (answer) return { kind: 'decided', verdict: { kind: 'suppress', code: 'refused', reason: `refused by ${answer.by}: ${answer.reason ?? 'no reason was given'}` } };
  const next = calendar.nextOpening(startOfDay(calendar.day(now) + approval.timeoutDays, customer.timeZone));
  if (times === 0) return { kind: 'closed', until: next, why: `awaits the approval of ${approver(approval.by)}` };
  if (now < deadline) return { kind: 'closed', until: deadline, why: `awaits the approval of ${approver(times > 1 ? 'admin' : approval.by)}` };
  return timedOut(approval, times, next);
}

function timedOut({ onTimeout, timeoutDays }: Approval, times: number, next: InstantMs): ApprovalGate {
  const nobody = `nobody answered within ${timeoutDays === 1 ? '1 day' : `${timeoutDays} days`}`;
  switch (onTimeout) {
    case 'proceed':
      return { kind: 'decided', verdict: { kind: 'execute', code: 'approval-timeout', reason: `${nobody}: it goes ahead` } };
    case 'escalate':
      if (times === 1) return { kind: 'closed', until: next, why: `${nobody}: awaits the approval of ${approver('admin')}` };
      return { kind: 'decided', verdict: { kind: 'skip', code: 'approval-timeout', reason: `${nobody}, an administrator neither: it is left out` } };
    case 'skip':
      return { kind: 'decided', verdict: { kind: 'skip', code: 'approval-timeout', reason: `${nobody}: it is left out` } };
    default: return assertNever(onTimeout);
  }
}

function approver(role: Approval['by']): string {
  return role === 'admin' ? 'an administrator' : 'a credit manager';
}
