import type { Knex } from 'knex';

/** Requests for write-offs have a time for an answer. Those that were asked for before keep having none. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE approvals ADD COLUMN timeout_days integer CHECK (timeout_days BETWEEN 1 AND 90);   -- of a write-off: so long each is asked
    CREATE INDEX approvals_write_offs ON approvals (due_at) WHERE kind = 'write-off' AND state IN ('pending', 'withdrawn');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX approvals_write_offs; ALTER TABLE approvals DROP COLUMN timeout_days');
}
