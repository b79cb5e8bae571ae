import type { Knex } from 'knex';
import type { CustomValue } from '../../domain/collection/facts';
import { customTypeOf, fitsCustomType, type CustomType } from '../../domain/ledger/customFields';
import type { FieldError } from '../../domain/ledger/records';

export type CustomEntity = 'customer' | 'invoice';

export async function readCustomFields(db: Knex, entity: CustomEntity): Promise<Map<string, CustomType>> {
  const rows = await db<{ entity: CustomEntity; name: string; type: CustomType }>('custom_fields').where({ entity }).select('name', 'type');
  return new Map(rows.map((row) => [row.name, row.type]));
}

/** Registers fields that are new; those that are known keep their type. Answers with all of them. */
export async function registerCustomFields(trx: Knex, entity: CustomEntity, types: ReadonlyMap<string, CustomType>): Promise<Map<string, CustomType>> {
  if (types.size) await trx('custom_fields').insert([...types].map(([name, type]) => ({ entity, name, type }))).onConflict(['entity', 'name']).ignore();
  return readCustomFields(trx, entity);
}

/** Checks the custom values of a call's records, registering names that are new with the type of their first value. */
export async function checkCustomValues(trx: Knex, entity: CustomEntity, customs: readonly (Readonly<Record<string, CustomValue>> | undefined)[]): Promise<FieldError[][]> {
  if (customs.every((custom) => !custom || !Object.keys(custom).length)) return customs.map(() => []);
  const first = new Map<string, CustomType>();
  for (const custom of customs) {
    for (const [name, value] of Object.entries(custom ?? {})) {
      if (value !== null && !first.has(name)) first.set(name, customTypeOf(value));
    }
  }
  const types = await registerCustomFields(trx, entity, first);
  return customs.map((custom) => Object.entries(custom ?? {}).flatMap(([name, value]): FieldError[] => {
    const type = types.get(name);
    return type && !fitsCustomType(value, type) ? [{ field: `custom.${name}`, value: String(value), reason: `is not a ${type}, which this custom field is` }] : [];
  }));
}
