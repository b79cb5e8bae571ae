import { Problems, pathText } from '../policy/problems';
import { readCondition } from '../policy/readCondition';
import type { AutomationDocument } from './schema';
import type { Automation } from './types';

export interface AutomationProblem {
  path: string;
  message: string;
}

/** What a document means, or all that is wrong with it. Its form has been checked by its schema. */
export function readAutomation(document: AutomationDocument): { automation: Automation } | { problems: AutomationProblem[] } {
  const problems = new Problems();
  const when = document.when === null ? null : readCondition(document.when, ['when'], problems);
  const seen = new Set<string>();
  document.actions.forEach((action, index) => {
    const same = JSON.stringify(action);
    if (seen.has(same)) problems.add(['actions', index], 'is there already');
    seen.add(same);
    if (action.kind === 'email' && seen.has('email')) problems.add(['actions', index], 'is a second email: one automation sends one');
    seen.add(action.kind);
  });
  if (problems.found.length > 0) {
    return { problems: problems.found.map(({ path, message, allowed }) => ({ path: pathText(path), message: allowed ? `${message}; allowed: ${allowed}` : message })) };
  }
  const { title, trigger, actions, limit } = document;
  return { automation: { title, trigger, when, actions, limit } };
}
