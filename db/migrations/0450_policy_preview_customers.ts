import type { Knex } from 'knex';

/** For whom a previewed draft makes a difference, each by itself, so that however many they are they can be listed, searched and taken as a file. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE policy_preview_customers (
      preview_id uuid NOT NULL REFERENCES policy_previews (id) ON DELETE CASCADE,
      customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      contact text CHECK (contact IN ('newly', 'no-longer')),  -- null: contacted under both, or under neither
      difference integer NOT NULL,                             -- how many more or fewer things are done
      today jsonb NOT NULL,
      draft jsonb NOT NULL,
      PRIMARY KEY (preview_id, customer_id)
    );
    CREATE INDEX policy_preview_customers_order ON policy_preview_customers (preview_id, difference, customer_id);
    CREATE INDEX policy_preview_customers_customer ON policy_preview_customers (customer_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE policy_preview_customers');
}
