import type { Knex } from 'knex';
import { CustomTypeInference, readCustom, type CustomType } from '../../domain/ledger/customFields';
import { shown } from '../../domain/ledger/checks';
import type { Mapping } from '../../domain/ledger/mapping';
import type { FieldError, FileKind, LedgerKind } from '../../domain/ledger/records';
import { rowReader, type RowReader } from '../../domain/ledger/rows';
import { appendAudit } from '../audit';
import type { UpsertMode } from '../ledger/checked';
import { isAway } from '../away';
import { inTransaction, isCollision, type LedgerContext } from '../ledger/context';
import { settleCustomers } from '../ledger/customers';
import { readCustomFields, registerCustomFields, type CustomEntity } from '../ledger/customFields';
import { incomingRow, openIncoming, type IncomingRow } from '../ledger/incoming';
import { settleInvoices } from '../ledger/invoices';
import { settleReceipts } from '../ledger/receipts';
import { copyIncoming } from './copyRows';
import { typeIncomingCustom } from './customTypes';
import { importClaims } from './importClaims';
import { importRefunds } from './importRefunds';
import { errorsMax, outcomeOf, type ImportReport, type RowError } from './report';

/** A file of rows; `openCsv` gives one. */
export interface RowSource {
  header: readonly string[];
  totalBytes: number;
  readBytes(): number;
  /** The rows, some at a time. */
  batches(): AsyncIterable<readonly { line: number; cells: readonly string[] }[]>;
  digest(): string;
}

export interface ImportOptions {
  kind: FileKind;
  /** The file's name, for the report and the audit trail. */
  file: string;
  mapping: Mapping;
  /** 'file': one refused row and nothing is imported. 'row': every row that is right is imported. */
  atomic: 'file' | 'row';
  dryRun?: boolean;
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  kind: FileKind;
  file: string;
  phase: 'reading' | 'writing';
  rows: number;
  bytes: number;
  totalBytes: number;
}

const entities: Partial<Record<LedgerKind, CustomEntity>> = { customers: 'customer', invoices: 'invoice' };

/** A file to import, opened when its turn comes: from its beginning, and once more where the import is carried out again. */
export type ImportFile = Pick<ImportOptions, 'kind' | 'file' | 'mapping'> & { open(): Promise<RowSource> };
export type ImportManner = Pick<ImportOptions, 'atomic' | 'dryRun' | 'onProgress'>;

/**
 * Imports a file into the ledger in one transaction: its rows are streamed into a temporary table and taken over from there by set-based
 * statements. Importing the same file again leaves everything unchanged. Throws MappingError when the columns do not fit.
 */
export async function importRows(knex: Knex, context: LedgerContext, open: ImportFile['open'], options: ImportOptions): Promise<ImportReport> {
  const [report] = await importFiles(knex, context, [{ ...options, open }], options);
  return report!;
}

/**
 * Imports several files in one transaction, in the order given, so that a dry run of a whole folder finds what its files refer to.
 * With `atomic: 'file'` a refused row ends it there: nothing of any file is imported, and the files after it have no report.
 * Where it collides with another writer it is carried out again. Throws ImportEnded when the database is lost, or others are in the way time and again.
 */
