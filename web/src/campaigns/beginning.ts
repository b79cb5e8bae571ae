import { callQueue, decidingAudience, decisionQueue } from '../tasks/firstQueues';
import type { CampaignStep } from './queries';

type Action = CampaignStep['action'];

/** What an escalation raises for one's own people. */
export type UrgentTask = NonNullable<Extract<Action, { kind: 'escalate' }>['task']>;

export const firstUrgentTask: UrgentTask = { queue: decisionQueue, title: 'Decide how to go on with {customer}', dueInDays: 0 };

/** What a step of a kind begins with. */
export function beginning(kind: Action['kind']): Action {
  switch (kind) {
    case 'email': return { kind, template: 'campaign-offer', to: ['billing'], discount: null };
    case 'task': return { kind, queue: callQueue, title: 'Call {customer}', instructions: null, dueInDays: 1, template: null };
    case 'escalate': return { kind, template: 'overdue', task: firstUrgentTask, audience: decidingAudience };
  }
}
