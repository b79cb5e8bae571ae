import type { Knex } from 'knex';

/** When an invoice was voided, on the deployment's clock: what was never owed counts in no result from then on. For those that are void already, when they were last changed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE invoices ADD COLUMN voided_at timestamptz');
  await knex.raw(`UPDATE invoices SET voided_at = updated_at WHERE document_state = 'void'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE invoices DROP COLUMN voided_at');
}
