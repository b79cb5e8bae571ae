import type { Knex } from 'knex';

/** What the long lists of the console are sorted by: a page is then one walk along an index, however far down it is. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX invoices_due ON invoices (due_on, id);
    CREATE INDEX invoices_open_amount ON invoices (open_minor, id) WHERE open_minor > 0;
    CREATE INDEX payments_received ON payments (received_at, id);
    CREATE INDEX customers_name ON customers (name, id);
    CREATE INDEX messages_queued ON messages (queued_at, id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX invoices_due, invoices_open_amount, payments_received, customers_name, messages_queued');
}
