import { isLocalDate } from '../calendar/dates';
import { fields, findField, type Field, type FieldType } from '../condition/catalogue';
import { MoneyError, parseMoney } from '../money/money';
import { suggestion } from './nearest';
import { type DocumentPath, type Problems, shown } from './problems';
import type { ConditionDocument } from './schema';
import type { Comparison, ComparisonOp, Condition } from './types';

const ordering: readonly ComparisonOp[] = ['>', '>=', '<', '<=', '=', '!='];
const choosing: readonly ComparisonOp[] = ['=', '!=', 'in', 'not-in', 'is-set'];

const opsByType: Record<FieldType, readonly ComparisonOp[]> = {
  money: ordering,
  number: [...ordering, 'in', 'not-in'],
  text: choosing,
  date: ordering,
  custom: [...ordering, 'in', 'not-in', 'is-set'],
};

const never: Condition = { any: [] };

/** The condition that a document means. What is wrong is added to `problems`, and what is returned is then of no use. */
export function readCondition(document: ConditionDocument, path: DocumentPath, problems: Problems): Condition {
  if (document.all) return { all: document.all.map((part, index) => readCondition(part, [...path, 'all', index], problems)) };
  if (document.any) return { any: document.any.map((part, index) => readCondition(part, [...path, 'any', index], problems)) };
  if (document.not) return { not: readCondition(document.not, [...path, 'not'], problems) };
  return readComparison(document, path, problems);
}

function readComparison(document: ConditionDocument, path: DocumentPath, problems: Problems): Condition {
  const { field: name = '', op, value } = document;
  const names = fields.map((field) => field.name);
  const field = findField(name);
  if (!field) {
    problems.add([...path, 'field'], `unknown field "${name}"${suggestion(name, names)}`, [...names, 'customer.custom.NAME', 'invoice.custom.NAME'].join(', '));
    return never;
  }
  const ops = opsByType[field.type];
  if (op === undefined || !ops.includes(op)) {
    problems.add([...path, 'op'], `"${op}" does not apply to ${name}`, ops.join(', '));
    return never;
  }
  const read = op === 'is-set' ? readNothing(value) : op === 'in' || op === 'not-in' ? readList(field, value) : readValue(field, op, value);
  if ('wrong' in read) {
    problems.add([...path, 'value', ...(read.at ? [read.at] : [])], read.wrong, read.allowed);
    return never;
  }
  return { field: name, op, value: read };
}

type Value = Comparison['value'];
type Wrong = { wrong: string; allowed: string; at?: string };
type DocumentValue = ConditionDocument['value'];

function wrong(value: DocumentValue, allowed: string): Wrong {
  return { wrong: value === undefined ? 'is missing' : `${shown(value)} is not ${allowed}`, allowed };
}

function readNothing(value: DocumentValue): Value | Wrong {
  return value === undefined ? { kind: 'none' } : { wrong: 'is-set is not compared with a value', allowed: 'leave it out' };
}

function readList(field: Field, value: DocumentValue): Value | Wrong {
  const wanted = field.type === 'number' ? 'number' : field.type === 'text' ? 'string' : null;
  const allowed = wanted === 'number' ? 'a list of numbers' : wanted === 'string' ? 'a list of texts, as in ["gold", "silver"]' : 'a list of texts or numbers';
  if (!Array.isArray(value) || (wanted && value.some((item) => typeof item !== wanted))) return wrong(value, allowed);
  return { kind: 'list', values: value };
}

function readValue(field: Field, op: ComparisonOp, value: DocumentValue): Value | Wrong {
  switch (field.type) {
    case 'money': return readThresholds(value);
    case 'number': return typeof value === 'number' ? { kind: 'number', number: value } : wrong(value, 'a number, as in 30');
    case 'date': return typeof value === 'string' && isLocalDate(value) ? { kind: 'date', date: value } : wrong(value, 'a date in quotes, as in "2026-03-01"');
    case 'text': return typeof value === 'string' ? { kind: 'text', text: value } : wrong(value, 'a text, as in "gold"');
    case 'custom': return readCustomValue(op, value);
  }
}

function readThresholds(value: DocumentValue): Value | Wrong {
  const allowed = 'amounts per currency, as in {USD: "500.00", EUR: "460.00"}';
  if (typeof value !== 'object' || Array.isArray(value)) return wrong(value, allowed);
  if (Object.keys(value).length === 0) return { wrong: 'no threshold in any currency', allowed };
  const minorByCurrency: Record<string, number> = {};
  for (const [currency, text] of Object.entries(value)) {
    try {
      minorByCurrency[currency] = parseMoney(text, currency);
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return { wrong: error.message, allowed, at: currency };
    }
  }
  return { kind: 'money', minorByCurrency };
}

function readCustomValue(op: ComparisonOp, value: DocumentValue): Value | Wrong {
  const equality = op === '=' || op === '!=';
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (typeof value === 'boolean' && equality) return { kind: 'boolean', boolean: value };
  if (typeof value === 'string' && isLocalDate(value)) return { kind: 'date', date: value };
  if (typeof value === 'string' && equality) return { kind: 'text', text: value };
  return wrong(value, equality ? 'a text, a number, true, false or a date' : 'a number or a date in quotes, as in "2026-03-01"');
}
