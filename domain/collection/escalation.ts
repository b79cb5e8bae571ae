import type { ContactRole, Policy } from '../policy/types';
import type { Contact, Decision } from './decision';
import type { CustomerFacts, InvoiceFacts } from './facts';
import { isClosing, itemProgress } from './progress';

/** Whether emails of this step go to the customer's escalation contacts whatever the step itself says. */
export function isEscalated({ escalation, steps }: Pick<Policy, 'escalation' | 'steps'>, step: string): boolean {
  if (!escalation) return false;
  const stage = steps.findIndex(({ id }) => id === escalation.fromStep);
  return stage >= 0 && steps.findIndex(({ id }) => id === step) >= stage;
}

/** A step of some policy whose email goes out, by itself or with others. */
export interface EmailedStep {
  action: Decision['action'] | null;
  policy: Pick<Policy, 'escalation' | 'steps'>;
  step: string;
  /** Whom its email names. */
  to: readonly ContactRole[];
}

/** To which of a customer's contacts the email goes that some decisions make together, of which the first leads. */
export function recipientsOf(decisions: readonly Decision[]): readonly ContactRole[] {
  return recipientsOfSteps(decisions.map(({ action, policy, step, effect }) => ({ action, policy, step, to: effect?.kind === 'email' ? effect.to : [] })));
}

/** The same of the steps that were decided on. */
export function recipientsOfSteps(steps: readonly EmailedStep[]): readonly ContactRole[] {
  const named = steps[0]?.to ?? [];
  return named.includes('escalation') || !steps.some(isEscalatedEmail) ? named : [...named, 'escalation'];
}

/**
 * What a contact calls for when it should reach an escalation contact and the customer has none: people are asked for one, once for an invoice. The email
 * itself goes to whom it names all the same, so that nobody is spared for want of an address.
 */
export function missingEscalation(customer: CustomerFacts, { lead, covered }: Contact): Decision | null {
  if (customer.contactRoles?.includes('escalation')) return null;
  const asking = [lead, ...covered].find(isEscalatedEmail);
  const { escalation } = asking?.policy ?? {};
  if (!asking || !escalation || isAsked(asking.invoice)) return null;
  const { queue, title, dueInDays } = escalation.whenNone;
  return {
    ...asking,
    action: 'find-contact',
    effect: { kind: 'task', queue, title, instructions: 'The email went to whom the step names. Add a contact of the role escalation to the customer, and the next one goes there too.', dueInDays },
    occurrence: itemProgress(asking.invoice, asking.step, 'find-contact').occurrence,
    outcome: 'executed',
    code: 'no-escalation-contact',
    reason: 'the customer has no escalation contact that can be written to',
    coveredBy: null,
  };
}

function isEscalatedEmail({ action, policy, step }: Pick<EmailedStep, 'action' | 'policy' | 'step'>): boolean {
  return action === 'email' && isEscalated(policy, step);
}

function isAsked({ progress }: InvoiceFacts): boolean {
  return progress.some(({ action, reasonCode }) => action === 'find-contact' && !isClosing(reasonCode));
}
