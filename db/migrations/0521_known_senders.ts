import type { Knex } from 'knex';

/** Whether a reply's sender is somebody of the customer, as far as its address says: what others write waits for a person. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE replies ADD COLUMN sender_known boolean');   // null: of nobody yet, or from before
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE replies DROP COLUMN sender_known');
}
