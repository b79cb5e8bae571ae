import type { Knex } from 'knex';

/** When a campaign's message is to be offered to the mail provider next, so that a run's messages can be taken in sets and none that waits keeps another from leaving. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE campaign_acts ADD COLUMN offer_at timestamptz;    -- wall clock; taken by somebody: until when; null: there is nothing to hand over
    UPDATE campaign_acts a SET offer_at = now() FROM messages m WHERE m.id = a.message_id AND m.state IN ('queued', 'sending');
    CREATE INDEX campaign_acts_offers ON campaign_acts (run_id, offer_at) WHERE offer_at IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE campaign_acts DROP COLUMN offer_at');
}
