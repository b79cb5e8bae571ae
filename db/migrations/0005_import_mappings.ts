import type { Knex } from 'knex';

/** Column mappings that people keep under a name, to import the next file of the same kind. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE import_mappings (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL UNIQUE,
      kind text NOT NULL CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes')),
      document jsonb NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now()
    )`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE import_mappings');
}
