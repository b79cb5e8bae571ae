import * as iso4217 from 'dinero.js/currencies';

/** An amount in minor units of its currency: `{ amountMinor: 1050, currency: 'USD' }` is 10.50 USD. */
export interface Money {
  amountMinor: number;
  currency: string;
}

export class MoneyError extends Error {
  override name = 'MoneyError';
}

// Digits after the point by ISO 4217. Two currencies divide by 5, and ISO gives them two digits all the same.
const digitsByCurrency = new Map<string, number>(
  Object.values(iso4217).map((currency) => [currency.code as string, currency.base === 10 ? currency.exponent : 2]),
);

export function isCurrency(code: string): boolean {
  return digitsByCurrency.has(code);
}

/** How many decimals a currency has: 0 for JPY, 2 for USD, 3 for KWD. Throws MoneyError for a code that ISO 4217 does not know. */
export function currencyDigits(currency: string): number {
  const digits = digitsByCurrency.get(currency);
  if (digits === undefined) throw new MoneyError(`"${currency}" is not an ISO 4217 currency code such as USD or EUR`);
  return digits;
}

const decimalPattern = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Minor units of a decimal text with a point: `parseMoney('10.5', 'USD')` is 1050.
 * Throws MoneyError when the text is not a number, has more decimals than the currency, or is beyond what an integer holds exactly.
 */
export function parseMoney(text: string, currency: string): number {
  const digits = currencyDigits(currency);
  const match = decimalPattern.exec(text.trim());
  if (!match) throw new MoneyError(`"${text}" is not an amount such as 1234.50`);
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > digits) {
    throw new MoneyError(`"${text}" has ${fraction.length} decimals; ${currency} has ${digits}`);
  }
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) throw new MoneyError(`"${text}" is too large an amount`);
  return sign && minor !== 0 ? -minor : minor;
}

/** The plain decimal text of an amount, with all the currency's decimals and no grouping: `formatMoney(1050, 'USD')` is "10.50". */
export function formatMoney(amountMinor: number, currency: string): string {
  const digits = currencyDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Totals per currency; currencies are never added together. */
export function sumByCurrency(amounts: Iterable<Money>): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { amountMinor, currency } of amounts) {
    totals.set(currency, (totals.get(currency) ?? 0) + amountMinor);
  }
  return totals;
}
