import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import type { CustomField } from '../readmodels/settings';

export class SettingError extends Error {
  override name = 'SettingError';
}

export async function putBusinessUnit(trx: Knex.Transaction, actor: Actor, unit: { code: string; name: string }): Promise<{ id: number; code: string; name: string }> {
  const { rows } = await trx.raw<{ rows: { id: number; code: string; name: string }[] }>(
    'INSERT INTO business_units (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name RETURNING id, code, name', [unit.code, unit.name]);
  await appendAudit(trx, [{ actor, action: 'business-unit.put', subjectType: 'business-unit', subjectId: unit.code, after: unit }]);
  return rows[0] ?? { id: 0, ...unit };
}

/** Adds a custom field or changes its label. Its type stays: values that are there have it. Throws SettingError. */
export async function putCustomField(trx: Knex.Transaction, actor: Actor, field: CustomField): Promise<CustomField> {
  const { rows } = await trx.raw<{ rows: CustomField[] }>(
    `INSERT INTO custom_fields (entity, name, type, label) VALUES (?, ?, ?, ?)
     ON CONFLICT (entity, name) DO UPDATE SET label = EXCLUDED.label RETURNING entity, name, type, label`, [field.entity, field.name, field.type, field.label]);
  const kept = rows[0] ?? field;
  if (kept.type !== field.type) throw new SettingError(`The custom field "${field.name}" holds ${kept.type} values: its type cannot be changed to ${field.type}.`);
  await appendAudit(trx, [{ actor, action: 'custom-field.put', subjectType: 'custom-field', subjectId: `${field.entity}.${field.name}`, after: field }]);
  return kept;
}
