import type { Knex } from 'knex';

/** Of one hold nothing is told in the wrong order: deliveries know which hold they are of, and one that is overtaken ends as superseded. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE webhook_deliveries ADD COLUMN subject text;   -- the key of the hold it is of; null: it stands alone
    ALTER TABLE webhook_deliveries DROP CONSTRAINT webhook_deliveries_state_check;
    ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_state_check CHECK (state IN ('waiting', 'delivered', 'failed', 'superseded'));
    CREATE INDEX webhook_deliveries_subject ON webhook_deliveries (subject, endpoint_id) WHERE subject IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    UPDATE webhook_deliveries SET state = 'failed' WHERE state = 'superseded';
    ALTER TABLE webhook_deliveries DROP CONSTRAINT webhook_deliveries_state_check;
    ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_state_check CHECK (state IN ('waiting', 'delivered', 'failed'));
    ALTER TABLE webhook_deliveries DROP COLUMN subject;
  `);
}
