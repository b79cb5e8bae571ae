import type { Decision } from '../../domain/collection/decision';
import { policyVersionName } from '../../domain/collection/decideTurn';

/** The business fact that an effect is: whatever is keyed by it happens once. As in 'inv-1/reference@1/overdue-7/1/email'. */
export function effectKey({ invoice, policy, step, occurrence, action }: Decision): string {
  return `${invoice.externalId}/${policyVersionName(policy)}/${step}/${occurrence}/${action}`;
}