export async function importFiles(knex: Knex, context: LedgerContext, files: readonly ImportFile[], manner: ImportManner): Promise<ImportReport[]> {
  let reports: ImportReport[] = [];
  let reached = { file: files[0]?.file ?? '', rows: 0 };
  const onProgress = (progress: ImportProgress): void => {
    reached = progress;
    manner.onProgress?.(progress);
  };
  try {
    await inTransaction(knex, async (trx) => {
      reports = [];
      // Memory for the sorts and joins of a large file; compiling its few statements would take longer than it saves.
      await trx.raw(`SET LOCAL work_mem = '64MB'; SET LOCAL jit = off`);
      for (const file of files) {
        reached = { file: file.file, rows: 0 };
        const report = await importWithin(trx, context, await file.open(), { ...manner, onProgress, kind: file.kind, file: file.file, mapping: file.mapping });
        reports.push(report);
        if (report.outcome === 'rolled-back') break;
      }
      if (reports.some((report) => report.outcome !== 'imported')) throw new RolledBack();
      for (const report of reports) await auditImport(trx, context, report);
    });
    return reports;
  } catch (error) {
    if (isAway(error)) throw new ImportEnded(`${reached.file}: the connection to the database was lost after ${reached.rows} rows were read. Nothing is half done: import it again, and what is there already stays as it is.`, error);
    if (isCollision(error)) throw new ImportEnded(`${reached.file}: others wrote the same records at the same time, again and again. Nothing was imported: import it again once they are done.`, error);
    if (!(error instanceof RolledBack)) throw error;
    const failed = reports.some((report) => report.outcome === 'rolled-back');
    return reports.map((report) => (failed ? { ...report, outcome: 'rolled-back' } : report));
  }
}

