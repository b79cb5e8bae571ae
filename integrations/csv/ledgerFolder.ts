import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileKind } from '../../domain/ledger/records';

/** The files of a ledger folder, in the order in which each finds what it refers to. */
export const ledgerFileNames: readonly { kind: FileKind; name: string }[] = [
  { kind: 'customers', name: 'customers.csv' },
  { kind: 'invoices', name: 'invoices.csv' },
  { kind: 'payments', name: 'payments.csv' },
  { kind: 'credit_notes', name: 'credit_notes.csv' },
  { kind: 'refunds', name: 'refunds.csv' },
  { kind: 'disputes', name: 'disputes.csv' },
  { kind: 'promises', name: 'promises.csv' },
];

/** Those that a folder has. */
export async function findLedgerFiles(folder: string): Promise<{ kind: FileKind; path: string }[]> {
  const found = await Promise.all(ledgerFileNames.map(async ({ kind, name }) => {
    const path = join(folder, name);
    return (await access(path).then(() => true, (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    })) ? [{ kind, path }] : [];
  }));
  return found.flat();
}
