import type { Knex } from 'knex';

/** Decisions read all disputes of a customer, those that are over too: their days count as no lateness. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX disputes_customer_all ON disputes (customer_id); DROP INDEX disputes_customer');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`CREATE INDEX disputes_customer ON disputes (customer_id) WHERE state = 'open'; DROP INDEX disputes_customer_all`);
}
