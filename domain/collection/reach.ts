import { assertNever } from '../assertNever';
import type { Verdict } from './decision';
import type { CustomerFacts } from './facts';

/** Why an email to this customer cannot be sent; null when it can. */
export function reachVerdict({ reach }: CustomerFacts): Verdict | null {
  if (reach.kind === 'reachable') return null;
  return { kind: 'suppress', code: reach.why, reason: unreachableBecause(reach.why) };
}

function unreachableBecause(why: 'no-address' | 'address-suppressed' | 'do-not-contact'): string {
  switch (why) {
    case 'no-address': return 'the customer has no email address';
    case 'address-suppressed': return 'every email address of the customer has bounced or complained';
    case 'do-not-contact': return 'the customer asked not to be contacted';
    default: return assertNever(why);
  }
}
