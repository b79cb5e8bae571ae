import type { CustomerFacts } from '../collection/facts';

/** Why the customer is not written to about a single invoice; null where that may be. */
export function consolidatedReason({ consolidatedBy }: Pick<CustomerFacts, 'consolidatedBy'>): string | null {
  return consolidatedBy ? `segment ${consolidatedBy} writes to the customer once for all invoices` : null;
}
