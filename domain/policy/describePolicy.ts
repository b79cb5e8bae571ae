import { describeCondition } from '../condition/describe';
import { weekdayNames } from './schema';
import { unitsPerPercent, type RateUnits } from '../charges/interest';
import { statutoryRules } from '../charges/statutory';
import { formatMoney } from '../money/money';
import type { Action, Approval, CatchUp, ChargeTerms, Colleague, Policy, SendingCalendar, Step } from './types';

/** A step of the ladder in plain words. */
export interface DescribedStep {
  id: string;
  title: string;
  /** "7 days after the due date, at 10:00" */
  timing: string;
  /** "more than $500 open"; null: always. */
  condition: string | null;
  /** "email "overdue-7" to billing, with the invoice attached" */
  actions: string[];
  /** "if it could not run on its day: up to 5 days late" */
  catchUp: string;
  spacing: string | null;
}

export interface DescribedPolicy {
  title: string;
  name: string;
  calendar: string;
  contact: string;
  steps: DescribedStep[];
}

/** The whole ladder in plain words, for people who do not read YAML. */
export function describePolicy(policy: Policy): DescribedPolicy {
  return {
    title: policy.title,
    name: `${policy.policy}@${policy.version}`,
    calendar: calendarText(policy.calendar),
    contact: contactText(policy),
    steps: policy.steps.map(describeStep),
  };
}

export function describeStep(step: Step): DescribedStep {
  return {
    id: step.id,
    title: step.title,
    timing: timingText(step),
    condition: step.when === null ? null : describeCondition(step.when),
    actions: step.actions.map(actionText),
    catchUp: catchUpText(step.catchUp),
    spacing: step.exemptFromSpacing ? 'does not wait for other messages, and they do not wait for it' : null,
  };
}

export function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function calendarText({ timeZone, window, weekdays, holidays }: SendingCalendar): string {
  const days = weekdays.map((day) => weekdayNames[day - 1]).join(', ');
  const zone = timeZone === 'customer' ? "in the customer's time zone" : `in ${timeZone}`;
  const free = holidays === 'customer' ? "but not on the customer's public holidays"
    : holidays === 'none' ? 'public holidays included'
    : `but not on the public holidays of ${holidays.country}${holidays.region ? `-${holidays.region}` : ''}`;
  return `${days}, ${timeText(window.opensMinute)} to ${timeText(window.closesMinute)} ${zone}, ${free}`;
}

function contactText(policy: Policy): string {
  const { contact } = policy;
  const spacing = contact.minimumDaysBetween === 0 ? 'a customer may be contacted any number of times'
    : contact.minimumDaysBetween === 1 ? 'a customer is contacted once a day at most'
    : `a customer is contacted again after ${contact.minimumDaysBetween} days at the earliest`;
  const caps = (contact.caps ?? []).map(({ messages, per }) => `, ${messages} ${messages === 1 ? 'message' : 'messages'} a ${per} at most`).join('');
  const notice = policy.minimumNoticeDays ? `; at least ${policy.minimumNoticeDays} ${policy.minimumNoticeDays === 1 ? 'day' : 'days'} lie between one level and the next, and none is left out` : '';
  const escalated = escalationText(policy);
  const grace = policy.graceDays ? `; overdue steps run ${policy.graceDays} ${policy.graceDays === 1 ? 'day' : 'days'} of grace later` : '';
  return `${spacing}${caps}; ${contact.merge === 'same-day' ? 'what is due for one customer on one day goes into one email' : 'each invoice has its own email'}${grace}${notice}${escalated === null ? '' : `; ${escalated}`}`;
}

export function timingText({ anchor, offset, atMinute }: Step): string {
  const from = { issued: 'the issue date', due: 'the due date', previous: 'the step before' }[anchor];
  const count = Math.abs(offset.count);
  const unit = `${offset.unit === 'days' ? '' : 'business '}${count === 1 ? 'day' : 'days'}`;
  const day = count === 0 ? (anchor === 'previous' ? 'on the day of the step before' : `on ${from}`) : `${count} ${unit} ${offset.count < 0 ? 'before' : 'after'} ${from}`;
  return atMinute === null ? day : `${day}, at ${timeText(atMinute)}`;
}

