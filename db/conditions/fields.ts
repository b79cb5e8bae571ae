import type { Knex } from 'knex';
import { fields, isFieldOf, type Field, type Subject } from '../../domain/condition/catalogue';
import { opsByType } from '../../domain/policy/readCondition';
import type { ComparisonOp } from '../../domain/policy/types';
import { listCustomFields } from '../readmodels/settings';

/** A field as people choose it when they build a condition. */
export interface ConditionField {
  name: string;
  title: string;
  type: Field['type'];
  ops: ComparisonOp[];
  choices?: string[];
  /** Whose it is: in a condition on customers, an invoice's stand in `where`. */
  of: 'invoice' | 'customer';
}

/** Every field that a condition on this subject can name, those of invoices in `where` included, and the ledger's custom fields. */
export async function listConditionFields(db: Knex, subject: Subject): Promise<ConditionField[]> {
  const known = fields.filter((field) => isFieldOf(field, subject) || field.of === 'invoice').map(({ name, title, type, choices }): ConditionField => ({
    name, title, type, ops: [...opsByType[type]], of: name.startsWith('invoice.') ? 'invoice' : 'customer', ...(choices ? { choices: [...choices] } : {}),
  }));
  const custom = (await listCustomFields(db)).map(({ entity, name, label }): ConditionField => ({
    name: `${entity}.custom.${name}`, title: label ?? name, type: 'custom', ops: [...opsByType.custom], of: entity,
  }));
  const { rows: segments } = await db.raw<{ rows: { key: string }[] }>('SELECT key FROM segments WHERE NOT archived ORDER BY key');
  const named = known.map((field) => (field.name === 'customer.segments' ? { ...field, choices: segments.map(({ key }) => key) } : field));
  return [...named, ...custom];
}
