import type { Schema } from '../http/client';

/** A condition as it is written in policies and segments. */
export interface ConditionDocument {
  all?: ConditionDocument[];
  any?: ConditionDocument[];
  not?: ConditionDocument;
  invoices?: 'some' | 'every' | 'none';
  where?: ConditionDocument;
  field?: string;
  op?: Op;
  value?: ConditionValue;
}
export type Op = Schema<'ConditionField'>['ops'][number];
export type ConditionValue = string | number | boolean | (string | number)[] | Record<string, string>;
export type ConditionField = Schema<'ConditionField'>;

export const opWords: Readonly<Record<Op, string>> = {
  '>': 'is more than', '>=': 'is at least', '<': 'is less than', '<=': 'is at most', '=': 'is', '!=': 'is not', in: 'is one of', 'not-in': 'is none of', 'is-set': 'is set',
};
export const dateOpWords: Readonly<Partial<Record<Op, string>>> = { '>': 'is after', '>=': 'is on or after', '<': 'is before', '<=': 'is on or before' };

/** The kind of a node, as people choose it. */
export type NodeKind = 'all' | 'any' | 'not' | 'invoices' | 'comparison';

export function kindOf(node: ConditionDocument): NodeKind {
  if (node.all) return 'all';
  if (node.any) return 'any';
  if (node.not) return 'not';
  return node.invoices ? 'invoices' : 'comparison';
}

/** A comparison with a field and a value of its type, from which one goes on. */
export function comparisonOf(field: ConditionField): ConditionDocument {
  const op = field.ops.find((each) => each === '>' || each === '=' || each === 'in') ?? field.ops[0] ?? '=';
  return withValue({ field: field.name, op }, firstValue(field, op));
}

/** The value that a field of a type begins with under an operator; undefined where there is none. */
export function firstValue(field: ConditionField, op: Op): ConditionValue | undefined {
  if (op === 'is-set') return undefined;
  if (op === 'in' || op === 'not-in') return field.choices ? field.choices.slice(0, 1) : [];
  switch (field.type) {
    case 'money': return { USD: '0.00' };
    case 'number':
    case 'share': return 0;
    case 'date': return 'today';
    case 'set': return [];
    case 'text':
    case 'custom': return field.choices?.[0] ?? '';
  }
}

export function withValue(node: ConditionDocument, value: ConditionValue | undefined): ConditionDocument {
  return value === undefined ? { field: node.field, op: node.op } : { field: node.field, op: node.op, value };
}

/** Whether the value still fits when the operator changes: a list stays a list. */
export function sameShape(one: Op, other: Op): boolean {
  const shape = (op: Op): string => (op === 'is-set' ? 'none' : op === 'in' || op === 'not-in' ? 'list' : 'one');
  return shape(one) === shape(other);
}
