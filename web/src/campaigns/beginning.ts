import { callQueue, decidingAudience, decisionQueue } from '../tasks/firstQueues';
import type { CampaignStep } from './queries';

type Action = CampaignStep['action'];

export interface StepTask {
  queue: string;
  title: string;
  dueInDays?: number;
}

export const firstTask: StepTask = { queue: callQueue, title: 'Call {customer}', dueInDays: 1 };

/** What a step of a kind begins with. */
export function beginning(kind: Action['kind']): Action {
  switch (kind) {
    case 'email': return { kind, template: 'campaign-offer', to: ['billing'], discount: null };
    case 'task': return { kind, ...firstTask };
    case 'escalate': return { kind, template: 'overdue', task: { queue: decisionQueue, title: 'Decide how to go on with {customer}', dueInDays: 0 }, audience: decidingAudience };
  }
}
