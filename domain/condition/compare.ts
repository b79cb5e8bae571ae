import { addDays } from '../calendar/dates';
import type { Comparison, ComparisonOp } from '../policy/types';
import { allTotals, totalsIn } from './account';
import { findField, type ConditionFacts, type Field, type FieldValue } from './catalogue';

export type Test = (facts: ConditionFacts) => boolean;

/** A document is checked before it becomes a condition, so a field that is not known here is a mistake of the program. */
export function knownField(name: string): Field {
  const found = findField(name);
  if (!found) throw new Error(`Condition names the unknown field "${name}"; the known ones are in domain/condition/catalogue.ts`);
  return found;
}

/**
 * The rule for a value that is missing, or that cannot be read as what it is compared with: every comparison is false,
 * except "!=" and "not-in", which are true. "is-set" is false for a missing value alone.
 */
export function whenMissing(op: ComparisonOp): boolean {
  return op === '!=' || op === 'not-in';
}

function ordered<T extends number | string>(op: ComparisonOp, limit: T): (value: T) => boolean {
  switch (op) {
    case '>': return (value) => value > limit;
    case '>=': return (value) => value >= limit;
    case '<': return (value) => value < limit;
    case '<=': return (value) => value <= limit;
    case '=': return (value) => value === limit;
    case '!=': return (value) => value !== limit;
    default: throw new Error(`Operator "${op}" does not compare two values`);
  }
}

/** Longer digits are no number that anybody wrote; databases refuse them. */
const numberText = /^-?\d+(\.\d+)?$/;
const numberCharsMax = 100;

/** A text that reads as a plain number is that number: custom fields of a CSV file are all text. */
export function asNumber(value: FieldValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > numberCharsMax || !numberText.test(value)) return null;
  return Number(value);
}

export function asText(value: FieldValue): string | null {
  return value === null ? null : String(value);
}

/** Makes the same text of what is the same name. */
function foldOf({ caseless }: Field): (text: string) => string {
  return caseless ? (text) => text.toLowerCase() : (text) => text;
}

function textOf(field: Field): (value: FieldValue) => string | null {
  if (!field.caseless) return asText;
  const fold = foldOf(field);
  return (value) => {
    const text = asText(value);
    return text === null ? null : fold(text);
  };
}

export function asBoolean(value: FieldValue): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

export function asDate(value: FieldValue): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}

function reading<T>(field: Field, op: ComparisonOp, as: (value: FieldValue) => T | null, holds: (value: T) => boolean): Test {
  const missing = whenMissing(op);
  const { read } = field;
  return (facts) => {
    const value = as(read(facts));
    return value === null ? missing : holds(value);
  };
}

/** Turns one comparison into a test on facts; everything that can be decided ahead of the facts is. */
export function compileComparison(comparison: Comparison): Test {
  const field = knownField(comparison.field);
  const { op, value } = comparison;
  const { read } = field;
  switch (value.kind) {
    case 'none':
      return (facts) => read(facts) !== null;
    case 'money':
      return moneyTest(field, op, value.minorByCurrency);
    case 'number':
      return field.type === 'share' ? shareTest(field, op, ordered(op, value.number)) : reading(field, op, asNumber, ordered(op, value.number));
    case 'text':
      return reading(field, op, textOf(field), ordered(op, foldOf(field)(value.text)));
    case 'date':
      return reading(field, op, asDate, ordered(op, value.date));
    case 'relative-date': {
      const missing = whenMissing(op);
      return (facts) => {
        const date = asDate(read(facts));
        return date === null ? missing : ordered(op, addDays(facts.today, value.days))(date);
      };
    }
    case 'boolean': {
      const wanted = value.boolean === (op === '=');
      return reading(field, op, asBoolean, (actual) => actual === wanted);
    }
    case 'list':
      return listTest(field, op, new Set(value.values.map((each) => foldOf(field)(String(each)))));
  }
}

/** On a customer a threshold is asked of each currency that has one, and one that holds is enough; what is not owed is zero. */
function moneyTest({ read, inCurrency, currencyOf }: Field, op: ComparisonOp, minorByCurrency: Readonly<Record<string, number>>): Test {
  const thresholds = Object.entries(minorByCurrency).map(([currency, minor]) => ({ currency, holds: ordered(op, minor) }));
  if (currencyOf) {
    return (facts) => {
      const currency = currencyOf(facts);
      const minor = read(facts);
      return typeof minor === 'number' && thresholds.some((threshold) => threshold.currency === currency && threshold.holds(minor));
    };
  }
  return (facts) => {
    const { invoice } = facts;
    if (invoice === null) {
      for (const { currency, holds } of thresholds) {
        const minor = inCurrency?.(totalsIn(facts, currency)) ?? null;
        if (minor !== null && holds(minor)) return true;
      }
      return false;
    }
    // A few texts are compared sooner than one is looked up.
    for (const { currency, holds } of thresholds) {
      if (currency !== invoice.currency) continue;
      const minor = read(facts);
      return typeof minor === 'number' && holds(minor);
    }
    return false;
  };
}

/** On a customer a share is asked of each currency in which something is open, and one that holds is enough; on an invoice of the invoice's own. */
function shareTest(field: Field, op: ComparisonOp, holds: (value: number) => boolean): Test {
  const { inCurrency } = field;
  const ofOne = reading(field, op, asNumber, holds);
  if (!inCurrency) return ofOne;
  return (facts) => (facts.invoice !== null ? ofOne(facts) : Object.values(allTotals(facts)).some((totals) => {
    const share = inCurrency(totals);
    return share !== null && holds(share);
  }));
}

function listTest(field: Field, op: ComparisonOp, wanted: ReadonlySet<string>): Test {
  const present = op === 'in';
  const { read } = field;
  if (field.type === 'set') {
    return (facts) => {
      const names = read(facts);
      return Array.isArray(names) && names.some((name: string) => wanted.has(name)) === present;
    };
  }
  return reading(field, op, textOf(field), (actual) => wanted.has(actual) === present);
}
