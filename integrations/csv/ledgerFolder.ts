import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderKind } from '../../domain/ledger/records';

/** The files of a ledger folder, in the order in which each finds what it refers to. */
export const ledgerFileNames: readonly { kind: FolderKind; name: string }[] = [
  { kind: 'customers', name: 'customers.csv' },
  { kind: 'invoices', name: 'invoices.csv' },
  { kind: 'payments', name: 'payments.csv' },
  { kind: 'credit_notes', name: 'credit_notes.csv' },
  { kind: 'disputes', name: 'disputes.csv' },
  { kind: 'promises', name: 'promises.csv' },
];

/** Those that a folder has. */
export async function findLedgerFiles(folder: string): Promise<{ kind: FolderKind; path: string }[]> {
  const found = await Promise.all(ledgerFileNames.map(async ({ kind, name }) => {
    const path = join(folder, name);
    return (await access(path).then(() => true, (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    })) ? [{ kind, path }] : [];
  }));
  return found.flat();
}
