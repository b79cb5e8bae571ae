import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { stringify, type Stringifier } from 'csv-stringify';
import { z } from 'zod';
import { dateReader, type DateReader } from '../../domain/ledger/dateFormat';
import { ledgerFields, requiredFields, takesCustomFields } from '../../domain/ledger/fields';
import { MappingError } from '../../domain/ledger/mapping';
import type { FileKind } from '../../domain/ledger/records';
import { ledgerFileNames } from './ledgerFolder';
import { openCsv } from './readCsv';

/** A cell of a ledger file: a text with the source's columns in braces, or such a text looked up in a table. */
const cellSchema = z.union([
  z.string(),
  z.strictObject({ lookup: z.string(), table: z.record(z.string(), z.string()), otherwise: z.string() }),
]);
const fileSchema = z.record(z.string(), cellSchema);

/**
 * How one table of another system, one row per invoice, becomes the files of a ledger. A row adds a record to a file unless the record's
 * external id is empty or has been there: so a customer of many invoices is written once.
 */
export const ledgerFilesSchema = z.strictObject({
  title: z.string().optional(),
  /** How the source writes its dates; the ledger files have ISO dates. */
  dateFormat: z.string().default('yyyy-MM-dd'),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'latin1']).default('utf-8'),
  customers: fileSchema.optional(),
  invoices: fileSchema.optional(),
  payments: fileSchema.optional(),
  credit_notes: fileSchema.optional(),
  refunds: fileSchema.optional(),
  disputes: fileSchema.optional(),
  promises: fileSchema.optional(),
});
export type LedgerFilesMapping = z.infer<typeof ledgerFilesSchema>;

export function parseLedgerFilesMapping(document: unknown): LedgerFilesMapping {
  const parsed = ledgerFilesSchema.safeParse(document);
  if (!parsed.success) throw new MappingError(`The mapping is not valid: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`).join('; ')}`);
  for (const { kind } of ledgerFileNames) {
    const file = parsed.data[kind];
    if (!file) continue;
    const missing = requiredFields[kind].filter((field) => !(field in file));
    if (missing.length) throw new MappingError(`${kind} lacks ${missing.join(', ')}`);
    const known: readonly string[] = ledgerFields[kind];
    const unknown = Object.keys(file).filter((field) => !known.includes(field));
    if (unknown.length && !takesCustomFields[kind]) throw new MappingError(`${kind}.${unknown[0]} is not a field; the fields are ${known.join(', ')}`);
  }
  return parsed.data;
}

const dateFields = new Set(['issued_on', 'due_on', 'received_at', 'refunded_at', 'made_at', 'promised_on', 'opened_at', 'resolved_at']);

interface OutputFile {
  kind: FileKind;
  fields: string[];
  cells: ((row: readonly string[], line: number) => string)[];
  seen: Set<string>;
  stream: Stringifier;
  written: Promise<unknown>;
}

/** Writes the files of a ledger from one source file; answers with the number of records in each. */
export async function writeLedgerFiles(sourcePath: string, mapping: LedgerFilesMapping, folder: string): Promise<Partial<Record<FileKind, number>>> {
  const source = await openCsv(sourcePath, mapping);
  const columns = new Map(source.header.map((name, index) => [name.trim(), index]));
  const date = dateReader(mapping.dateFormat);
  const files = ledgerFileNames.flatMap(({ kind, name }) => {
    const file = mapping[kind];
    if (!file) return [];
    const cells = Object.entries(file).map(([field, cell]) => cellReader(`${kind}.${field}`, cell, columns, dateFields.has(field) ? { date, format: mapping.dateFormat } : null));
    return [{ kind, name, fields: Object.keys(file), cells }];
  });
  await mkdir(folder, { recursive: true });
  const outputs = files.map(({ kind, name, fields, cells }): OutputFile => {
    const stream = stringify({ header: true, columns: fields });
    const target = createWriteStream(join(folder, name));
    const written = once(target, 'finish');
    stream.pipe(target);
    return { kind, fields, cells, seen: new Set(), stream, written };
  });

  for await (const batch of source.batches()) for (const { line, cells: row } of batch) {
    for (const output of outputs) {
      const id = output.cells[output.fields.indexOf('external_id')]!(row, line);
      if (!id || output.seen.has(id)) continue;
      output.seen.add(id);
      if (!output.stream.write(output.cells.map((cell) => cell(row, line)))) await once(output.stream, 'drain');
    }
  }
  for (const output of outputs) output.stream.end();
  await Promise.all(outputs.map((output) => output.written));
  return Object.fromEntries(outputs.map((output) => [output.kind, output.seen.size]));
}

function cellReader(
  path: string,
  cell: z.infer<typeof cellSchema>,
  columns: ReadonlyMap<string, number>,
  asDate: { date: DateReader; format: string } | null,
): (row: readonly string[], line: number) => string {
  if (typeof cell !== 'string') {
    const key = textReader(path, cell.lookup, columns);
    return (row) => cell.table[key(row)] ?? cell.otherwise;
  }
  const text = textReader(path, cell, columns);
  if (!asDate) return text;
  return (row, line) => {
    const raw = text(row);
    const iso = raw === '' ? '' : asDate.date(raw);
    if (iso === null) throw new MappingError(`Line ${line}: "${raw}" for ${path} is not a date in the format ${asDate.format}`);
    return iso;
  };
}

/** `pay-{invoiceNumber}`; empty when any column that it names is empty, so that half a text is never written. */
function textReader(path: string, template: string, columns: ReadonlyMap<string, number>): (row: readonly string[]) => string {
  const parts = template.split(/\{([^{}]*)\}/).map((part, index): string | number => {
    if (index % 2 === 0) return part;
    const column = columns.get(part);
    if (column === undefined) throw new MappingError(`${path} names the column "${part}", which the file does not have; it has ${[...columns.keys()].join(', ')}`);
    return column;
  });
  return (row) => {
    let text = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : row[part]?.trim() ?? '';
      if (typeof part === 'number' && value === '') return '';
      text += value;
    }
    return text;
  };
}
