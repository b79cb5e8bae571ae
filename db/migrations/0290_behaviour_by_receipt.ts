import type { Knex } from 'knex';

/** How customers pay goes by the day on which money was received, no more by the day on which it was recorded: it is worked out anew for all of them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('INSERT INTO segment_changes (customer_id) SELECT id FROM customers ORDER BY id');
}

/** Nothing to take back: what is owed is worked out by the code that runs. */
export async function down(): Promise<void> {}
