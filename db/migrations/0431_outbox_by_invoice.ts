import type { Knex } from 'knex';

/** Campaigns and automations ask whether the relay still has to come to an invoice. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX outbox_waiting_invoice ON outbox (invoice_id) WHERE relayed_at IS NULL');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX outbox_waiting_invoice');
}
