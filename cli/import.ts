import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { ImportFile, ImportReport } from '../db/imports';
import { MappingError, type Mapping } from '../domain/ledger/mapping';
import type { FileKind } from '../domain/ledger/records';
import { CsvError } from '../integrations/csv/csvError';
import { CommandError } from './commandError';
import { commandEnvironment } from './environment';
import { progressBar, type Progress } from './progress';

interface Options {
  mapping?: string;
  saved?: string;
  dryRun?: boolean;
  atomic: 'file' | 'row';
  json?: boolean;
}

const kinds: Record<string, FileKind> = { customers: 'customers', invoices: 'invoices', payments: 'payments', credit_notes: 'credit_notes', 'credit-notes': 'credit_notes', refunds: 'refunds', disputes: 'disputes', promises: 'promises' };

const teaching = `
What to import:
  customers, invoices, payments, credit_notes, refunds, disputes, promises    with the FILE of that kind
  a folder                                                                    those of these files that it has, in that order and as one

Columns carry the fields' own names (docs/ledger.md lists them), or a mapping says which column is what:
  { "kind": "invoices", "columns": { "external_id": "invoiceNumber", "total": "InvoiceAmount" },
    "constants": { "currency": "USD" }, "dateFormat": "M/d/yyyy", "decimal": "." }
Other columns of customers and invoices become custom fields. Importing a file again changes nothing.

Examples:
  $ npx dunwell import invoices march.csv --mapping erp.json --dry-run
  $ npx dunwell import invoices march.csv --saved erp --atomic row
  $ npx dunwell import ./ledger

Exit codes: 0 imported, 1 rows were refused or the file could not be read, 2 wrong usage.`;

/** `dunwell import KIND FILE` and `dunwell import FOLDER` */
export function register(program: Command): void {
  program
    .command('import')
    .description('bring customers, invoices, payments, credit notes, refunds, disputes and promises from CSV files into the ledger')
    .argument('<what>', 'customers, invoices, payments, credit_notes, refunds, disputes, promises, or a folder of ledger files')
    .argument('[file]', 'the CSV file')
    .option('--mapping <file>', 'JSON file that says which column is what')
    .option('--saved <name>', 'a mapping that was saved under a name')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--atomic <unit>', 'file: one refused row and nothing is imported; row: every row that is right is imported', atomicUnit, 'file')
    .option('--json', 'print the report of each file as one line of JSON, and no progress')
    .addHelpText('after', teaching)
    .action(runImport);
}

function atomicUnit(text: string): 'file' | 'row' {
  if (text !== 'file' && text !== 'row') throw new InvalidArgumentError('It must be file or row.');
  return text;
}

async function runImport(what: string, file: string | undefined, options: Options): Promise<void> {
  const files = await filesOf(what, file, options);
  const { connect } = await import('../db/connect');
  const knex = connect(commandEnvironment().databaseUrl, { poolMax: 2 });
  let reading = options.mapping ?? '';
  try {
    const { ImportEnded, importFiles, readMapping } = await import('../db/imports');
    const { readClock } = await import('../db/clock/clock');
    const { openCsv } = await import('../integrations/csv/readCsv');
    const { parseMapping, plainMapping } = await import('../domain/ledger/mapping');
    const toImport: ImportFile[] = [];
    for (const { kind, path } of files) {
      const mapping = options.mapping ? parseMapping(await readJson(options.mapping))
        : options.saved ? (await readMapping(knex, kind, options.saved))?.mapping ?? missingMapping(kind, options.saved)
        : plainMapping(kind);
      checkKind(mapping, kind);
      toImport.push({ kind, mapping, file: basename(path), open: () => openCsv((reading = path), mapping) });
    }
    let bar: { file: string; progress: Progress } | null = null;
    const context = { actor: commandActor(), at: new Date((await readClock(knex)).now) };
    const reports = await importFiles(knex, context, toImport, {
      atomic: options.atomic,
      dryRun: options.dryRun ?? false,
      onProgress: ({ file: name, bytes, totalBytes }) => {
        if (bar?.file !== name) {
          bar?.progress.stop();
          bar = { file: name, progress: progressBar(name, 'bytes', !options.json) };
        }
        bar.progress.update(bytes, totalBytes);
      },
    }).catch((error: unknown) => {
      throw error instanceof ImportEnded ? new CommandError(error.message) : error;
    }).finally(() => bar?.progress.stop());
    for (const report of reports) process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeReport(report));
    if (reports.some((report) => report.refused > 0)) process.exitCode = 1;
  } catch (error) {
    if (error instanceof CsvError || error instanceof MappingError) throw new CommandError(`${reading}: ${error.message}`);
    throw error;
  } finally {
    await knex.destroy();
  }
}

