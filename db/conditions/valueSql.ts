import { whenMissing } from '../../domain/condition/compare';
import type { Comparison, ComparisonOp } from '../../domain/policy/types';
import { plain, sql, type Fragment } from './fragment';

type Literal = Comparison['value'];

const operators: Readonly<Record<Exclude<ComparisonOp, 'in' | 'not-in' | 'is-set'>, string>> = { '>': '>', '>=': '>=', '<': '<', '<=': '<=', '=': '=', '!=': '<>' };

export function operator(op: ComparisonOp): Fragment {
  if (op === 'in' || op === 'not-in' || op === 'is-set') throw new Error(`Operator "${op}" does not compare two values`);
  return plain(operators[op]);
}

/** Every comparison is true or false, never null, so that `not` means the same in both readers. */
export function orMissing(test: Fragment, op: ComparisonOp): Fragment {
  return sql`coalesce(${test}, ${plain(String(whenMissing(op)))})`;
}

/** PostgreSQL holds no text with a zero character, so nothing stored is equal to one. */
function storable(text: string): boolean {
  return !text.includes('\u0000');
}

export function textSql(value: Fragment, op: ComparisonOp, literal: Literal): Fragment {
  switch (literal.kind) {
    case 'none': return sql`${value} IS NOT NULL`;
    case 'text': return storable(literal.text) ? orMissing(sql`${value} ${operator(op)} ${literal.text}::text`, op) : plain(String(op === '!='));
    case 'list': return orMissing(sql`(${value} = ANY (${literal.values.map(String).filter(storable)}::text[])) = ${plain(String(op === 'in'))}`, op);
    default: throw new Error(`A text is not compared with a ${literal.kind}`);
  }
}

export function numberSql(value: Fragment, op: ComparisonOp, literal: Literal): Fragment {
  switch (literal.kind) {
    case 'number': return orMissing(sql`${value}::float8 ${operator(op)} ${literal.number}::float8`, op);
    case 'list': return orMissing(sql`(${value}::float8 = ANY (${numbersOf(literal.values)}::float8[])) = ${plain(String(op === 'in'))}`, op);
    default: throw new Error(`A number is not compared with a ${literal.kind}`);
  }
}

/** `today` is a date in SQL. */
export function dateSql(value: Fragment, op: ComparisonOp, literal: Literal, today: Fragment): Fragment {
  switch (literal.kind) {
    case 'date': return orMissing(sql`${value} ${operator(op)} ${literal.date}::date`, op);
    case 'relative-date': return orMissing(sql`${value} ${operator(op)} (${today} + ${literal.days}::integer)`, op);
    default: throw new Error(`A date is not compared with a ${literal.kind}`);
  }
}

/** Of those texts, the numbers whose own text they are: a number is in a list of texts when its text is. */
function numbersOf(values: readonly (string | number)[]): number[] {
  return values.map(String).flatMap((text) => (String(Number(text)) === text && Number.isFinite(Number(text)) ? [Number(text)] : []));
}

/** A custom field, read as what it is compared with; `fields` is a jsonb object. */
export function customSql(fields: Fragment, key: string, op: ComparisonOp, literal: Literal, today: Fragment): Fragment {
  const value = sql`(${fields} -> ${key}::text)`;
  const type = sql`jsonb_typeof(${value})`;
  const text = sql`(${fields} ->> ${key}::text)`;
  const dateText = sql`(CASE WHEN ${type} = 'string' AND ${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN left(${text}, 10) END COLLATE "C")`;
  switch (literal.kind) {
    case 'none': return sql`coalesce(${type} <> 'null', false)`;
    case 'number': return numberSql(customNumber(type, text), op, literal);
    case 'boolean': {
      const actual = sql`(CASE WHEN ${type} = 'boolean' OR (${type} = 'string' AND ${text} IN ('true', 'false')) THEN ${text}::boolean END)`;
      return orMissing(sql`${actual} = ${plain(String(literal.boolean === (op === '=')))}`, op);
    }
    case 'date': return orMissing(sql`${dateText} ${operator(op)} ${literal.date}::text`, op);
    case 'relative-date': return orMissing(sql`${dateText} ${operator(op)} to_char(${today} + ${literal.days}::integer, 'YYYY-MM-DD')`, op);
    case 'text': return customList(type, text, [literal.text], op === '=', op);
    case 'list': return customList(type, text, literal.values, op === 'in', op);
    case 'money': throw new Error('A custom field is not compared with amounts');
  }
}

/** No question mark in the pattern: it would stand for a value. */
function customNumber(type: Fragment, text: Fragment): Fragment {
  return sql`(CASE WHEN ${type} = 'number' OR (${type} = 'string' AND length(${text}) <= 100 AND ${text} ~ '^-{0,1}[0-9]+([.][0-9]+){0,1}$') THEN ${text}::float8 END)`;
}

function customList(type: Fragment, text: Fragment, wanted: readonly (string | number)[], present: boolean, op: ComparisonOp): Fragment {
  const texts = wanted.map(String).filter(storable);
  return orMissing(sql`(CASE ${type} WHEN 'number' THEN ${text}::float8 = ANY (${numbersOf(wanted)}::float8[]) WHEN 'null' THEN NULL ELSE ${text} = ANY (${texts}::text[]) END) = ${plain(String(present))}`, op);
}
