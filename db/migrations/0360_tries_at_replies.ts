import type { Knex } from 'knex';

/** How often a reply was tried to be classified in vain, so that one at which it fails keeps no other waiting. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE replies
      ADD COLUMN attempts integer NOT NULL DEFAULT 0,
      ADD COLUMN next_attempt_at timestamptz NOT NULL DEFAULT now();   -- wall clock
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE replies DROP COLUMN attempts, DROP COLUMN next_attempt_at');
}
