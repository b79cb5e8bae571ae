import { isLocalDate } from '../calendar/dates';
import { fields, findField, isFieldOf, type Field, type FieldType, type Subject } from '../condition/catalogue';
import { fieldsOfEvents, kindsThatTell } from '../condition/eventFields';
import { parseRelativeDate } from '../condition/relativeDate';
import type { EventKind } from '../events/kinds';
import { MoneyError, parseMoney } from '../money/money';
import { checkNamesOf, type NamedInConditions } from '../templates/named';
import { suggestion } from './nearest';
import { type DocumentPath, pathText, type PolicyError, Problems, shown } from './problems';
import { conditionDocument, type ConditionDocument } from './schema';
import { schemaProblems } from './schemaErrors';
import type { Comparison, ComparisonOp, Condition } from './types';

const ordering: readonly ComparisonOp[] = ['>', '>=', '<', '<=', '=', '!='];
const choosing: readonly ComparisonOp[] = ['=', '!=', 'in', 'not-in', 'is-set'];

/** The operators that apply to a type. */
export const opsByType: Record<FieldType, readonly ComparisonOp[]> = {
  money: ordering,
  number: [...ordering, 'in', 'not-in'],
  share: ordering,
  text: choosing,
  set: ['in', 'not-in'],
  date: ordering,
  custom: [...ordering, 'in', 'not-in', 'is-set'],
};

const never: Condition = { any: [] };

/** What a reader of conditions is told. */
export interface ConditionReading {
  subject: Subject;
  /** The event that sets off what the condition is of: what it tells can be asked for too. */
  event?: EventKind;
  /** Fields that may not be used here, and why. */
  without?: Readonly<Record<string, string>>;
  /** What the condition may name; read by parseCondition. */
  names?: NamedInConditions;
}

/** The condition that a document means. What is wrong is added to `problems`, and what is returned is then of no use. */
export function readCondition(document: ConditionDocument, path: DocumentPath, problems: Problems, reading: ConditionReading = { subject: 'invoice' }): Condition {
  if (document.all) return { all: document.all.map((part, index) => readCondition(part, [...path, 'all', index], problems, reading)) };
  if (document.any) return { any: document.any.map((part, index) => readCondition(part, [...path, 'any', index], problems, reading)) };
  if (document.not) return { not: readCondition(document.not, [...path, 'not'], problems, reading) };
  if (document.invoices) return readInvoices(document, document.invoices, path, problems, reading);
  return readComparison(document, path, problems, reading);
}

/** Reads a condition that stands by itself, as it came from outside. Never throws on a wrong one. */
export function parseCondition(document: unknown, reading: ConditionReading): { ok: true; condition: Condition; document: ConditionDocument } | { ok: false; errors: PolicyError[] } {
  const shape = conditionDocument.safeParse(document, { reportInput: true });
  const problems = new Problems();
  if (shape.success) {
    const condition = readCondition(shape.data, [], problems, reading);
    checkNamesOf(shape.data, [], reading.names ?? {}, problems);
    if (problems.found.length === 0) return { ok: true, condition, document: shape.data };
  }
  const found = shape.success ? problems.found : schemaProblems(conditionDocument, shape.error.issues);
  return { ok: false, errors: found.map(({ path, message, allowed }) => ({ path: pathText(path), message, ...(allowed === undefined ? {} : { allowed }) })) };
}

function readInvoices({ where }: ConditionDocument, invoices: 'some' | 'every' | 'none', path: DocumentPath, problems: Problems, reading: ConditionReading): Condition {
  if (reading.subject === 'invoice') {
    problems.add([...path, 'invoices'], 'this is about one invoice; its customer\'s other invoices are asked about in a condition on customers, such as a segment\'s', '{all: […]}, {any: […]}, {not: …} or {field, op, value}');
    return never;
  }
  return { invoices, where: where === undefined ? null : readCondition(where, [...path, 'where'], problems, { ...reading, subject: 'invoice' }) };
}

