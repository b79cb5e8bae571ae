import { isLocalDate } from '../calendar/dates';
import type { CustomValue } from '../collection/facts';
import { plainDecimal, type DecimalMark } from './decimalText';

export type CustomType = 'text' | 'number' | 'boolean' | 'date';

/** The types that a text could be read as, besides text. */
interface Candidates {
  number: boolean;
  boolean: boolean;
  date: boolean;
}

/**
 * Finds the type of each custom field of a file from all its values: the narrowest that fits every one of them. Empty cells fit
 * any type, and a column that is empty throughout is text. Digits with leading zeros, and whole numbers that are too long to be
 * exact, are text: they are numbers of something, not quantities.
 */
export class CustomTypeInference {
  private readonly candidates = new Map<string, Candidates | 'text'>();

  constructor(private readonly decimal: DecimalMark = '.') {}

  see(custom: Readonly<Record<string, CustomValue>>): void {
    for (const [name, value] of Object.entries(custom)) {
      const known = this.candidates.get(name);
      if (value === null) {
        if (!known) this.candidates.set(name, { number: true, boolean: true, date: true });
        continue;
      }
      if (known === 'text') continue;
      const text = String(value);
      const next: Candidates = {
        number: known?.number !== false && readCustom(text, 'number', this.decimal) !== undefined,
        boolean: known?.boolean !== false && readCustom(text, 'boolean', this.decimal) !== undefined,
        date: known?.date !== false && readCustom(text, 'date', this.decimal) !== undefined,
      };
      this.candidates.set(name, next.number || next.boolean || next.date ? next : 'text');
    }
  }

  types(): Map<string, CustomType> {
    return new Map([...this.candidates].map(([name, found]) => [name, settle(found)]));
  }
}

function settle(found: Candidates | 'text'): CustomType {
  if (found === 'text' || (found.number && found.boolean && found.date)) return 'text';
  if (found.boolean) return 'boolean';
  return found.date ? 'date' : 'number';
}

const canonicalNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** A custom field's text as a value of its type; undefined when it does not fit. */
export function readCustom(text: string, type: CustomType, decimal: DecimalMark = '.'): CustomValue | undefined {
  switch (type) {
    case 'text': return text;
    case 'date': return isLocalDate(text) ? text : undefined;
    case 'boolean': {
      const lower = text.toLowerCase();
      return lower === 'true' || lower === 'yes' ? true : lower === 'false' || lower === 'no' ? false : undefined;
    }
    case 'number': {
      const plain = plainDecimal(text, decimal);
      if (plain === null || !canonicalNumber.test(plain)) return undefined;
      const number = Number(plain);
      return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : undefined;
    }
  }
}

/** The texts of a file's custom columns as typed values; a text that does not fit its type stays a text. */
export function typeCustom(custom: Readonly<Record<string, CustomValue>>, types: ReadonlyMap<string, CustomType>, decimal: DecimalMark = '.'): Record<string, CustomValue> {
  const typed: Record<string, CustomValue> = {};
  for (const [name, value] of Object.entries(custom)) {
    typed[name] = typeof value === 'string' ? readCustom(value, types.get(name) ?? 'text', decimal) ?? value : value;
  }
  return typed;
}

/** The type of a value that came typed, as in a JSON document. */
export function customTypeOf(value: Exclude<CustomValue, null>): CustomType {
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

/** Whether a typed value may stand in a field of that type. */
export function fitsCustomType(value: CustomValue, type: CustomType): boolean {
  if (value === null) return true;
  if (type === 'date') return typeof value === 'string' && isLocalDate(value);
  return customTypeOf(value) === type;
}
