import { parseRate } from '../charges/interest';
import { MoneyError, parseMoney } from '../money/money';
import { Problems, pathText, type DocumentPath } from '../policy/problems';
import { approvalOf } from '../approval/gate';
import { readApproval, readReleaseNotice } from '../policy/readPolicy';
import { readDiscount } from '../policy/readTerms';
import { readCondition } from '../policy/readCondition';
import type { AutomationDocument } from './schema';
import type { Automation, AutomationAction, AutomationCharge } from './types';

export interface AutomationProblem {
  path: string;
  message: string;
}

/** What a document means, or all that is wrong with it. Its form has been checked by its schema. */
export function readAutomation(document: AutomationDocument): { automation: Automation } | { problems: AutomationProblem[] } {
  const problems = new Problems();
  const when = document.when === null ? null : readCondition(document.when, ['when'], problems, { subject: 'invoice', event: document.trigger.kind });
  const seen = new Set<string>();
  document.actions.forEach((action, index) => {
    const same = JSON.stringify(action);
    if (seen.has(same)) problems.add(['actions', index], 'is there already');
    seen.add(same);
    if (action.kind === 'email' && seen.has('email')) problems.add(['actions', index], 'is a second email: one automation sends one');
    seen.add(action.kind);
  });
  const actions = document.actions.map((action, index) => readAction(action, ['actions', index], problems));
  actions.forEach((action, index) => {
    if (approvalOf(action) && actions.slice(0, index).some(approvalOf)) problems.add(['actions', index, 'approval'], 'another action needs an approval already', 'one approval in an automation: it is for all that the automation does');
  });
  if (problems.found.length > 0) return { problems: problemsShown(problems) };
  const { title, trigger, limit } = document;
  return { automation: { title, trigger, when, actions, limit } };
}

/** As people read them: where, what, and what may stand there. */
export function problemsShown({ found }: Problems): AutomationProblem[] {
  return found.map(({ path, message, allowed }) => ({ path: pathText(path), message: allowed ? `${message}; allowed: ${allowed}` : message }));
}

function readAction(action: AutomationDocument['actions'][number], path: DocumentPath, problems: Problems): AutomationAction {
  switch (action.kind) {
    case 'charge': return { kind: 'charge', charge: readCharge(action.charge, [...path, 'charge'], problems) };
    case 'discount': return { kind: 'discount', terms: readDiscount(action.discount, [...path, 'discount'], problems), forDays: action.discount.forDays };
    case 'hold': return { kind: 'hold', hold: action.hold, releaseNotice: readReleaseNotice(action.releaseNotice), ...readApproval(action.approval) };
    case 'handoff': return { kind: 'handoff', agency: action.agency, ...readApproval(action.approval) };
    default: return action;
  }
}

function readCharge(charge: Extract<AutomationDocument['actions'][number], { kind: 'charge' }>['charge'], path: DocumentPath, problems: Problems): AutomationCharge {
  switch (charge.kind) {
    case 'fixed': return { kind: 'fixed', minorByCurrency: readAmounts(charge.amounts, [...path, 'amounts'], problems) };
    case 'percent': return { kind: 'percent', rate: parseRate(charge.percent) ?? 0 };
    case 'interest': return { kind: 'interest', rate: parseRate(charge.percent) ?? 0, dayCount: charge.dayCount };
    case 'statutory': return charge;
  }
}

function readAmounts(amounts: Readonly<Record<string, string>>, path: DocumentPath, problems: Problems): Record<string, number> {
  if (Object.keys(amounts).length === 0) problems.add(path, 'names no amount', '{"USD": "40.00"}');
  return Object.fromEntries(Object.entries(amounts).map(([currency, text]) => {
    try {
      const minor = parseMoney(text, currency);
      if (minor <= 0) problems.add([...path, currency], 'is not more than nothing');
      return [currency, minor];
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      problems.add([...path, currency], error.message);
      return [currency, 0];
    }
  }));
}
