import { unreachable } from '../contact/reach';
import type { Verdict } from './decision';
import type { CustomerFacts } from './facts';

/** Why an email to this customer cannot be sent; null when it can. */
export function reachVerdict(customer: CustomerFacts): Verdict | null {
  const never = unreachable(customer);
  return never && { kind: 'suppress', ...never };
}