/** Why an import came to nothing though its files are right: which file, and what to do. */
export class ImportEnded extends Error {
  override name = 'ImportEnded';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

/** Leaves a transaction that is to change nothing. */
class RolledBack extends Error {}

async function importWithin(trx: Knex.Transaction, context: LedgerContext, source: RowSource, options: ImportOptions): Promise<ImportReport> {
  const started = performance.now();
  const { kind } = options;
  const report = kind === 'promises' || kind === 'disputes' ? await importClaims(trx, context, source, { ...options, kind })
    : kind === 'refunds' ? await importRefunds(trx, context, source, options)
      : await importLedger(trx, context, source, { ...options, kind });
  return { ...report, digest: source.digest(), durationMs: Math.round(performance.now() - started) };
}

type LedgerOptions = ImportOptions & { kind: LedgerKind };
type ReportSoFar = Omit<ImportReport, 'digest' | 'durationMs'>;

async function importLedger(trx: Knex.Transaction, context: LedgerContext, source: RowSource, options: LedgerOptions): Promise<ReportSoFar> {
  const reader = rowReader(options.kind, options.mapping, source.header);
  const staged = await stage(trx, source, reader, options);
  options.onProgress?.({ kind: options.kind, file: options.file, phase: 'writing', rows: staged.rows, bytes: source.totalBytes, totalBytes: source.totalBytes });
  await settle(trx, options.kind, context, { place: 'line', audit: 'by-caller', given: givenColumns(reader) });
  return readReport(trx, reader, staged, options);
}

interface Staged {
  rows: number;
  refused: number;
  errors: RowError[];
  customFields: Map<string, CustomType>;
}

async function stage(trx: Knex.Transaction, source: RowSource, reader: RowReader<LedgerKind>, options: LedgerOptions): Promise<Staged> {
  const { kind, mapping, onProgress } = options;
  const entity = entities[kind];
  const known = entity && reader.customColumns.length ? await readCustomFields(trx, entity) : new Map<string, CustomType>();
  const inference = new CustomTypeInference(mapping.decimal);
  const staged: Staged = { rows: 0, refused: 0, errors: [], customFields: new Map() };

  const accept = ({ line, cells }: { line: number; cells: readonly string[] }): IncomingRow | null => {
    staged.rows += 1;
    const read = reader.read(cells);
    const errors = read.kind === 'refused' ? read.errors : 'custom' in read.record ? typeKnown(read.record.custom as Record<string, unknown>, known, mapping) : [];
    if (read.kind === 'refused' || errors.length) {
      staged.refused += 1;
      for (const { field, value, reason } of errors) if (staged.errors.length < errorsMax) staged.errors.push({ line, column: reader.columnOf(field), value, reason });
      return null;
    }
    if (reader.customColumns.length && 'custom' in read.record && read.record.custom) inference.see(read.record.custom);
    return incomingRow(kind, read.record);
  };

  async function* accepted(): AsyncGenerator<{ line: number; row: IncomingRow }[]> {
    for await (const batch of source.batches()) {
      yield batch.flatMap((at) => {
        const row = accept(at);
        return row ? [{ line: at.line, row }] : [];
      });
      onProgress?.({ kind, file: options.file, phase: 'reading', rows: staged.rows, bytes: source.readBytes(), totalBytes: source.totalBytes });
    }
  }

  await openIncoming(trx, kind);
  await copyIncoming(trx, kind, accepted());
  if (entity && reader.customColumns.length) {
    const fresh = new Map([...inference.types()].filter(([name]) => !known.has(name)));
    await registerCustomFields(trx, entity, fresh);
    await typeIncomingCustom(trx, kind, fresh, mapping.decimal);
    staged.customFields = new Map(reader.customColumns.flatMap((name): [string, CustomType][] => {
      const type = known.get(name) ?? fresh.get(name);
      return type ? [[name, type]] : [];
    }));
  }
  return staged;
}

/** Types the custom values of fields that are registered, in place; what does not fit is an error of its row. */
function typeKnown(custom: Record<string, unknown>, known: ReadonlyMap<string, CustomType>, mapping: Mapping): FieldError[] {
  const errors: FieldError[] = [];
  if (!known.size) return errors;
  for (const [name, value] of Object.entries(custom)) {
    const type = known.get(name);
    if (!type || typeof value !== 'string') continue;
    const typed = readCustom(value, type, mapping.decimal);
    if (typed === undefined) errors.push({ field: name, value: shown(value), reason: `is not a ${type}, which this custom field is` });
    else custom[name] = typed;
  }
  return errors;
}

function givenColumns(reader: RowReader<LedgerKind>): ReadonlySet<string> {
  return new Set([
    ...reader.fields.map((field) => (field === 'total' || field === 'credit_limit' ? `${field}_minor` : field !== 'owner_email' && field.endsWith('email') ? 'contacts' : field)),
    ...(reader.customColumns.length ? ['custom'] : []),
  ]);
}

async function settle(trx: Knex.Transaction, kind: LedgerKind, context: LedgerContext, mode: UpsertMode): Promise<void> {
  switch (kind) {
    case 'customers': return settleCustomers(trx, context, mode);
    case 'invoices': return settleInvoices(trx, context, mode);
    case 'payments':
    case 'credit_notes': return settleReceipts(trx, kind, context, mode);
  }
}

async function readReport(trx: Knex.Transaction, reader: RowReader<LedgerKind>, staged: Staged, options: LedgerOptions): Promise<ReportSoFar> {
  const { kind } = options;
  const { rows } = await trx.raw<{ rows: { status: string; count: number }[] }>(`SELECT status, count(*) AS count FROM checked_${kind} GROUP BY status`);
  const counts = new Map(rows.map((row) => [row.status, row.count]));
  const refusedLater = await trx<{ ord: number; status: string; field: string; value: string | null; reason: string }>(`checked_${kind}`)
    .where('status', 'refused').orderBy('ord').limit(errorsMax).select('ord', 'field', 'value', 'reason');
  const errors = [...staged.errors, ...refusedLater.map(({ ord, field, value, reason }) => ({ line: ord, column: reader.columnOf(field), value, reason }))]
    .sort((a, b) => a.line - b.line).slice(0, errorsMax);
  const refused = staged.refused + (counts.get('refused') ?? 0);
  return {
    kind,
    file: options.file,
    rows: staged.rows,
    created: counts.get('created') ?? 0,
    updated: counts.get('updated') ?? 0,
    unchanged: counts.get('unchanged') ?? 0,
    refused,
    errors,
    customFields: [...staged.customFields].map(([name, type]) => ({ name, type })),
    outcome: outcomeOf(options, refused),
  };
}

async function auditImport(trx: Knex.Transaction, context: LedgerContext, report: ImportReport): Promise<void> {
  const { file, rows, created, updated, unchanged, refused, digest } = report;
  await appendAudit(trx, [{
    actor: context.actor,
    action: `${report.kind.replace('_', '-')}.imported`,
    subjectType: 'import',
    subjectId: file,
    after: { rows, created, updated, unchanged, refused, sha256: digest },
  }]);
}
