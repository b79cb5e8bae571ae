import type { Knex } from 'knex';

/** What handing messages over and delivering webhooks need to remember. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The sender is put in when the message is rendered, from the configuration of that moment.
    ALTER TABLE messages ALTER COLUMN from_address DROP NOT NULL;
    ALTER TABLE messages ADD COLUMN attach_invoice boolean NOT NULL DEFAULT false;
    ALTER TABLE messages ADD COLUMN last_attempt_at timestamptz;     -- wall clock
    ALTER TABLE messages ADD COLUMN rendered_version bigint;         -- the customer's ledger version that the content was rendered on

    ALTER TABLE webhook_deliveries ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
    ALTER TABLE webhook_deliveries ADD COLUMN leased_until timestamptz;   -- taken by a dispatcher until then
    ALTER TABLE webhook_deliveries ADD COLUMN delivered_at timestamptz;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE webhook_deliveries DROP COLUMN created_at, DROP COLUMN leased_until, DROP COLUMN delivered_at;
    ALTER TABLE messages DROP COLUMN attach_invoice, DROP COLUMN last_attempt_at, DROP COLUMN rendered_version;
  `);
}
