import type { Knex } from 'knex';

/**
 * Offers of something off for who pays early, and what was taken off for those that payments met. A discount settles an invoice as an application of its own, so that it can be
 * taken back with the payment that met it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE discount_offers (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,                     -- the business fact that it is: of a step, of a campaign, of a person's request
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      source text NOT NULL CHECK (source IN ('policy', 'campaign', 'person')),
      source_name text NOT NULL,                    -- 'reference@2/deliver', a campaign's title, a person
      rule jsonb NOT NULL,                          -- DiscountRule
      currency char(3) NOT NULL,
      base_minor bigint NOT NULL CHECK (base_minor > 0),   -- what was open when it was offered
      after_application_id bigint NOT NULL,         -- what was applied later counts towards it
      offered_at timestamptz NOT NULL,              -- on the deployment's clock
      expires_at timestamptz NOT NULL,              -- not included: the end of the last day where the customer is
      last_day date NOT NULL,
      withdrawn_at timestamptz,
      withdrawn_by text,
      withdraw_reason text
    );
    CREATE INDEX discount_offers_invoice ON discount_offers (invoice_id);
    CREATE INDEX discount_offers_customer ON discount_offers (customer_id);

    ALTER TABLE applications ADD COLUMN discount_offer_id bigint REFERENCES discount_offers (id);
    ALTER TABLE applications DROP CONSTRAINT applications_check;
    ALTER TABLE applications ADD CONSTRAINT applications_check CHECK (num_nonnulls(payment_id, credit_note_id, write_off_id, discount_offer_id) = 1);
    -- Of an invoice's offers one is honoured at a time.
    CREATE UNIQUE INDEX applications_discount_once ON applications (invoice_id) WHERE discount_offer_id IS NOT NULL AND reversed_at IS NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE applications DISABLE TRIGGER applications_kept;
    DELETE FROM applications WHERE discount_offer_id IS NOT NULL;
    ALTER TABLE applications ENABLE TRIGGER applications_kept;
    DROP INDEX applications_discount_once;
    ALTER TABLE applications DROP CONSTRAINT applications_check;
    ALTER TABLE applications DROP COLUMN discount_offer_id;
    ALTER TABLE applications ADD CONSTRAINT applications_check CHECK (num_nonnulls(payment_id, credit_note_id, write_off_id) = 1);
    DROP TABLE discount_offers;
  `);
}
