import type { CustomerRecord } from '../ledger/records';
import { noPolicies, type PoliciesByName } from '../policy/byName';
import type { Policy } from '../policy/types';
import { SimulatedAccount } from './account';
import { defaultTimeZone } from './timeline';

/** The account of a customer of whom nothing has happened yet. */
export function customerAccount(customer: CustomerRecord, policy: Policy, others: PoliciesByName = noPolicies): SimulatedAccount {
  const hasAddress = (customer.contacts ?? []).length > 0;
  return new SimulatedAccount({
    id: customer.externalId,
    externalId: customer.externalId,
    timeZone: customer.timeZone ?? defaultTimeZone,
    country: customer.country ?? null,
    region: customer.region ?? null,
    language: customer.language ?? 'en',
    businessUnit: customer.businessUnit ?? null,
    tier: customer.tier ?? null,
    termsDays: customer.termsDays ?? null,
    custom: customer.custom ?? {},
    creditLimit: customer.creditLimitMinor === undefined || customer.creditLimitMinor === null || !customer.creditLimitCurrency ? null : { amountMinor: customer.creditLimitMinor, currency: customer.creditLimitCurrency },
    reach: customer.doNotContact ? { kind: 'unreachable', why: 'do-not-contact' } : hasAddress ? { kind: 'reachable' } : { kind: 'unreachable', why: 'no-address' },
    contactRoles: [...new Set((customer.contacts ?? []).map(({ role }) => role))],
    lastContactOn: null,
    contactsOn: [],
    pause: null,
    ledgerVersion: 0,
  }, policy, customer.graceDays ?? null, others);
}
