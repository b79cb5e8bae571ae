import type { Knex } from 'knex';
import type { CustomValue } from '../../domain/collection/facts';
import { recordChecks } from '../../domain/ledger/recordChecks';
import type { FieldError, LedgerKind, LedgerRecords } from '../../domain/ledger/records';
import type { UpsertMode } from './checked';
import { recordsMax, type RecordResult } from './context';
import { checkCustomValues, type CustomEntity } from './customFields';
import { fillIncoming, openIncoming } from './incoming';

/** Refuses records that are wrong by themselves, stages the others, and puts the results together in the order of the call. */
export async function upsertRecords<K extends LedgerKind, R extends RecordResult>(
  trx: Knex.Transaction,
  kind: K,
  records: readonly LedgerRecords[K][],
  entity: CustomEntity | null,
  settle: (mode: UpsertMode) => Promise<R[]>,
): Promise<(R | RecordResult)[]> {
  if (records.length > recordsMax) throw new RangeError(`${records.length} ${kind} in one call; at most ${recordsMax}. Import a file instead.`);
  const customs = records.map((record) => ('custom' in record ? (record.custom as Readonly<Record<string, CustomValue>> | undefined) : undefined));
  const customErrors = entity ? await checkCustomValues(trx, entity, customs) : [];
  const errors = records.map((record, index): FieldError[] => [...recordChecks[kind](record), ...(customErrors[index] ?? [])]);
  const accepted = records.flatMap((record, index) => (errors[index]!.length ? [] : [{ index, record }]));
  const results = new Map<number, R | RecordResult>(
    records.flatMap((record, index) => (errors[index]!.length ? [[index, { index, externalId: record.externalId, status: 'refused', errors: errors[index] }]] : [])),
  );
  if (accepted.length) {
    await openIncoming(trx, kind);
    await fillIncoming(trx, kind, accepted);
    for (const result of await settle({ place: 'record', audit: 'each', given: 'each' })) results.set(result.index, result);
  }
  return [...results.values()].sort((a, b) => a.index - b.index);
}
