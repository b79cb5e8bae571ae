import type { Knex } from 'knex';

/** An invoice also comes to another policy by a step that starts it, not only by a migration. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE policy_moves
      ALTER COLUMN migration_id DROP NOT NULL,
      ADD COLUMN started_by text,               -- the step that started the policy, as in 'reference@1/to-legal'
      ADD CONSTRAINT policy_moves_by CHECK ((migration_id IS NULL) = (started_by IS NOT NULL));
    -- Asked of every invoice that is decided on, so of as few rows as there are.
    CREATE INDEX policy_moves_started ON policy_moves (invoice_id) WHERE started_by IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DELETE FROM policy_moves WHERE migration_id IS NULL;
    ALTER TABLE policy_moves DROP COLUMN started_by, ALTER COLUMN migration_id SET NOT NULL;
  `);
}
