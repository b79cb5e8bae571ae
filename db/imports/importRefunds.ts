import type { Knex } from 'knex';
import type { FiledRefund } from '../../domain/ledger/records';
import { rowReader } from '../../domain/ledger/rows';
import { recordsMax, refundPayments, reversePayments } from '../ledger';
import type { LedgerContext, RecordResult, RecordStatus } from '../ledger/context';
import type { ImportOptions, RowSource } from './importRows';
import { errorsMax, outcomeOf, type ImportReport, type RowError } from './report';

interface PlacedRefund {
  line: number;
  record: FiledRefund;
}

/**
 * Takes refunds, reversals and chargebacks from a file, in its order, as many at once as one call may bring: each is of what those before it have left. A reversal counts from now on, as one that
 * a bank tells of.
 */
export async function importRefunds(trx: Knex.Transaction, context: LedgerContext, source: RowSource, options: ImportOptions): Promise<Omit<ImportReport, 'digest' | 'durationMs'>> {
  const { file, mapping } = options;
  const reader = rowReader('refunds', mapping, source.header);
  const counts: Record<RecordStatus, number> = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  const errors: RowError[] = [];
  let rows = 0;
  const refuse = (line: number, faults: readonly { field: string; value: string | null; reason: string }[]): void => {
    for (const { field, value, reason } of faults) if (errors.length < errorsMax) errors.push({ line, column: reader.columnOf(field), value, reason });
  };
  const record = async (placed: readonly PlacedRefund[]): Promise<void> => {
    for (const result of await takeBack(trx, context, placed.map((each) => each.record))) {
      counts[result.status] += 1;
      if (result.errors) refuse(placed[result.index]!.line, result.errors);
    }
  };
  for await (const batch of source.batches()) {
    let waiting: PlacedRefund[] = [];
    for (const { line, cells } of batch) {
      rows += 1;
      const row = reader.read(cells);
      if (row.kind === 'refused') {
        counts.refused += 1;
        refuse(line, row.errors);
        continue;
      }
      const { record: next } = row;
      if (waiting.length === recordsMax || (waiting[0] && isReversal(waiting[0].record) !== isReversal(next))) {
        await record(waiting);
        waiting = [];
      }
      waiting.push({ line, record: next });
    }
    if (waiting.length) await record(waiting);
    options.onProgress?.({ kind: 'refunds', file, phase: 'writing', rows, bytes: source.readBytes(), totalBytes: source.totalBytes });
  }
  return { kind: 'refunds', file, rows, ...counts, errors: errors.sort((a, b) => a.line - b.line), customFields: [], outcome: outcomeOf(options, counts.refused) };
}

const isReversal = ({ kind }: FiledRefund): boolean => kind !== 'refund';

/** All are refunds, or none is. */
async function takeBack(trx: Knex.Transaction, context: LedgerContext, records: readonly FiledRefund[]): Promise<RecordResult[]> {
  const reversals = records.flatMap(({ kind, paymentExternalId, currency, refundedAt, reason }) => (kind === 'refund' ? [] : [{ externalId: paymentExternalId, kind, currency, reversedAt: refundedAt, reason }]));
  if (reversals.length === 0) return refundPayments(trx, context, records);
  // The ledger knows a reversal by its payment alone.
  return (await reversePayments(trx, context, reversals)).map(({ errors: faults, ...result }) => ({
    ...result, ...(faults ? { errors: faults.map((fault) => (fault.field === 'external_id' ? { ...fault, field: 'payment_external_id' } : fault)) } : {}),
  }));
}
