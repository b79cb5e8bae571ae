import type { CustomValue } from '../collection/facts';
import type { Comparison, ComparisonOp } from '../policy/types';
import { findField, type ConditionFacts, type Field } from './catalogue';

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
function whenMissing(op: ComparisonOp): boolean {
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

/** A text that reads as a plain number is that number: custom fields of a CSV file are all text. */
export function asNumber(value: CustomValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return null;
  return Number(value);
}

export function asText(value: CustomValue): string | null {
  return value === null ? null : String(value);
}

export function asBoolean(value: CustomValue): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

export function asDate(value: CustomValue): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}

function reading<T>(field: Field, op: ComparisonOp, as: (value: CustomValue) => T | null, holds: (value: T) => boolean): Test {
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
    case 'money': {
      const byCurrency = new Map(Object.entries(value.minorByCurrency).map(([currency, minor]) => [currency, ordered(op, minor)]));
      return (facts) => {
        const holds = byCurrency.get(facts.invoice.currency);
        const minor = read(facts);
        return holds !== undefined && typeof minor === 'number' && holds(minor);
      };
    }
    case 'number':
      return reading(field, op, asNumber, ordered(op, value.number));
    case 'text':
      return reading(field, op, asText, ordered(op, value.text));
    case 'date':
      return reading(field, op, asDate, ordered(op, value.date));
    case 'boolean': {
      const wanted = value.boolean === (op === '=');
      return reading(field, op, asBoolean, (actual) => actual === wanted);
    }
    case 'list': {
      const wanted = new Set(value.values.map(String));
      const present = op === 'in';
      return reading(field, op, asText, (actual) => wanted.has(actual) === present);
    }
  }
}
