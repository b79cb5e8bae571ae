import { parseRate } from '../charges/interest';
import { MoneyError, parseMoney } from '../money/money';
import type { DocumentPath, Problems } from './problems';
import type { ActionDocument } from './schema';
import type { ChargeTerms, DiscountTerms } from './types';

/** What a charge asks for, as written. */
export function readCharge({ fixed, percent, interest, statutory }: NonNullable<ActionDocument['charge']>, path: DocumentPath, problems: Problems): ChargeTerms {
  if (fixed) return { kind: 'fixed', minorByCurrency: readFees(fixed, [...path, 'fixed'], problems) };
  if (percent !== undefined) return { kind: 'percent', rate: parseRate(percent) ?? 0 };
  if (interest) return { kind: 'interest', rate: parseRate(interest.rate) ?? 0, dayCount: interest.dayCount ?? 'actual/365' };
  return { kind: 'statutory', preset: statutory ?? 'eu' };
}

/** What an offer takes off, as written. */
export function readDiscount({ fixed, percent }: NonNullable<ActionDocument['discount']>, path: DocumentPath, problems: Problems): DiscountTerms {
  return fixed ? { kind: 'fixed', minorByCurrency: readFees(fixed, [...path, 'fixed'], problems) } : { kind: 'percent', rate: parseRate(percent ?? '') ?? 0 };
}

function readFees(amounts: Readonly<Record<string, string>>, path: DocumentPath, problems: Problems): Record<string, number> {
  const fees: Record<string, number> = {};
  for (const [currency, text] of Object.entries(amounts)) {
    try {
      fees[currency] = parseMoney(text, currency);
      if (fees[currency] <= 0) problems.add([...path, currency], `${text} is not more than nothing`, 'an amount above 0');
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      problems.add([...path, currency], error.message, 'amounts per currency, as in {USD: "40.00", EUR: "40.00"}');
    }
  }
  if (Object.keys(fees).length === 0) problems.add(path, 'no amount in any currency', 'amounts per currency, as in {USD: "40.00", EUR: "40.00"}');
  return fees;
}
