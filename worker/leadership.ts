import type { Knex } from 'knex';

/** Any numbers that nothing else in the database locks. */
export const leaderships = { relay: 684_210_011, clock: 684_210_012, segments: 684_210_020, mailbox: 684_210_070, automations: 684_210_091, campaigns: 684_210_092, statements: 684_210_180, notices: 684_210_210 } as const;

/**
 * Does a piece of work if no other worker is at it: the lock ends with its transaction, so a worker that dies leaves nothing behind. The work uses
 * the pool, not the transaction, and may take as long as it needs. Answers null when another worker holds the lock.
 */
export async function withLeadership<T>(knex: Knex, lock: number, work: () => Promise<T>): Promise<{ result: T } | null> {
  return knex.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { held: boolean }[] }>('SELECT pg_try_advisory_xact_lock(?) AS held', [lock]);
    return rows[0]?.held ? { result: await work() } : null;
  });
}
