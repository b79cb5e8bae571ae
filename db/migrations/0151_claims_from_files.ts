import type { Knex } from 'knex';

const tables = ['import_mappings', 'imports'];

/** Files of disputes and promises. */
export async function up(knex: Knex): Promise<void> {
  for (const table of tables) {
    await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_kind_check, ADD CONSTRAINT ${table}_kind_check
      CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes', 'disputes', 'promises'))`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of tables) {
    await knex.raw(`DELETE FROM ${table} WHERE kind IN ('disputes', 'promises')`);
    await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_kind_check, ADD CONSTRAINT ${table}_kind_check CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes'))`);
  }
}
