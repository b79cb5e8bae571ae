import type { Knex } from 'knex';

/** What a customer's timeline tells of segments, campaigns, charges, discounts and approvals is read by these; and when a campaign was over for a member is kept, of whom it ends from now on. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE campaign_members ADD COLUMN ended_at timestamptz;   -- on the deployment's clock; null: it goes on, ended with its run, or ended before this was kept

    DROP INDEX campaign_members_customer;
    CREATE INDEX campaign_members_customer ON campaign_members (customer_id, joined_at);
    DROP INDEX segment_history_customer;
    CREATE INDEX segment_history_customer ON segment_history (customer_id, at);
    DROP INDEX charges_customer;
    CREATE INDEX charges_customer ON charges (customer_id, charged_at);
    CREATE INDEX charges_customer_waived ON charges (customer_id, waived_at) WHERE waived_at IS NOT NULL;
    DROP INDEX discount_offers_customer;
    CREATE INDEX discount_offers_customer ON discount_offers (customer_id, offered_at);
    CREATE INDEX discount_offers_customer_withdrawn ON discount_offers (customer_id, withdrawn_at) WHERE withdrawn_at IS NOT NULL;
    CREATE INDEX events_discount_honoured ON events (customer_id, at) WHERE kind = 'discount.honoured';
    CREATE INDEX approvals_customer ON approvals (customer_id, requested_at);
    CREATE INDEX approvals_customer_answered ON approvals (customer_id, answered_at) WHERE answered_at IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX approvals_customer_answered, approvals_customer, events_discount_honoured, discount_offers_customer_withdrawn, discount_offers_customer, charges_customer_waived, charges_customer, segment_history_customer, campaign_members_customer;
    CREATE INDEX discount_offers_customer ON discount_offers (customer_id);
    CREATE INDEX charges_customer ON charges (customer_id);
    CREATE INDEX segment_history_customer ON segment_history (customer_id, id);
    CREATE INDEX campaign_members_customer ON campaign_members (customer_id);
    ALTER TABLE campaign_members DROP COLUMN ended_at;
  `);
}
