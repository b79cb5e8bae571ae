import type { Knex } from 'knex';

/** Segments whose members' invoices are collected in batches by one workflow, and by whom each invoice is collected now. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE segments ADD COLUMN batched_at timestamptz;    -- since when it collects in batches, on the deployment's clock; null: it does not

    -- The segment whose batches collect the invoice; null: its own workflow does. While that is so, armed_at says that a workflow of its own may still run.
    ALTER TABLE collections ADD COLUMN batch_segment_id bigint REFERENCES segments (id);
    CREATE INDEX collections_batch_due ON collections (batch_segment_id, next_at) WHERE batch_segment_id IS NOT NULL AND state = 'active';
    CREATE INDEX collections_batch_owed ON collections (batch_segment_id) WHERE batch_segment_id IS NOT NULL AND planned_seq < requested_seq;
    CREATE INDEX collections_unarmed ON collections (invoice_id) WHERE armed_at IS NULL AND state = 'active' AND batch_segment_id IS NULL;

    -- Customers of whose invoices it is to be looked at again who collects them. Rows are only added and taken away, so that writers never wait for each other.
    CREATE TABLE mode_changes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id bigint NOT NULL
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE mode_changes;
    DROP INDEX collections_unarmed, collections_batch_owed, collections_batch_due;
    ALTER TABLE collections DROP COLUMN batch_segment_id;
    ALTER TABLE segments DROP COLUMN batched_at;
  `);
}
