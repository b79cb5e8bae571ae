import { defaultAudience } from '../task/escalation';
import { notSimulated } from '../condition/catalogue';
import { readCondition } from './readCondition';
import { readCharge, readDiscount } from './readTerms';
import type { DocumentPath, Problems } from './problems';
import { type ActionDocument, type ApprovalDocument, type PolicyDocument, type ReleaseNoticeDocument, type StepDocument, weekdayNames } from './schema';
import type { Action, Approval, CatchUp, Policy, ReleaseNotice, Step } from './types';

/** Minutes after midnight of "HH:MM". */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The policy that a document of the right shape means, with what is not said filled in. */
export function readPolicy(document: PolicyDocument, problems: Problems): Policy {
  const { calendar = {}, contact = {} } = document;
  const window = calendar.window ?? { opens: '09:00', closes: '17:00' };
  const days = calendar.weekdays ?? weekdayNames.slice(0, 5);
  const holidays = calendar.holidays ?? 'customer';
  return {
    policy: document.policy,
    version: document.version,
    title: document.title ?? document.policy,
    calendar: {
      timeZone: calendar.timeZone ?? 'customer',
      window: { opensMinute: minuteOf(window.opens), closesMinute: minuteOf(window.closes) },
      weekdays: [...new Set(days.map((day) => weekdayNames.indexOf(day) + 1))].sort((one, other) => one - other),
      holidays: typeof holidays === 'string' ? holidays : { country: holidays.country, region: holidays.region ?? null },
    },
    contact: { minimumDaysBetween: contact.minimumDaysBetween ?? 1, merge: contact.merge ?? 'same-day', ...(contact.caps ? { caps: contact.caps } : {}) },
    ...(document.graceDays ? { graceDays: document.graceDays } : {}),
    ...(document.minimumNoticeDays ? { minimumNoticeDays: document.minimumNoticeDays } : {}),
    ...readEscalation(document.escalation),
    steps: document.steps.map((step, index) => readStep(step, readCatchUp(document.catchUp), ['steps', index], problems)),
  };
}

function readEscalation(escalation: PolicyDocument['escalation']): Pick<Policy, 'escalation'> {
  if (!escalation) return {};
  const { queue = 'Customer Care', title = 'Find an escalation contact at {customer}', dueInDays = 1 } = escalation.whenNone ?? {};
  return { escalation: { fromStep: escalation.from, whenNone: { queue, title, dueInDays } } };
}

function readStep(step: StepDocument, catchUp: CatchUp, path: DocumentPath, problems: Problems): Step {
  const { days, businessDays } = step.offset;
  return {
    id: step.id,
    title: step.title ?? step.id,
    anchor: step.anchor,
    offset: businessDays === undefined ? { unit: 'days', count: days ?? 0 } : { unit: 'businessDays', count: businessDays },
    atMinute: step.at === undefined ? null : minuteOf(step.at),
    when: step.when === undefined ? null : readCondition(step.when, [...path, 'when'], problems, { subject: 'invoice', without: notSimulated }),
    catchUp: step.catchUp === undefined ? catchUp : readCatchUp(step.catchUp),
    exemptFromSpacing: step.exemptFromSpacing ?? false,
    ...(step.minimumNoticeDays === undefined ? {} : { minimumNoticeDays: step.minimumNoticeDays }),
    actions: step.actions.map((action, position) => readAction(action, [...path, 'actions', position], problems)),
  };
}

function readCatchUp(catchUp: PolicyDocument['catchUp']): CatchUp {
  if (typeof catchUp === 'object') return { rule: 'send-late', limitDays: catchUp.sendLate.limitDays };
  return { rule: catchUp ?? 'collapse' };
}

function readAction({ email, task, notify, escalate, leadership, hold, handoff, charge, discount, startPolicy }: ActionDocument, path: DocumentPath, problems: Problems): Action {
  if (email) return { kind: 'email', template: email.template, to: email.to ?? ['billing'], attachInvoice: email.attachInvoice ?? false };
  if (task) return { kind: 'task', queue: task.queue, title: task.title, instructions: task.instructions ?? null, dueInDays: task.dueInDays ?? 1, ...(task.template === undefined ? {} : { template: task.template }) };
  if (notify) return { kind: 'notify', audience: notify.audience, title: notify.title };
  if (escalate) return { kind: 'escalate', queue: escalate.queue, title: escalate.title, audience: escalate.audience ?? defaultAudience };
  if (leadership) return { kind: 'leadership', template: leadership.template ?? 'internal-notice', to: leadership.to ?? ['owner-manager'], title: leadership.title, text: leadership.text ?? null };
  if (hold) return { kind: 'hold', hold: hold.kind ?? 'credit', releaseNotice: readReleaseNotice(hold.releaseNotice), ...readApproval(hold.approval) };
  if (charge) return { kind: 'charge', terms: readCharge(charge, [...path, 'charge'], problems) };
  if (discount) return { kind: 'discount', terms: readDiscount(discount, [...path, 'discount'], problems), forDays: discount.forDays };
  if (startPolicy) return { kind: 'start-policy', policy: startPolicy.policy };
  return { kind: 'handoff', agency: handoff?.agency ?? null, ...readApproval(handoff?.approval) };
}

/** Whom the release of a hold is told, and by what; null: nobody. */
export function readReleaseNotice(notice: ReleaseNoticeDocument | undefined): ReleaseNotice | null {
  return notice ? { template: notice.template, to: notice.to ?? ['billing'] } : null;
}

/** Who has to agree, with what is not said filled in; nothing where nobody has to. */
export function readApproval(approval: ApprovalDocument | undefined): { approval?: Approval } {
  if (!approval) return {};
  return { approval: { by: approval.by ?? 'credit-manager', timeoutDays: approval.timeoutDays ?? 5, onTimeout: approval.onTimeout ?? 'skip' } };
}
