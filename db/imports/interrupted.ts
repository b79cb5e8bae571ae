import type { Knex } from 'knex';

/** Any number that nothing else locks by pairs. */
const importLocks = 684_210;

/**
 * Does the work while holding the mark that this import is being carried out; null when somebody else holds it. The mark goes
 * with the process: one that dies leaves none.
 */
export function whileImporting<T>(knex: Knex, id: number, work: () => Promise<T>): Promise<T | null> {
  return knex.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { taken: boolean }[] }>('SELECT pg_try_advisory_xact_lock(?::integer, ?::integer) AS taken', [importLocks, id]);
    return rows[0]?.taken ? work() : null;
  });
}

/** Ends the imports that say they run although nobody carries them out, since their process died. Nothing of them was written. */
export async function endInterruptedImports(knex: Knex): Promise<void> {
  await knex.raw(
    `UPDATE imports SET state = 'failed', failure = 'The import was interrupted. Nothing was written: run it again.', finished_at = now()
     WHERE state = 'running' AND NOT EXISTS (
       SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ?::bigint::oid AND l.objid = imports.id::oid
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
    [importLocks],
  );
}