export function actionText(action: Action): string {
  switch (action.kind) {
    case 'email': return `email "${action.template}" to ${action.to.join(', ')}${action.attachInvoice ? ', with the invoice attached' : ''}`;
    case 'task': return `task for ${action.queue}: ${action.title} (due in ${action.dueInDays} ${action.dueInDays === 1 ? 'day' : 'days'})`;
    case 'notify': return `tell ${action.audience}: ${action.title}`;
    case 'escalate': return `escalate to ${action.queue}, and tell ${action.audience}: ${action.title}`;
    case 'leadership': return `email ${action.to.map(colleagueText).join(', ')} in house: ${action.title}`;
    case 'hold': return `${action.hold} hold until the invoice is paid${action.releaseNotice ? `, then email "${action.releaseNotice.template}" to ${action.releaseNotice.to.join(', ')}` : ''}${approvalText(action.approval)}`;
    case 'handoff': return `hand off to ${action.agency ?? 'collections'}${approvalText(action.approval)}`;
    case 'charge': return `charge ${chargeText(action.terms)}`;
    case 'discount': return `offer ${action.terms.kind === 'percent' ? percentText(action.terms.rate) : amountsText(action.terms.minorByCurrency)} off to who pays within ${action.forDays} ${action.forDays === 1 ? 'day' : 'days'}`;
    case 'start-policy': return `start the policy ${action.policy}`;
  }
}

function colleagueText(colleague: Colleague): string {
  if (colleague === 'owner') return "the account's owner";
  return colleague === 'owner-manager' ? "the manager of the account's owner" : colleague;
}

/** From when on escalation contacts are written to, in words; null: where a step names them. */
export function escalationText({ escalation, steps }: Pick<Policy, 'escalation' | 'steps'>): string | null {
  if (!escalation) return null;
  const { fromStep, whenNone } = escalation;
  const title = steps.find(({ id }) => id === fromStep)?.title ?? fromStep;
  return `from "${title}" on the customer's escalation contacts are written to as well; where there is none, a task for ${whenNone.queue}: ${whenNone.title}`;
}

function chargeText(terms: ChargeTerms): string {
  switch (terms.kind) {
    case 'fixed': return `a late fee of ${amountsText(terms.minorByCurrency)}`;
    case 'percent': return `a late fee of ${percentText(terms.rate)} of what is open`;
    case 'interest': return `interest of ${percentText(terms.rate)} a year (${terms.dayCount})`;
    case 'statutory': return `interest and compensation by law (${statutoryRules[terms.preset].title})`;
  }
}

function percentText(rate: RateUnits): string {
  return `${rate / unitsPerPercent} %`;
}

function amountsText(minorByCurrency: Readonly<Record<string, number>>): string {
  return Object.entries(minorByCurrency).map(([currency, minor]) => `${formatMoney(minor, currency)} ${currency}`).join(' or ');
}

function approvalText(approval: Approval | undefined): string {
  if (!approval) return '';
  const then = { proceed: 'it goes ahead', skip: 'it is left out', escalate: 'an administrator is asked' }[approval.onTimeout];
  return `, once ${approval.by === 'admin' ? 'an administrator' : 'a credit manager'} agrees (after ${approval.timeoutDays} ${approval.timeoutDays === 1 ? 'day' : 'days'} without an answer ${then})`;
}

export function catchUpText(catchUp: CatchUp): string {
  switch (catchUp.rule) {
    case 'collapse': return 'if missed: only the latest of the missed steps runs';
    case 'skip': return 'if missed: it is left out';
    case 'send-late': return `if missed: it runs up to ${catchUp.limitDays} ${catchUp.limitDays === 1 ? 'day' : 'days'} late, and is left out after that`;
  }
}
