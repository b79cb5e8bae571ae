import type { Knex } from 'knex';
import type { RefundRecord } from '../../domain/ledger/records';
import { rowReader } from '../../domain/ledger/rows';
import { recordsMax, refundPayments } from '../ledger';
import type { LedgerContext, RecordStatus } from '../ledger/context';
import type { ImportOptions, RowSource } from './importRows';
import { errorsMax, outcomeOf, type ImportReport, type RowError } from './report';

interface PlacedRefund {
  line: number;
  record: RefundRecord;
}

/** Takes refunds from a file, in its order, as many at once as one call may bring: each is of what those before it have left. */
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
    for (const result of await refundPayments(trx, context, placed.map((each) => each.record))) {
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
      waiting.push({ line, record: row.record });
      if (waiting.length < recordsMax) continue;
      await record(waiting);
      waiting = [];
    }
    if (waiting.length) await record(waiting);
    options.onProgress?.({ kind: 'refunds', file, phase: 'writing', rows, bytes: source.readBytes(), totalBytes: source.totalBytes });
  }
  return { kind: 'refunds', file, rows, ...counts, errors: errors.sort((a, b) => a.line - b.line), customFields: [], outcome: outcomeOf(options, counts.refused) };
}
