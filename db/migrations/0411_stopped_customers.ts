import type { Knex } from 'knex';

/** The collection of a customer is stopped by a person: of what is open, and of what is invoiced until somebody resumes it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE customers ADD COLUMN stopped boolean NOT NULL DEFAULT false');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE customers DROP COLUMN stopped');
}
