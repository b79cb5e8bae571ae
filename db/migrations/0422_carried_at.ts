import type { Knex } from 'knex';

/** When a decision was carried over to another policy version: what it holds back by a rule of the one before is held back no longer than that. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE carried_decisions ADD COLUMN carried_at timestamptz');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE carried_decisions DROP COLUMN carried_at');
}