async function filesOf(what: string, file: string | undefined, options: Options): Promise<{ kind: FileKind; path: string }[]> {
  const kind = kinds[what];
  if (kind) {
    if (file === undefined) throw new CommandError(`Which file of ${what}? dunwell import ${what} FILE`, 2);
    return [{ kind, path: file }];
  }
  const isFolder = await stat(what).then((found) => found.isDirectory(), () => false);
  if (!isFolder) throw new CommandError(`"${what}" is neither a folder nor one of customers, invoices, payments, credit_notes, refunds, disputes, promises.`, 2);
  if (file !== undefined) throw new CommandError('A folder is imported as a whole: leave the file out.', 2);
  if (options.mapping ?? options.saved) throw new CommandError('A mapping is for one file; import the files of the folder one by one.', 2);
  const { findLedgerFiles } = await import('../integrations/csv/ledgerFolder');
  const files = await findLedgerFiles(what);
  if (!files.length) throw new CommandError(`${what} has none of customers.csv, invoices.csv, payments.csv, credit_notes.csv, refunds.csv, disputes.csv and promises.csv.`, 2);
  return files;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${path} is not JSON: ${error.message}`, 2);
    throw error;
  }
}

function missingMapping(kind: FileKind, name: string): never {
  throw new CommandError(`No mapping for ${kind} is saved as "${name}".`, 2);
}

function checkKind(mapping: Mapping, kind: FileKind): void {
  if (mapping.kind !== kind) throw new CommandError(`The mapping is for ${mapping.kind}, the file is said to hold ${kind}.`, 2);
}

function commandActor(): { kind: 'system'; id: string; name: string } {
  return { kind: 'system', id: 'command-line', name: process.env.USER ? `${process.env.USER} on the command line` : 'command line' };
}

/** Errors printed for people; --json has them all up to the report's bound. */
const errorsShown = 20;

function describeReport(report: ImportReport): string {
  const number = (count: number): string => count.toLocaleString('en');
  const counts = `${number(report.created)} created, ${number(report.updated)} updated, ${number(report.unchanged)} unchanged, ${number(report.refused)} refused`;
  const outcome = { imported: '', 'dry-run': ' (dry run: nothing was changed)', 'rolled-back': ' (nothing was imported; --atomic row imports the rows that are right)' }[report.outcome];
  const lines = [`${report.file}: ${number(report.rows)} rows of ${report.kind.replace('_', ' ')} in ${(report.durationMs / 1000).toFixed(1)} s: ${counts}${outcome}`];
  if (report.customFields.length) lines.push(`  custom fields: ${report.customFields.map(({ name, type }) => `${name} (${type})`).join(', ')}`);
  for (const { line, column, value, reason } of report.errors.slice(0, errorsShown)) {
    lines.push(`  line ${line}, ${column}: ${value === null ? '' : `"${value}" `}${reason}`);
  }
  if (report.errors.length > errorsShown) lines.push(`  … and ${number(report.errors.length - errorsShown)} more errors; --json lists them`);
  return `${lines.join('\n')}\n`;
}
