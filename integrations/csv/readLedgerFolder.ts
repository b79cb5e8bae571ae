import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { crossCheck } from '../../domain/simulation/crossCheck';
import type { Ledger } from '../../domain/simulation/timeline';
import type { FileKind } from '../../domain/ledger/records';
import { CsvError } from './csvError';
import { readLedgerFile, type LedgerFile, type RowError } from './readLedgerFile';

export const ledgerFiles: Record<FileKind, string> = {
  customers: 'customers.csv',
  invoices: 'invoices.csv',
  payments: 'payments.csv',
  credit_notes: 'credit_notes.csv',
  refunds: 'refunds.csv',
  disputes: 'disputes.csv',
  promises: 'promises.csv',
};

export interface FolderError extends RowError {
  file: string;
}

/**
 * Reads customers.csv, invoices.csv and, where they are there, payments.csv, credit_notes.csv, refunds.csv, disputes.csv and promises.csv of a folder, by the rules of an import. `errors` tells of
 * every row that was left out. Throws CsvError or MappingError when a file as a whole cannot be read.
 */
export async function readLedgerFolder(folder: string): Promise<{ ledger: Ledger; errors: FolderError[] }> {
  const [customers, invoices, payments, creditNotes, refunds, disputes, promises] = await Promise.all([
    read(folder, 'customers', true), read(folder, 'invoices', true), read(folder, 'payments', false), read(folder, 'credit_notes', false), read(folder, 'refunds', false), read(folder, 'disputes', false), read(folder, 'promises', false),
  ]);
  const files = { customers, invoices, payments, credit_notes: creditNotes, refunds, disputes, promises };
  const { ledger, errors } = crossCheck({
    customers: customers.records, invoices: invoices.records, payments: payments.records, creditNotes: creditNotes.records, refunds: refunds.records, disputes: disputes.records, promises: promises.records,
  });
  return {
    ledger,
    errors: [
      ...Object.entries(files).flatMap(([kind, { errors: rowErrors }]) => rowErrors.map((error) => ({ file: ledgerFiles[kind as FileKind], ...error }))),
      ...errors.map(({ kind, index, field, value, reason }) => ({ file: ledgerFiles[kind], line: files[kind].lines[index] ?? 0, column: field, value, reason })),
    ],
  };
}

async function read<K extends FileKind>(folder: string, kind: K, required: boolean): Promise<LedgerFile<K>> {
  const path = join(folder, ledgerFiles[kind]);
  if (existsSync(path)) return readLedgerFile(kind, path);
  if (required) throw new CsvError(`${path} is not there; a ledger folder has customers.csv and invoices.csv, and may have payments.csv, credit_notes.csv, refunds.csv, disputes.csv and promises.csv`);
  return { records: [], lines: [], errors: [], customTypes: new Map() };
}
