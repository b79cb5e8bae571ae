import type { Knex } from 'knex';

/** Where the deployment's clock is manual, the trail says what it showed too: a customer's timeline is in its order. Entries of before have none, and keep the wall clock's. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE audit_entries ADD COLUMN clock_at timestamptz');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE audit_entries DROP COLUMN clock_at');
}
