import type { CustomerFacts, InvoiceFacts } from '../../../domain/collection/facts';
import { noClaims, noControl } from '../../../domain/collection/facts';
import type { ConditionFacts } from '../../../domain/condition/catalogue';

/** Facts of one overdue invoice in US dollars, changed as a test needs them. */
export function conditionFacts(changes: { customer?: Partial<CustomerFacts>; invoice?: Partial<InvoiceFacts>; today?: string } = {}): ConditionFacts & { invoice: InvoiceFacts } {
  return {
    today: changes.today ?? '2026-03-10',
    customer: {
      id: '1', externalId: 'cus-1', timeZone: 'Europe/Berlin', country: 'DE', region: 'BY', language: 'de', businessUnit: null, tier: 'gold', custom: {},
      reach: { kind: 'reachable' }, lastContactOn: null, contactsOn: [], pause: null, ledgerVersion: 1, ...changes.customer,
    },
    invoice: {
      id: '1', externalId: 'inv-1', issuedOn: '2026-01-30', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_000, openMinor: 45_000, ...noClaims, creditMinor: 0,
      customerBalanceMinor: 250_000, graceDays: null, documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl, progress: [], holds: [],
      ...changes.invoice,
    },
  };
}
