import type { DocumentPath } from '../policy/problems';

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

/** The segments that a condition asks about, each where it is named; `path` is the condition's own place. */
export function namedSegments(condition: AnyCondition | null | undefined, path: DocumentPath = []): NamedSegment[] {
  if (!condition) return [];
  const { all = [], any = [], not, where, field, value } = condition;
  if (field === 'customer.segments') return keysIn(value).map((segment, index) => ({ segment, path: [...path, 'value', index] }));
  return [
    ...all.flatMap((part, index) => namedSegments(part, [...path, 'all', index])), ...any.flatMap((part, index) => namedSegments(part, [...path, 'any', index])),
    ...namedSegments(not, [...path, 'not']), ...namedSegments(where, [...path, 'where']),
  ];
}

function keysIn(value: unknown): string[] {
  const values: unknown = typeof value === 'object' && value !== null && !Array.isArray(value) && 'values' in value ? value.values : value;
  return Array.isArray(values) ? values.filter((each) => typeof each === 'string') : [];
}
