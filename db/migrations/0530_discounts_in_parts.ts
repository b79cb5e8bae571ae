import type { Knex } from 'knex';

/** An offer may be honoured in parts: on what is undisputed, and on the rest once that is owed after all. That the parts are of one offer is seen to with the customer locked. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX applications_discount_once;
    CREATE INDEX applications_discounts ON applications (invoice_id) WHERE discount_offer_id IS NOT NULL AND reversed_at IS NULL;
  `);
}

/** Of what was honoured in parts only the last part stands: with all of it, the index of before could not be. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX applications_discounts;
    UPDATE applications a SET reversed_at = now() WHERE discount_offer_id IS NOT NULL AND reversed_at IS NULL
      AND EXISTS (SELECT FROM applications b WHERE b.invoice_id = a.invoice_id AND b.discount_offer_id IS NOT NULL AND b.reversed_at IS NULL AND b.id > a.id);
    CREATE UNIQUE INDEX applications_discount_once ON applications (invoice_id) WHERE discount_offer_id IS NOT NULL AND reversed_at IS NULL;
  `);
}
