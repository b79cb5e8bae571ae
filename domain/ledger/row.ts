import type { LocalDate } from '../calendar/dates';
import { MoneyError, isCurrency, parseMoney } from '../money/money';
import { checkFieldText, readInstant, shown } from './checks';
import type { DateReader } from './dateFormat';
import { plainDecimal, type DecimalMark } from './decimalText';
import type { FieldError } from './records';

export interface RowRules {
  /** Field to the cell's index in the row. */
  index: ReadonlyMap<string, number>;
  constants: Readonly<Record<string, string>>;
  date: DateReader;
  dateFormat: string;
  decimal: DecimalMark;
}

/** One row of a file: reads its fields by name and keeps what is wrong with them. */
export class Row {
  readonly errors: FieldError[] = [];

  constructor(private readonly cells: readonly string[], private readonly rules: RowRules) {}

  refuse(field: string, value: string | null, reason: string): void {
    // Some fields are read twice, and are wrong once.
    if (!this.errors.some((error) => error.field === field && error.reason === reason)) this.errors.push({ field, value: value === null ? null : shown(value), reason });
  }

  has(field: string): boolean {
    return this.rules.index.has(field) || field in this.rules.constants;
  }

  /** The field's text; null when empty, undefined when the file has no such column. */
  text(field: string): string | null | undefined {
    const index = this.rules.index.get(field);
    const text = index === undefined ? this.rules.constants[field] : this.cells[index]?.trim() || this.rules.constants[field];
    if (text === undefined) return index === undefined ? undefined : null;
    const wrong = checkFieldText(field, text);
    if (wrong) this.refuse(field, text, wrong);
    return text;
  }

  required(field: string): string {
    const text = this.text(field);
    if (text) return text;
    this.refuse(field, null, 'is empty');
    return '';
  }

  date(field: string): LocalDate {
    const text = this.required(field);
    const date = text && this.rules.date(text);
    if (text && !date) this.refuse(field, text, `is not a date in the format ${this.rules.dateFormat}`);
    return date || '';
  }

  /** A date, or an instant with its offset, as it stands there. */
  moment(field: string): string {
    const text = this.text(field);
    return text && readInstant(text) !== null ? text : this.date(field);
  }

  currency(field: string): string {
    const code = this.required(field).toUpperCase();
    if (code && !isCurrency(code)) this.refuse(field, code, 'is not an ISO 4217 currency code such as USD or EUR');
    return code;
  }

  /** Minor units; NaN once refused. `currency` may be one that was refused: then the amount is not looked at. */
  money(field: string, currency: string, check: (minor: number) => string | null): number {
    const text = this.required(field);
    if (!text || !isCurrency(currency)) return NaN;
    const plain = plainDecimal(text, this.rules.decimal);
    if (plain === null) {
      this.refuse(field, text, `is not an amount such as ${this.rules.decimal === '.' ? '1234.50' : '1234,50'}`);
      return NaN;
    }
    try {
      const minor = parseMoney(plain, currency);
      const wrong = check(minor);
      if (wrong) this.refuse(field, text, wrong);
      return minor;
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      // The value has its own place in the error, so its sentence goes on without it.
      this.refuse(field, text, error.message.replace(/^"[^"]*" /, ''));
      return NaN;
    }
  }

  /** A text from a short list. */
  choice<T extends string>(field: string, choices: readonly T[]): T | null | undefined {
    const text = this.text(field);
    if (!text) return text as null | undefined;
    const found = choices.find((choice) => choice === text.toLowerCase());
    if (!found) this.refuse(field, text, `must be one of ${choices.join(', ')}`);
    return found;
  }

  wholeNumber(field: string, max: number): number | null | undefined {
    const text = this.text(field);
    if (!text) return text as null | undefined;
    if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text);
    this.refuse(field, text, `must be a whole number from 0 to ${max}`);
    return null;
  }

  boolean(field: string): boolean | undefined {
    const text = this.text(field);
    if (!text) return text === null ? false : undefined;
    if (/^(true|yes|1)$/i.test(text)) return true;
    if (!/^(false|no|0)$/i.test(text)) this.refuse(field, text, 'must be true or false');
    return false;
  }

  checked(field: string, check: (text: string) => string | null): string | null | undefined {
    const text = this.text(field);
    const wrong = text && check(text);
    if (wrong) this.refuse(field, text, wrong);
    return text;
  }
}
