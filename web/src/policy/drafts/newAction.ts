import { careQueue, decidingAudience, decisionQueue } from '../../tasks/firstQueues';
import type { ActionKind } from './document';

/** What an action of a kind begins with. */
export function newAction(kind: ActionKind): object {
  switch (kind) {
    case 'email': return { email: { template: 'due' } };
    case 'task': return { task: { queue: careQueue, title: 'Call' } };
    case 'notify': return { notify: { audience: decidingAudience, title: 'An invoice is overdue' } };
    case 'escalate': return { escalate: { queue: decisionQueue, title: 'Decide about {invoice} of {customer}', audience: decidingAudience } };
    case 'leadership': return { leadership: { title: '{customer} owes {open}', to: ['owner-manager'] } };
    case 'hold': return { hold: { kind: 'credit' } };
    case 'handoff': return { handoff: {} };
    case 'charge': return { charge: { percent: '1' } };
    case 'discount': return { discount: { percent: '2', forDays: 10 } };
    case 'startPolicy': return { startPolicy: { policy: '' } };
  }
}
