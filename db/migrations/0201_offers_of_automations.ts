import type { Knex } from 'knex';

/** Automations offer discounts too. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE discount_offers DROP CONSTRAINT discount_offers_source_check;
    ALTER TABLE discount_offers ADD CONSTRAINT discount_offers_source_check CHECK (source IN ('policy', 'campaign', 'automation', 'person'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE discount_offers DROP CONSTRAINT discount_offers_source_check;
    ALTER TABLE discount_offers ADD CONSTRAINT discount_offers_source_check CHECK (source IN ('policy', 'campaign', 'person'));
  `);
}
