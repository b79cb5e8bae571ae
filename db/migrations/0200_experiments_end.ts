import type { Knex } from 'knex';

/** An experiment on policies is ended by a person, who says what becomes of its customers. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE campaigns
      ADD COLUMN experiment_ended_at timestamptz,   -- on the deployment's clock; outcomes count up to here
      ADD COLUMN experiment_ended_by text,
      ADD COLUMN experiment_end_reason text,
      ADD COLUMN experiment_afterwards text CHECK (experiment_afterwards IN ('stay', 'go-back')),
      ADD CHECK ((experiment_ended_at IS NULL) = (experiment_afterwards IS NULL));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE campaigns DROP COLUMN experiment_ended_at, DROP COLUMN experiment_ended_by, DROP COLUMN experiment_end_reason, DROP COLUMN experiment_afterwards');
}
