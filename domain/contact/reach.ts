import { assertNever } from '../assertNever';
import type { CustomerFacts } from '../collection/facts';

export interface Unreachable {
  code: 'no-address' | 'address-suppressed' | 'do-not-contact';
  reason: string;
}

/** Why nothing can be sent to this customer; null when something can. */
export function unreachable({ reach }: Pick<CustomerFacts, 'reach'>): Unreachable | null {
  return reach.kind === 'reachable' ? null : { code: reach.why, reason: because(reach.why) };
}

function because(why: Unreachable['code']): string {
  switch (why) {
    case 'no-address': return 'the customer has no email address';
    case 'address-suppressed': return 'every email address of the customer has bounced or complained';
    case 'do-not-contact': return 'the customer asked not to be contacted';
    default: return assertNever(why);
  }
}
