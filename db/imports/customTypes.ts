import type { Knex } from 'knex';
import type { CustomType } from '../../domain/ledger/customFields';
import type { DecimalMark } from '../../domain/ledger/decimalText';
import type { LedgerKind } from '../../domain/ledger/records';

/**
 * Turns the texts of new custom fields into values of the types that were found for them. The types are known only after the last
 * row, when all rows are in the incoming table; every value was seen and fits.
 */
export async function typeIncomingCustom(trx: Knex.Transaction, kind: LedgerKind, types: ReadonlyMap<string, CustomType>, decimal: DecimalMark): Promise<void> {
  const typed = [...types].filter(([, type]) => type === 'number' || type === 'boolean');
  if (!typed.length) return;
  const pairs = typed.map(([, type]) => `?::text, ${typedValue(type, decimal)}`).join(', ');
  await trx.raw(`UPDATE incoming_${kind} SET custom = custom || jsonb_build_object(${pairs})`, typed.flatMap(([name]) => [name, name]));
}

function typedValue(type: CustomType, decimal: DecimalMark): string {
  const text = 'custom ->> ?::text';
  if (type === 'boolean') return `lower(${text}) IN ('true', 'yes')`;
  return decimal === '.' ? `replace(${text}, ',', '')::numeric` : `replace(replace(${text}, '.', ''), ',', '.')::numeric`;
}
