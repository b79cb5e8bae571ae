import type { ChargeRule } from '../charges/charge';
import type { DiscountRule } from '../discount/discount';
import type { ChargeTerms, DiscountTerms } from './types';

/** What terms charge an invoice in a currency; null where they name no amount in it. */
export function chargeRuleFor(terms: ChargeTerms, currency: string): ChargeRule | null {
  if (terms.kind !== 'fixed') return terms;
  const amountMinor = terms.minorByCurrency[currency];
  return amountMinor === undefined ? null : { kind: 'fixed', amountMinor };
}

/** What terms take off an invoice in a currency; null where they name no amount in it. */
export function discountRuleFor(terms: DiscountTerms, currency: string): DiscountRule | null {
  if (terms.kind !== 'fixed') return terms;
  const amountMinor = terms.minorByCurrency[currency];
  return amountMinor === undefined ? null : { kind: 'fixed', amountMinor, currency };
}
