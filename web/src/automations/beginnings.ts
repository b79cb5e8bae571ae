import { callQueue, decidingAudience, decisionQueue, firstAudience } from '../tasks/firstQueues';
import type { AutomationAction } from './queries';

/** What each kind of action begins with. */
export const beginnings: Readonly<Record<AutomationAction['kind'], AutomationAction>> = {
  email: { kind: 'email', template: 'overdue', to: ['billing'], attachInvoice: false },
  task: { kind: 'task', queue: callQueue, title: '', instructions: null, dueInDays: 1, template: null },
  notify: { kind: 'notify', audience: firstAudience, title: '' },
  leadership: { kind: 'leadership', title: '{customer} owes {open}', text: null, to: ['owner-manager'], template: 'internal-notice' },
  hold: { kind: 'hold', hold: 'credit' },
  pause: { kind: 'pause', days: 7 },
  escalate: { kind: 'escalate', queue: decisionQueue, title: 'Decide how to go on with {customer}', audience: decidingAudience },
  charge: { kind: 'charge', charge: { kind: 'fixed', amounts: { USD: '40.00' } } },
  'assign-policy': { kind: 'assign-policy', policy: '', of: 'invoice' },
  discount: { kind: 'discount', discount: { percent: '2', forDays: 14 } },
  handoff: { kind: 'handoff', agency: null },
  webhook: { kind: 'webhook' },
};
