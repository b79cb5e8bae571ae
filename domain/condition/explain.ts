import type { CustomValue } from '../collection/facts';
import { formatMoney } from '../money/money';
import type { Comparison, ComparisonOp } from '../policy/types';
import type { ConditionFacts } from './catalogue';
import { knownField } from './compare';

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
  const seen = field.read(facts);
  const { currency } = facts.invoice;
  const input = field.type === 'money' && typeof seen === 'number' ? money(seen, currency) : seen;
  const shown = input === null ? null : String(input);
  if (comparison.op === 'is-set') return { input, reason: shown === null ? `${field.title} is not set` : `${field.title} ${shown} is set` };
  const limit = limitText(comparison, currency);
  if (limit === null) return { input, reason: `no threshold in ${currency} for ${field.title} ${shown ?? 'that is not set'}` };
  if (shown === null) return { input, reason: `${field.title} is not set` };
  const words = relation[comparison.op];
  const word = holds ? words.holds : words.fails;
  return { input, reason: `${field.title} ${shown} ${word} ${limit}` };
}

function limitText({ value }: Comparison, currency: string): string | null {
  switch (value.kind) {
    case 'money': {
      const minor = value.minorByCurrency[currency];
      return minor === undefined ? null : money(minor, currency);
    }
    case 'number': return String(value.number);
    case 'text': return value.text;
    case 'date': return value.date;
    case 'boolean': return String(value.boolean);
    case 'list': return value.values.join(', ');
    case 'none': return '';
  }
}
