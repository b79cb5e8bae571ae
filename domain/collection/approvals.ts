import { approvalOf, gateOf, type ApprovalGate } from '../approval/gate';
import { dateOfDay, type InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import type { Action, Step } from '../policy/types';
import type { Verdict } from './decision';
import type { CustomerFacts, InvoiceFacts } from './facts';
import type { ItemProgress } from './progress';

/** What an approval says of a step that is due: it goes for the whole step. */
export type Gate =
  /** Nobody has to agree, or nobody any more. */
  | { kind: 'open' }
  /** Somebody is asked, and has until then. `verdict` says so, and why. */
  | { kind: 'closed'; until: InstantMs; verdict: Verdict }
  | Extract<ApprovalGate, { kind: 'decided' }>;

interface Pending {
  action: Action;
  progress: ItemProgress;
}

/** Whether a step that is due, and whose condition holds now, may be taken. What was asked before is in its deferrals. */
export function approvalGate(step: Step, pending: readonly Pending[], invoice: InvoiceFacts, setting: { customer: CustomerFacts; calendar: RecipientCalendar; now: InstantMs }): Gate {
  const gated = pending.find(({ action }) => approvalOf(action) !== null);
  const approval = gated && approvalOf(gated.action);
  if (!gated || !approval) return { kind: 'open' };
  const answer = invoice.approvals?.find((each) => each.step === step.id && each.action === gated.action.kind && each.occurrence === gated.progress.occurrence) ?? null;
  const asked = gated.progress.deferrals.filter(({ reasonCode }) => reasonCode === 'approval');
  const gate = gateOf(approval, { answer, times: asked.length, deadline: Math.max(...asked.map(({ until }) => until ?? 0)) }, setting);
  if (gate.kind === 'decided') return gate;
  const { until, why } = gate;
  return { kind: 'closed', until, verdict: { kind: 'defer', code: 'approval', reason: `${why}, until ${dateOfDay(setting.calendar.day(until))}`, until } };
}
