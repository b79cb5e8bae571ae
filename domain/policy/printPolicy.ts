import { stringify } from 'yaml';
import { unitsPerPercent, type RateUnits } from '../charges/interest';
import { formatMoney } from '../money/money';
import { relativeDateText } from '../condition/relativeDate';
import { timeText } from './describePolicy';
import { type ActionDocument, type ConditionDocument, type PolicyDocument, type StepDocument, weekdayNames } from './schema';
import type { Action, Approval, CatchUp, ChargeTerms, Comparison, Condition, ContactRules, Policy, Step } from './types';

/** The document of a policy, everything said that could be left out. Parsing it gives the same policy again. */
export function policyDocumentOf(policy: Policy): PolicyDocument {
  const { timeZone, window, weekdays, holidays } = policy.calendar;
  return {
    policy: policy.policy,
    version: policy.version,
    title: policy.title,
    calendar: {
      timeZone,
      window: { opens: timeText(window.opensMinute), closes: timeText(window.closesMinute) },
      weekdays: weekdayNames.filter((_, index) => weekdays.includes(index + 1)),
      holidays: typeof holidays === 'string' ? holidays : { country: holidays.country, ...(holidays.region === null ? {} : { region: holidays.region }) },
    },
    contact: contactDocumentOf(policy.contact),
    ...(policy.graceDays ? { graceDays: policy.graceDays } : {}),
    ...(policy.minimumNoticeDays ? { minimumNoticeDays: policy.minimumNoticeDays } : {}),
    ...(policy.escalation ? { escalation: { from: policy.escalation.fromStep, whenNone: { ...policy.escalation.whenNone } } } : {}),
    steps: policy.steps.map(stepDocumentOf),
  };
}

export function printPolicy(policy: Policy, format: 'yaml' | 'json' = 'yaml'): string {
  const document = policyDocumentOf(policy);
  return format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : stringify(document, { aliasDuplicateObjects: false });
}

function contactDocumentOf({ minimumDaysBetween, merge, caps }: ContactRules): PolicyDocument['contact'] {
  return { minimumDaysBetween, merge, ...(caps?.length ? { caps: caps.map((cap) => ({ ...cap })) } : {}) };
}

function stepDocumentOf(step: Step): StepDocument {
  return {
    id: step.id,
    title: step.title,
    anchor: step.anchor,
    offset: { [step.offset.unit]: step.offset.count },
    ...(step.atMinute === null ? {} : { at: timeText(step.atMinute) }),
    ...(step.when === null ? {} : { when: conditionDocumentOf(step.when) }),
    catchUp: catchUpDocumentOf(step.catchUp),
    ...(step.exemptFromSpacing ? { exemptFromSpacing: true } : {}),
    ...(step.minimumNoticeDays === undefined ? {} : { minimumNoticeDays: step.minimumNoticeDays }),
    actions: step.actions.map(actionDocumentOf),
  };
}

function catchUpDocumentOf(catchUp: CatchUp): StepDocument['catchUp'] {
  return catchUp.rule === 'send-late' ? { sendLate: { limitDays: catchUp.limitDays } } : catchUp.rule;
}

function actionDocumentOf(action: Action): ActionDocument {
  switch (action.kind) {
    case 'email': return { email: { template: action.template, to: [...action.to], attachInvoice: action.attachInvoice } };
    case 'task': return { task: { queue: action.queue, title: action.title, ...(action.instructions === null ? {} : { instructions: action.instructions }), dueInDays: action.dueInDays, ...(action.template === undefined ? {} : { template: action.template }) } };
    case 'notify': return { notify: { audience: action.audience, title: action.title } };
    case 'escalate': return { escalate: { queue: action.queue, title: action.title, audience: action.audience } };
    case 'leadership': return { leadership: { title: action.title, ...(action.text === null ? {} : { text: action.text }), to: [...action.to], template: action.template } };
    case 'hold': {
      const notice = action.releaseNotice;
      return { hold: { kind: action.hold, ...(notice === null ? {} : { releaseNotice: { template: notice.template, to: [...notice.to] } }), ...approvalDocumentOf(action.approval) } };
    }
    case 'handoff': return { handoff: { ...(action.agency === null ? {} : { agency: action.agency }), ...approvalDocumentOf(action.approval) } };
    case 'charge': return { charge: chargeDocumentOf(action.terms) };
    case 'discount': return { discount: { ...(action.terms.kind === 'percent' ? { percent: rateText(action.terms.rate) } : { fixed: amountsText(action.terms.minorByCurrency) }), forDays: action.forDays } };
    case 'start-policy': return { startPolicy: { policy: action.policy } };
  }
}

function chargeDocumentOf(terms: ChargeTerms): NonNullable<ActionDocument['charge']> {
  switch (terms.kind) {
    case 'fixed': return { fixed: amountsText(terms.minorByCurrency) };
    case 'percent': return { percent: rateText(terms.rate) };
    case 'interest': return { interest: { rate: rateText(terms.rate), dayCount: terms.dayCount } };
    case 'statutory': return { statutory: terms.preset };
  }
}

function rateText(rate: RateUnits): string {
  return String(rate / unitsPerPercent);
}

function amountsText(minorByCurrency: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(minorByCurrency).map(([currency, minor]) => [currency, formatMoney(minor, currency)]));
}

function approvalDocumentOf(approval: Approval | undefined): { approval?: Approval } {
  return approval ? { approval: { ...approval } } : {};
}

/** The document of a condition. Reading it gives the same condition again. */
export function conditionDocumentOf(condition: Condition): ConditionDocument {
  if ('all' in condition) return { all: condition.all.map(conditionDocumentOf) };
  if ('any' in condition) return { any: condition.any.map(conditionDocumentOf) };
  if ('not' in condition) return { not: conditionDocumentOf(condition.not) };
  if ('invoices' in condition) return { invoices: condition.invoices, ...(condition.where === null ? {} : { where: conditionDocumentOf(condition.where) }) };
  const value = valueDocumentOf(condition.value);
  return { field: condition.field, op: condition.op, ...(value === undefined ? {} : { value }) };
}

function valueDocumentOf(value: Comparison['value']): ConditionDocument['value'] {
  switch (value.kind) {
    case 'money': return amountsText(value.minorByCurrency);
    case 'number': return value.number;
    case 'text': return value.text;
    case 'boolean': return value.boolean;
    case 'date': return value.date;
    case 'relative-date': return relativeDateText(value.days);
    case 'list': return [...value.values];
    case 'none': return undefined;
  }
}
