import { addDays, type LocalDate } from '../calendar/dates';
import type { CustomValue } from '../collection/facts';
import { formatMoney } from '../money/money';
import type { Comparison, ComparisonOp } from '../policy/types';
import { allTotals, totalsIn, type AccountFacts } from './account';
import type { ConditionFacts, Field, FieldValue } from './catalogue';
import { compileComparison, knownField } from './compare';

const relation: Record<Exclude<ComparisonOp, 'is-set'>, { holds: string; fails: string }> = {
  '>': { holds: 'is over', fails: 'is not over' },
  '>=': { holds: 'is at least', fails: 'is not at least' },
  '<': { holds: 'is under', fails: 'is not under' },
  '<=': { holds: 'is at most', fails: 'is not at most' },
  '=': { holds: 'is', fails: 'is not' },
  '!=': { holds: 'is not', fails: 'is' },
  in: { holds: 'is one of', fails: 'is none of' },
  'not-in': { holds: 'is none of', fails: 'is one of' },
};

function money(minor: number, currency: string): string {
  return `${formatMoney(minor, currency)} ${currency}`;
}

/** Why one comparison holds or not, and what it saw. */
export function explainComparison(comparison: Comparison, facts: ConditionFacts, holds: boolean): { reason: string; input: CustomValue } {
  const field = knownField(comparison.field);
  const { invoice } = facts;
  if (invoice === null && field.inCurrency) return explainCurrencies(comparison, field, field.inCurrency, facts, holds);
  const seen = field.read(facts);
  const currency = field.currencyOf ? field.currencyOf(facts) : (invoice?.currency ?? null);
  const input = typeof seen !== 'number' ? plainValue(seen) : field.type === 'share' ? percent(seen) : field.type === 'money' && currency !== null ? money(seen, currency) : seen;
  const shown = input === null ? null : String(input);
  if (comparison.op === 'is-set') return { input, reason: shown === null ? `${field.title} is not set` : `${field.title} ${shown} is set` };
  const limit = limitText(comparison, currency, facts.today);
  if (limit === null && currency !== null) return { input, reason: `no threshold in ${currency} for ${field.title} ${shown ?? 'that is not set'}` };
  if (shown === null || limit === null) return { input, reason: `${field.title} is not set` };
  return { input, reason: `${field.title} ${shown} ${relationWord(comparison.op, holds)} ${limit}${field.type === 'share' ? '%' : ''}` };
}

function percent(share: number): string {
  return `${Math.round(share * 100) / 100}%`;
}

function relationWord(op: Exclude<ComparisonOp, 'is-set'>, holds: boolean): string {
  return holds ? relation[op].holds : relation[op].fails;
}

function plainValue(seen: FieldValue): CustomValue {
  return typeof seen === 'object' && seen !== null ? (seen.length > 0 ? seen.join(', ') : 'none') : seen;
}

/** On a customer: the currencies that decide, or all of them where none does. */
function explainCurrencies(comparison: Comparison, field: Field, inCurrency: NonNullable<Field['inCurrency']>, facts: ConditionFacts, holds: boolean): { reason: string; input: CustomValue } {
  if (comparison.op === 'is-set') return { input: null, reason: `${field.title} is not set` };
  const currencies = comparison.value.kind === 'money' ? Object.keys(comparison.value.minorByCurrency) : Object.keys(allTotals(facts));
  const seen = currencies.sort().flatMap((currency) => {
    const value = inCurrency(totalsIn(facts, currency));
    if (value === null) return [];
    const text = field.type === 'money' ? money(value, currency) : `${percent(value)} of ${currency}`;
    return [{ currency, text, decides: compileComparison(only(comparison, currency))({ ...facts, account: inOne(facts, currency) }) }];
  });
  if (seen.length === 0) return { input: null, reason: `${field.title} is not set` };
  const input = seen.map(({ text }) => text).join(', ');
  const shown = holds ? seen.filter(({ decides }) => decides) : seen;
  const op = comparison.op;
  const reasons = shown.map(({ currency, text }) => `${field.title} ${text} ${relationWord(op, holds)} ${limitText(comparison, currency, facts.today)}${field.type === 'share' ? '%' : ''}`);
  return { input, reason: reasons.join(holds ? ' and ' : ', ') };
}

/** The comparison as it is for one currency. */
function only(comparison: Comparison, currency: string): Comparison {
  const { value } = comparison;
  return value.kind === 'money' ? { ...comparison, value: { kind: 'money', minorByCurrency: { [currency]: value.minorByCurrency[currency] ?? 0 } } } : comparison;
}

function inOne(facts: ConditionFacts, currency: string): AccountFacts {
  return { invoices: facts.account?.invoices ?? [], totals: { [currency]: totalsIn(facts, currency) } };
}

function limitText({ value }: Comparison, currency: string | null, today: LocalDate): string | null {
  switch (value.kind) {
    case 'money': {
      const minor = currency === null ? undefined : value.minorByCurrency[currency];
      return minor === undefined || currency === null ? null : money(minor, currency);
    }
    case 'number': return String(value.number);
    case 'text': return value.text;
    case 'date': return value.date;
    case 'relative-date': return addDays(today, value.days);
    case 'boolean': return String(value.boolean);
    case 'list': return value.values.join(', ');
    case 'none': return '';
  }
}
