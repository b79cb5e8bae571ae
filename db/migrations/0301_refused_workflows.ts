import type { Knex } from 'knex';

/**
 * Invoices whose workflow Temporal refuses to run: when it is tried again, and why not. What Temporal holds to 1,000 bytes was marked as started in
 * earlier versions: it is tried again, and then stands here.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE refused_workflows (
      invoice_id bigint PRIMARY KEY REFERENCES invoices (id),
      reason text NOT NULL,
      tries integer NOT NULL,
      refused_at timestamptz NOT NULL,   -- the last time; wall clock, as is the next
      retry_at timestamptz NOT NULL
    );
    UPDATE collections c SET armed_at = NULL FROM invoices i
    WHERE i.id = c.invoice_id AND octet_length(i.external_id) > 900 AND c.state = 'active' AND c.batch_segment_id IS NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE refused_workflows');
}
