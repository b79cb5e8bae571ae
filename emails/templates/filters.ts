import type { Context } from 'liquidjs';
import { cutText } from '../../domain/cutText';
import type { Locale } from '../locale';
import { oneLine } from '../safety';
import { AmountsValue, BlockValue, DateValue, MoneyValue, nothing, type BlockName } from './values';

export type PrintedValue = { kind: 'text'; text: string } | { kind: 'block'; block: BlockName };

/** One rendering: what filters and outputs need to know, found by the environment that was made for it. */
export interface Rendering {
  locale: Locale;
  /** Null: values are put into the text as they are, for a subject or a heading. */
  values: PrintedValue[] | null;
}

export const renderings = new WeakMap<object, Rendering>();

const textCharsMax = 2_000;
const noValue = 'it has no value here: put {% if … %} around it, or give it a default: {{ … | default: "…" }}';

interface FilterThis {
  context: Context;
}

export type FilterHandler = (this: FilterThis, value: unknown, ...given: unknown[]) => unknown;

function renderingOf({ context }: FilterThis): Rendering {
  const found = renderings.get(context.environments);
  if (!found) throw new Error('A template was rendered outside renderLiquid.');
  return found;
}

/** The filters that write as the recipient does. */
export const localFilters: Record<'money' | 'date' | 'plural' | 'default', FilterHandler> = {
  money(value: unknown) {
    if (value instanceof MoneyValue) return renderingOf(this).locale.money(value.money);
    if (value instanceof AmountsValue) return value.amounts.length > 0 ? renderingOf(this).locale.amounts(value.amounts) : null;
    return value === null || value === undefined ? null : refuse('"money" is for amounts only');
  },
  date(value: unknown, style: unknown = 'long') {
    if (value === null || value === undefined) return null;
    if (!(value instanceof DateValue)) return refuse('"date" is for dates only');
    const { locale } = renderingOf(this);
    if (style === 'full') return locale.dueDate(value.date);
    if (style === 'long') return locale.date(value.date);
    if (style === 'short') return locale.shortDate(value.date);
    return refuse('"date" writes a date as "full", "long" or "short"');
  },
  plural(value: unknown, one: unknown, many: unknown) {
    if (typeof value !== 'number' || typeof one !== 'string' || typeof many !== 'string') return refuse('"plural" takes a number and two texts: {{ count | plural: "1 day", "# days" }}');
    const { locale } = renderingOf(this);
    return (locale.isOne(value) ? one : many).replaceAll('#', locale.number(String(value)));
  },
  default(value: unknown, otherwise: unknown) {
    const missing = value === null || value === undefined || value === '' || value === false || (value instanceof AmountsValue && value.amounts.length === 0);
    if (!missing) return value;
    return otherwise === '' ? nothing : otherwise;
  },
};

export function isOwnValue(value: unknown): boolean {
  return value instanceof MoneyValue || value instanceof AmountsValue || value instanceof DateValue || value instanceof BlockValue;
}

function refuse(message: string): never {
  throw new Error(message);
}

/** Every output of a template passes through here. What has no value is an error, never an empty space in a customer's mail. */
export function printed(rendered: FilterThis, value: unknown): string {
  const { locale, values } = renderingOf(rendered);
  const print = printable(value, locale);
  if (values === null) return print.kind === 'text' ? print.text : refuse('a block stands in the body only');
  values.push(print);
  return `\uE000${values.length - 1}\uE001`;
}

function printable(value: unknown, locale: Locale): PrintedValue {
  if (value instanceof BlockValue) return { kind: 'block', block: value.block };
  return { kind: 'text', text: textOf(value, locale) };
}

function textOf(value: unknown, locale: Locale): string {
  if (value === nothing) return '';
  if (value instanceof MoneyValue) return locale.money(value.money);
  if (value instanceof AmountsValue && value.amounts.length > 0) return locale.amounts(value.amounts);
  if (value instanceof DateValue) return locale.date(value.date);
  if (typeof value === 'number') return Number.isFinite(value) ? locale.number(String(value)) : refuse('this is not a number');
  if (value === null || value === undefined || value === '' || value instanceof AmountsValue) return refuse(noValue);
  if (typeof value !== 'string') return refuse('only texts, numbers, amounts and dates can be printed');
  const line = cutText(oneLine(value), textCharsMax);
  return line === '' ? refuse(noValue) : line;
}
