import { isLocalDate } from '../calendar/dates';
import type { CustomType } from '../ledger/customFields';
import type { DocumentPath } from '../policy/problems';
import { customFieldOf } from './catalogue';
import { parseRelativeDate } from './relativeDate';

/** A condition, as it is written or as it has been read. */
export interface AnyCondition {
  readonly all?: readonly AnyCondition[];
  readonly any?: readonly AnyCondition[];
  readonly not?: AnyCondition;
  readonly where?: AnyCondition | null;
  readonly field?: string;
  readonly value?: unknown;
}

export interface NamedSegment {
  segment: string;
  /** Where in the document it is named. */
  path: DocumentPath;
}

export interface NamedQueue {
  queue: string;
  path: DocumentPath;
}

/** The segments that a condition asks about, each where it is named; `path` is the condition's own place. */
export function namedSegments(condition: AnyCondition | null | undefined, path: DocumentPath = []): NamedSegment[] {
  return comparisons(condition, path).flatMap(({ field, value, path: at }) => (field === 'customer.segments' || field === 'event.segment' ? namesIn(value, [...at, 'value']).map(({ name, path: place }) => ({ segment: name, path: place })) : []));
}

/** The queues that a condition on an event asks about. */
export function namedQueues(condition: AnyCondition | null | undefined, path: DocumentPath = []): NamedQueue[] {
  return comparisons(condition, path).flatMap(({ field, value, path: at }) => (field === 'event.queue' ? namesIn(value, [...at, 'value']).map(({ name, path: place }) => ({ queue: name, path: place })) : []));
}

/** A custom field that a condition asks about, and what it is compared with. */
export interface NamedCustomField {
  /** `customer.custom.score`. */
  field: string;
  /** Texts, numbers, true or false; a date is a text, "today-30d" too. None where it is asked whether the field is set. */
  literals: readonly unknown[];
  /** Where the comparison stands. */
  path: DocumentPath;
}

export function namedCustomFields(condition: AnyCondition | null | undefined, path: DocumentPath = []): NamedCustomField[] {
  return comparisons(condition, path).flatMap(({ field, value, path: at }) => (customFieldOf(field) ? [{ field, literals: literalsIn(value), path: at }] : []));
}

/**
 * Whether a custom field of a type can ever be what it is compared with. A text can: `"7"` is a text and a number, so what it is compared with decides
 * how it is read.
 */
export function isComparable(type: CustomType, literal: unknown): boolean {
  switch (type) {
    case 'text': return true;
    case 'number': return typeof literal === 'number' || (typeof literal === 'string' && literal.trim() !== '' && Number.isFinite(Number(literal)));
    case 'boolean': return typeof literal === 'boolean' || literal === 'true' || literal === 'false';
    case 'date': return typeof literal === 'string' && (isLocalDate(literal) || parseRelativeDate(literal) !== null);
  }
}

interface NamedComparison {
  field: string;
  value: unknown;
  path: DocumentPath;
}

function comparisons(condition: AnyCondition | null | undefined, path: DocumentPath): NamedComparison[] {
  if (!condition) return [];
  const { all = [], any = [], not, where, field, value } = condition;
  if (field !== undefined) return [{ field, value, path }];
  return [
    ...all.flatMap((part, index) => comparisons(part, [...path, 'all', index])), ...any.flatMap((part, index) => comparisons(part, [...path, 'any', index])),
    ...comparisons(not, [...path, 'not']), ...comparisons(where, [...path, 'where']),
  ];
}

/** As it is written, one name or a list of them, or as it has been read. */
function namesIn(value: unknown, path: DocumentPath): { name: string; path: DocumentPath }[] {
  const names: unknown = typeof value === 'object' && value !== null && !Array.isArray(value) ? ('values' in value ? value.values : 'text' in value ? value.text : null) : value;
  if (typeof names === 'string') return [{ name: names, path }];
  return Array.isArray(names) ? names.flatMap((name: unknown, index) => (typeof name === 'string' ? [{ name, path: [...path, index] }] : [])) : [];
}

/** As written, a value is a literal or a list of them; as read, it says of what kind it is. */
function literalsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  if ('days' in value) return ['today'];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => (key === 'kind' ? [] : part));
}
