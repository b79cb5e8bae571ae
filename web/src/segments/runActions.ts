import { plural } from '../format/money';
import { callQueue, firstAudience } from '../tasks/firstQueues';
import type { SegmentRunAction } from './queries';

/** What a run does, in words. */
export function actionText(action: SegmentRunAction): string {
  switch (action.kind) {
    case 'email': return `Email "${action.template}" to ${(action.to ?? ['billing']).join(', ')}`;
    case 'statement': return `Statement of account with a PDF ("${action.template ?? 'statement'}") to ${(action.to ?? ['billing']).join(', ')}, ${statementRules[action.sendWhen ?? 'open-or-moved'].toLowerCase()}`;
    case 'task': return `Task for ${action.queue}: ${action.title}${action.template ? ` (template ${action.template})` : ''}, due in ${plural(action.dueInDays ?? 1, 'day')}`;
    case 'notify': return `Notice to ${action.audience}: ${action.title}`;
  }
}

export const actionNames: Readonly<Record<SegmentRunAction['kind'], string>> = { email: 'Send an email', statement: 'Send a statement', task: 'Give somebody a task', notify: 'Notify a group' };

export const firstAction: Readonly<Record<SegmentRunAction['kind'], SegmentRunAction>> = {
  email: { kind: 'email', template: 'account-summary', to: ['billing'] },
  statement: { kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'open-or-moved' },
  task: { kind: 'task', queue: callQueue, title: 'Call {customer}', instructions: null, dueInDays: 1, template: null },
  notify: { kind: 'notify', audience: firstAudience, title: '' },
};

/** When a statement is sent. */
export const statementRules = { 'open-or-moved': 'Where something is open or moved', open: 'Where something is open', always: 'In any case' } as const;

/** A run writes to a customer once. */
export function isMail({ kind }: Pick<SegmentRunAction, 'kind'>): boolean {
  return kind === 'email' || kind === 'statement';
}
