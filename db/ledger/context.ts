import type { Knex } from 'knex';
import type { FieldError } from '../../domain/ledger/records';
import type { Actor } from '../audit';

/** Who writes to the ledger, and when on the deployment's clock. */
export interface LedgerContext {
  actor: Actor;
  at: Date;
}

export type RecordStatus = 'created' | 'updated' | 'unchanged' | 'refused';

/** What came of one record of a call. */
export interface RecordResult {
  /** Its position in the call, from 0. */
  index: number;
  externalId: string;
  status: RecordStatus;
  errors?: FieldError[];
}

/** The most records in one call; more go through an import. */
export const recordsMax = 1_000;

/** Runs in a transaction of its own, or within the caller's. */
export function inTransaction<T>(db: Knex | Knex.Transaction, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Knex.Transaction) : db.transaction(work);
}

export function refused(index: number, externalId: string, field: string, value: string | null, reason: string): RecordResult {
  return { index, externalId, status: 'refused', errors: [{ field, value, reason }] };
}
