/** Signs and codes, as they stand beside a number. "kr" is of three countries, and so of none that an invoice could be in. */
const symbols: Readonly<Record<string, string>> = {
  '€': 'EUR', euro: 'EUR', euros: 'EUR', eur: 'EUR', us$: 'USD', $: 'USD', usd: 'USD', dollar: 'USD', dollars: 'USD', '£': 'GBP', gbp: 'GBP', pounds: 'GBP', chf: 'CHF', franken: 'CHF', francs: 'CHF',
  ca$: 'CAD', c$: 'CAD', cad: 'CAD', au$: 'AUD', a$: 'AUD', aud: 'AUD', nz$: 'NZD', nzd: 'NZD', hk$: 'HKD', hkd: 'HKD', s$: 'SGD', sgd: 'SGD', r$: 'BRL', brl: 'BRL', mxn: 'MXN', zar: 'ZAR', '₹': 'INR', inr: 'INR', '¥': 'JPY', jpy: 'JPY', yen: 'JPY', cny: 'CNY', rmb: 'CNY',
  zł: 'PLN', zloty: 'PLN', pln: 'PLN', kc: 'CZK', czk: 'CZK', huf: 'HUF', kr: 'kr', kronen: 'kr', kronor: 'kr', kroner: 'kr', sek: 'SEK', nok: 'NOK', dkk: 'DKK', '₺': 'TRY', '₪': 'ILS', ils: 'ILS', '₩': 'KRW', krw: 'KRW', '₽': 'RUB', rub: 'RUB', aed: 'AED', thb: 'THB',
};
const unit = Object.keys(symbols).sort((a, b) => b.length - a.length).map((symbol) => (/\w$/.test(symbol) ? `${symbol}\\b` : symbol.replace('$', '\\$'))).join('|');
const number = '\\d{1,3}(?:[ .,\']\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,9}(?:[.,]\\d{1,2})?';
const before = new RegExp(`(?<![a-z])(${unit})\\s?(${number})(?![\\d%])`, 'g');
const after = new RegExp(`(?<![\\d.,])(${number})\\s?(${unit})`, 'g');

export interface FoundAmount {
  decimal: string;
  currency: string | null;
}

/** The amounts of money in a text of plain words: numbers with a currency beside them. "2.480,00 €" and "$2,480.00" are both 2480.00. */
export function findAmounts(words: string): FoundAmount[] {
  const found = [
    ...[...words.matchAll(before)].map((match) => ({ at: match.index, number: match[2]!, unit: match[1]! })),
    ...[...words.matchAll(after)].map((match) => ({ at: match.index, number: match[1]!, unit: match[2]! })),
  ].sort((a, b) => a.at - b.at);
  const amounts = found.map((each) => ({ decimal: decimalOf(each.number), currency: symbols[each.unit] ?? null }));
  return amounts.filter((amount, index) => amounts.findIndex(({ decimal }) => decimal === amount.decimal) === index);
}

/** A last separator with one or two digits after it is the decimal point; all others group. */
function decimalOf(text: string): string {
  const [, whole = '', fraction] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  return `${whole.replace(/\D/g, '')}${fraction === undefined ? '' : `.${fraction.padEnd(2, '0')}`}`;
}
