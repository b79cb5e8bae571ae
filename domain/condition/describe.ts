import { currencyDigits, formatMoney } from '../money/money';
import type { Comparison, ComparisonOp, Condition } from '../policy/types';
import type { Field } from './catalogue';
import { knownField } from './compare';
import { relativeDateWords } from './relativeDate';

export interface DescribeOptions {
  /** Name the threshold of this currency alone; otherwise the first, and how many more there are. */
  currency?: string;
}

/** Thresholds that are spelled out one by one; of a longer list the first stands for all. */
const thresholdsSpelledOutMax = 4;

const amountWords: Partial<Record<ComparisonOp, string>> = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most', '=': 'exactly', '!=': 'other than' };
const dateWords: Partial<Record<ComparisonOp, string>> = { '>': 'after', '>=': 'on or after', '<': 'before', '<=': 'on or before', '=': 'on', '!=': 'other than' };

/** A condition in plain words: "more than 30 days past due and more than $1,000 open". */
export function describeCondition(condition: Condition | null, options: DescribeOptions = {}): string {
  return condition === null ? 'always' : describe(condition, options, false);
}

function describe(condition: Condition, options: DescribeOptions, nested: boolean): string {
  if ('all' in condition) return joined(condition.all, ' and ', options, nested);
  if ('any' in condition) return joined(condition.any, ' or ', options, nested);
  if ('not' in condition) return `not (${describe(condition.not, options, false)})`;
  if ('invoices' in condition) {
    const which = { some: 'some open invoice', every: 'every open invoice', none: 'no open invoice' }[condition.invoices];
    return condition.where === null ? `${which} at all` : `${which} has ${describe(condition.where, options, true)}`;
  }
  return comparison(condition, options);
}

function joined(parts: readonly Condition[], by: string, options: DescribeOptions, nested: boolean): string {
  if (parts.length === 1 && parts[0]) return describe(parts[0], options, nested);
  const text = parts.map((part) => describe(part, options, true)).join(by);
  return nested ? `(${text})` : text;
}

function comparison({ field, op, value }: Comparison, options: DescribeOptions): string {
  const known = knownField(field);
  const { title } = known;
  switch (value.kind) {
    case 'none': return `${title} is set`;
    case 'money': return moneyText(known, `${amountWords[op]} ${thresholds(value.minorByCurrency, options)}`);
    case 'number': {
      const count = `${amountWords[op]} ${value.number}`;
      if (known.type === 'share') return `${count}% of ${field === 'customer.creditUsed' ? 'the credit limit used' : 'the balance overdue'}`;
      return field === 'invoice.daysPastDue' ? `${count} ${value.number === 1 ? 'day' : 'days'} past due` : `${title} is ${count}`;
    }
    case 'text': return `${title} is ${op === '!=' ? 'not ' : ''}${value.text}`;
    case 'boolean': return `${title} is ${op === '!=' ? 'not ' : ''}${value.boolean}`;
    case 'date': return `${title} ${dateWords[op]} ${value.date}`;
    case 'relative-date': return `${title} ${dateWords[op]} ${relativeDateWords(value.days)}`;
    case 'list': return `${title} is ${op === 'in' ? 'one' : 'none'} of ${value.values.join(', ')}`;
  }
}

function moneyText({ name: field, of, title }: Field, amount: string): string {
  if (of === 'event') return `${title} is ${amount}`;
  const what = amountsOf[field];
  return what ? `${amount} ${what}` : field === 'customer.creditLimit' ? `a credit limit of ${amount}` : `an amount of ${amount}`;
}

/** What stands behind an amount: "more than $500 open". */
const amountsOf: Readonly<Record<string, string>> = {
  'invoice.balance': 'open', 'invoice.disputed': 'disputed', 'invoice.promised': 'promised',
  'customer.balance': "open over all the customer's invoices", 'customer.overdue': "overdue over all the customer's invoices",
  'customer.disputed': "disputed over all the customer's invoices", 'customer.promised': "promised over all the customer's invoices",
};

function thresholds(minorByCurrency: Readonly<Record<string, number>>, { currency }: DescribeOptions): string {
  if (currency !== undefined) {
    const minor = minorByCurrency[currency];
    return minor === undefined ? `an amount that is not set for ${currency}` : amountText(minor, currency);
  }
  // The database gives them back in its own order; the dollar, if it is there, is the one that most people can place.
  const inOrder = Object.entries(minorByCurrency).sort(([one], [other]) => Number(other === 'USD') - Number(one === 'USD'));
  const [first, ...others] = inOrder.map(([code, minor]) => amountText(minor, code));
  if (others.length === 0) return first ?? 'an amount that is not set';
  return others.length < thresholdsSpelledOutMax
    ? `${first} (${others.join(', ')})`
    : `${first} (or the amount set for ${others.length} other currencies)`;
}

function amountText(minor: number, currency: string): string {
  const decimal = formatMoney(minor, currency) as `${number}`;
  // ISO 4217's decimals: of some currencies CLDR tells the coins in use instead, which would round the amount.
  const digits = currencyDigits(currency);
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits, trailingZeroDisplay: 'stripIfInteger' }).format(decimal);
}