function readComparison(document: ConditionDocument, path: DocumentPath, problems: Problems, { subject, event, without = {} }: ConditionReading): Condition {
  const { field: name = '', op, value } = document;
  const told = event ? fieldsOfEvents[event].map((field) => field.name) : [];
  const names = [...told, ...fields.filter((field) => isFieldOf(field, subject) && !Object.hasOwn(without, field.name)).map((field) => field.name)];
  const field = findField(name);
  if (!field) {
    problems.add([...path, 'field'], `unknown field "${name}"${suggestion(name, names)}`, [...names, 'customer.custom.NAME', ...(subject === 'customer' ? [] : ['invoice.custom.NAME'])].join(', '));
    return never;
  }
  if (Object.hasOwn(without, name)) {
    problems.add([...path, 'field'], `${name}: ${without[name]}`, names.join(', '));
    return never;
  }
  if (field.of === 'event') {
    if (!told.includes(name)) {
      problems.add([...path, 'field'], notTold(name, event, told), names.join(', '));
      return never;
    }
  } else if (!isFieldOf(field, subject)) {
    problems.add([...path, 'field'], `${name} is of an invoice: ask it in {invoices: some, where: …}`, names.join(', '));
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

function notTold(name: string, event: EventKind | undefined, told: readonly string[]): string {
  const tellers = kindsThatTell(name).join(', ');
  if (!event) return `${name} is of an event: it is known where one of these happens, in an automation or in a campaign that an event starts: ${tellers}`;
  return `${event} does not tell ${name}: ${tellers} ${kindsThatTell(name).length === 1 ? 'does' : 'do'}${suggestion(name, told)}`;
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
  const wanted = field.type === 'number' ? 'number' : field.type === 'text' || field.type === 'set' ? 'string' : null;
  const allowed = wanted === 'number' ? 'a list of numbers' : wanted === 'string' ? 'a list of texts, as in ["gold", "silver"]' : 'a list of texts or numbers';
  if (!Array.isArray(value) || (wanted && value.some((item) => typeof item !== wanted))) return wrong(value, allowed);
  const unknown = value.flatMap((item) => (typeof item === 'string' ? unknownName(field, item) ?? [] : []))[0];
  if (unknown) return unknown;
  return { kind: 'list', values: value };
}

function readValue(field: Field, op: ComparisonOp, value: DocumentValue): Value | Wrong {
  switch (field.type) {
    case 'money': return readThresholds(value);
    case 'number': return typeof value === 'number' ? { kind: 'number', number: value } : wrong(value, 'a number, as in 30');
    case 'share': return typeof value === 'number' ? { kind: 'number', number: value } : wrong(value, 'a percentage, as in 25');
    case 'date': return (typeof value === 'string' ? readDate(value) : null) ?? wrong(value, 'a date in quotes, as in "2026-03-01", or "today-30d"');
    case 'text': return readText(field, value);
    case 'set': return wrong(value, 'a list of names');
    case 'custom': return readCustomValue(op, value);
  }
}

/** Databases begin their calendar with the year 1. */
function readDate(text: string): Value | null {
  if (isLocalDate(text) && text >= '0001-01-01') return { kind: 'date', date: text };
  const days = parseRelativeDate(text);
  return days === null ? null : { kind: 'relative-date', days };
}

function readText(field: Field, value: DocumentValue): Value | Wrong {
  if (typeof value !== 'string') return wrong(value, 'a text, as in "gold"');
  return unknownName(field, value) ?? { kind: 'text', text: value };
}

/** A name that no value of the field can be, so that the condition would never hold. */
function unknownName({ choices, form }: Field, name: string): Wrong | null {
  if (choices && !choices.includes(name)) return { wrong: `"${name}" is not known${suggestion(name, choices)}`, allowed: choices.join(', ') };
  return form && !form.pattern.test(name) ? { wrong: `"${name}" is not ${form.title}`, allowed: form.title } : null;
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
  const date = typeof value === 'string' ? readDate(value) : null;
  if (date) return date;
  if (typeof value === 'string' && equality) return { kind: 'text', text: value };
  return wrong(value, equality ? 'a text, a number, true, false or a date' : 'a number or a date in quotes, as in "2026-03-01"');
}
