import type { Knex } from 'knex';
import type { CustomType } from '../../domain/ledger/customFields';
import type { DecimalMark } from '../../domain/ledger/decimalText';
import type { LedgerKind } from '../../domain/ledger/records';

/** PostgreSQL hands a function 100 arguments at most. */
const pairsMax = 50;

/**
 * Turns the texts of new custom fields into values of the types that were found for them. The types are known only after the last
 * row, when all rows are in the incoming table; every value was seen and fits.
 */
export async function typeIncomingCustom(trx: Knex.Transaction, kind: LedgerKind, types: ReadonlyMap<string, CustomType>, decimal: DecimalMark): Promise<void> {
  const typed = [...types].filter(([, type]) => type === 'number' || type === 'boolean');
  if (!typed.length) return;
  const objects = Array.from({ length: Math.ceil(typed.length / pairsMax) }, (_each, index) => typed.slice(index * pairsMax, (index + 1) * pairsMax))
    .map((some) => `jsonb_build_object(${some.map(([, type]) => `?::text, ${typedValue(type, decimal)}`).join(', ')})`);
  await trx.raw(`UPDATE incoming_${kind} SET custom = custom || ${objects.join(' || ')}`, typed.flatMap(([name]) => [name, name]));
}

function typedValue(type: CustomType, decimal: DecimalMark): string {
  const text = 'custom ->> ?::text';
  if (type === 'boolean') return `lower(${text}) IN ('true', 'yes')`;
  // As JavaScript has it, which reads the column once its type is known: the same file again is to change nothing.
  return decimal === '.' ? `replace(${text}, ',', '')::float8` : `replace(replace(${text}, '.', ''), ',', '.')::float8`;
}
