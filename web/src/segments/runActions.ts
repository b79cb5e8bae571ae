import { plural } from '../format/money';
import type { SegmentRunAction } from './queries';

/** What a run does, in words. */
export function actionText(action: SegmentRunAction): string {
  switch (action.kind) {
    case 'email': return `Email "${action.template}" to ${(action.to ?? ['billing']).join(', ')}`;
    case 'task': return `Task for ${action.queue}: ${action.title}, due in ${plural(action.dueInDays ?? 1, 'day')}`;
    case 'notify': return `Notice to ${action.audience}: ${action.title}`;
  }
}

export const actionNames: Readonly<Record<SegmentRunAction['kind'], string>> = { email: 'Send an email', task: 'Give somebody a task', notify: 'Notify a group' };

export const firstAction: Readonly<Record<SegmentRunAction['kind'], SegmentRunAction>> = {
  email: { kind: 'email', template: 'account-summary', to: ['billing'] },
  task: { kind: 'task', queue: 'collections', title: 'Call {customer}', instructions: null, dueInDays: 1 },
  notify: { kind: 'notify', audience: 'sales', title: '' },
};
