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

/** A third collision of the same two writers is not chance. */
const attemptsMax = 3;
/** Two callers created the same record at once, or waited for each other: the one that lost finds, on trying again, what the other wrote. */
const collisions = new Set(['23505', '40001', '40P01']);

export const isCollision = (error: unknown): boolean => collisions.has((error as { code?: string }).code ?? '');

/** Runs in a transaction of its own, again if it collided with another writer; or, once, within the caller's. */
export async function inTransaction<T>(db: Knex | Knex.Transaction, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Knex.Transaction);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt === attemptsMax || !isCollision(error)) throw error;
    }
  }
}

export function refused(index: number, externalId: string, field: string, value: string | null, reason: string): RecordResult {
  return { index, externalId, status: 'refused', errors: [{ field, value, reason }] };
}
