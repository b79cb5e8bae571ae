import type { MessageCustomer as CustomerRow } from '../../db/mail/messageRow';
import type { MessageCustomer } from '../../emails/types';

/** What templates may tell of a customer, beside the name. */
export function messageCustomer({ external_id, country, tier, business_unit, terms_days, custom }: Pick<CustomerRow, 'external_id' | 'country' | 'tier' | 'business_unit' | 'terms_days' | 'custom'>): MessageCustomer {
  return { number: external_id, country, tier, businessUnit: business_unit, termsDays: terms_days, custom };
}
