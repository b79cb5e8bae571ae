import type { CustomType } from '../../domain/ledger/customFields';
import type { FileKind } from '../../domain/ledger/records';

export interface RowError {
  /** The line of the file, from 1; the header is line 1. */
  line: number;
  column: string;
  value: string | null;
  reason: string;
}

export interface ImportReport {
  kind: FileKind;
  file: string;
  /** Rows after the header. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** The first of them by line; `refused` counts every row. */
  errors: RowError[];
  /** Custom fields that the file brought, with their types. */
  customFields: { name: string; type: CustomType }[];
  outcome: 'imported' | 'dry-run' | 'rolled-back';
  /** sha256 of the file, hex. */
  digest: string;
  durationMs: number;
}

/** The most errors that a report lists. */
export const errorsMax = 1_000;

export function outcomeOf({ dryRun, atomic }: { dryRun?: boolean; atomic: 'file' | 'row' }, refused: number): ImportReport['outcome'] {
  return dryRun ? 'dry-run' : atomic === 'file' && refused > 0 ? 'rolled-back' : 'imported';
}
