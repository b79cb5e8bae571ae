import { CustomTypeInference, typeCustom, type CustomType } from '../../domain/ledger/customFields';
import { plainMapping, type Mapping } from '../../domain/ledger/mapping';
import type { FileKind, FileRecords } from '../../domain/ledger/records';
import { rowReader } from '../../domain/ledger/rows';
import { openCsv } from './readCsv';

export interface RowError {
  line: number;
  column: string;
  value: string | null;
  reason: string;
}

export interface LedgerFile<K extends FileKind> {
  records: FileRecords[K][];
  /** The line of each record. */
  lines: number[];
  errors: RowError[];
  customTypes: ReadonlyMap<string, CustomType>;
}

/**
 * Reads a whole ledger file into memory, by the rules of an import: for what works on files alone. Custom fields take the types
 * that their columns show. Throws CsvError or MappingError when the file as a whole cannot be read.
 */
export async function readLedgerFile<K extends FileKind>(kind: K, path: string, mapping: Mapping = plainMapping(kind)): Promise<LedgerFile<K>> {
  const file = await openCsv(path, mapping);
  const reader = rowReader(kind, mapping, file.header);
  const inference = new CustomTypeInference(mapping.decimal);
  const records: FileRecords[K][] = [];
  const lines: number[] = [];
  const errors: RowError[] = [];
  for await (const batch of file.batches()) for (const { line, cells } of batch) {
    const row = reader.read(cells);
    if (row.kind === 'refused') {
      errors.push(...row.errors.map(({ field, value, reason }) => ({ line, column: reader.columnOf(field), value, reason })));
      continue;
    }
    if ('custom' in row.record && row.record.custom) inference.see(row.record.custom);
    records.push(row.record);
    lines.push(line);
  }
  const customTypes = inference.types();
  if (!reader.customColumns.length) return { records, lines, errors, customTypes };
  return {
    records: records.map((record) => ('custom' in record && record.custom ? { ...record, custom: typeCustom(record.custom, customTypes, mapping.decimal) } : record)),
    lines,
    errors,
    customTypes,
  };
}
