import type { Knex } from 'knex';
import { fields, isFieldOf, notSimulated, type Field, type Subject } from '../../domain/condition/catalogue';
import { fieldsOfEvents } from '../../domain/condition/eventFields';
import type { EventKind } from '../../domain/events/kinds';
import { opsByType } from '../../domain/policy/readCondition';
import type { ComparisonOp } from '../../domain/policy/types';
import { readNames } from '../readmodels/names';
import { listCustomFields } from '../readmodels/settings';

/** A field as people choose it when they build a condition. */
export interface ConditionField {
  name: string;
  title: string;
  type: Field['type'];
  ops: ComparisonOp[];
  choices?: string[];
  /** Other values than the choices may be meant: what has a name today need not have had it then. */
  othersToo?: boolean;
  /** No simulation knows it, so that no step of a policy may ask for it. */
  notSimulated?: true;
  /** Whose it is: in a condition on customers, an invoice's stand in `where`. */
  of: 'invoice' | 'customer' | 'event';
}

/** Every field that a condition on this subject can name, those of invoices in `where` included, those of the event that sets it off first, and the ledger's custom fields. */
export async function listConditionFields(db: Knex, subject: Subject, event?: EventKind): Promise<ConditionField[]> {
  const told = event ? fieldsOfEvents[event] : [];
  const known = [...told, ...fields.filter((field) => isFieldOf(field, subject) || field.of === 'invoice')].map(({ name, title, type, of, choices }): ConditionField => ({
    name, title, type, ops: [...opsByType[type]], of: of === 'event' ? 'event' : name.startsWith('invoice.') ? 'invoice' : 'customer', ...(choices ? { choices: [...choices] } : {}), ...(Object.hasOwn(notSimulated, name) ? { notSimulated: true } : {}),
  }));
  const custom = (await listCustomFields(db)).map(({ entity, name, label }): ConditionField => ({
    name: `${entity}.custom.${name}`, title: label ?? name, type: 'custom', ops: [...opsByType.custom], of: entity,
  }));
  const names = await namesOf(db, new Set(told.map(({ name }) => name)));
  return [...known.map((field) => ({ ...field, ...names[field.name] })), ...custom];
}

/** The names that fields can have which are given here, by field. */
async function namesOf(db: Knex, told: ReadonlySet<string>): Promise<Readonly<Record<string, Pick<ConditionField, 'choices' | 'othersToo'>>>> {
  const { templates, policies, segments } = await readNames(db);
  const queues: string[] = told.has('event.queue') ? await db('task_queues').orderBy('name').pluck('name') : [];
  return {
    'customer.segments': { choices: [...segments] }, 'event.segment': { choices: [...segments] }, 'event.queue': { choices: queues, othersToo: true }, 'event.template': { choices: templates.map(({ name }) => name), othersToo: true },
    'event.policy': { choices: [...policies], othersToo: true }, 'event.policyBefore': { choices: [...policies], othersToo: true },
  };
}
