const formats = new Map<string, Intl.NumberFormat>();

/** ISO 4217 minor units where the browser's CLDR data counts cash units instead. */
const isoDigits: Readonly<Record<string, number>> = { AFN: 2, ALL: 2, IQD: 3, IRR: 2, KPW: 2, LAK: 2, LBP: 2, MGA: 2, MMK: 2, RSD: 2, SLE: 2, SOS: 2, SYP: 2, YER: 2 };

export function currencyDigits(currency: string): number {
  return isoDigits[currency] ?? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `1234567, "USD"` → `12,345.67 USD`, grouped as the user's locale does; the code is always told, so that no two currencies look alike. */
export function formatMoney(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(currency, format);
  }
  return `${format.format(minor / 10 ** digits)} ${currency}`;
}

const compactFormat = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** For chart axes only: `1.2M`. */
export function formatMoneyCompact(minor: number, currency: string): string {
  return compactFormat.format(minor / 10 ** currencyDigits(currency));
}

/** `'12.5', 'USD'` → 1250; null if it isn't an amount that the currency can hold exactly. */
export function parseMoney(text: string, currency: string): number | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const digits = currencyDigits(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const minor = Number((match[2] ?? '') + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] ? -minor : minor;
}

/** The inverse, for a form's starting value: `1250, 'USD'` → `12.50`. */
export function moneyInput(minor: number, currency: string): string {
  return (minor / 10 ** currencyDigits(currency)).toFixed(currencyDigits(currency));
}

const counts = new Intl.NumberFormat();
export const formatCount = (count: number): string => counts.format(count);
export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;
