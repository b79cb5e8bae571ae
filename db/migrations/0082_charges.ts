import type { Knex } from 'knex';

/** Late fees and interest: entries of the ledger of their own, never part of the invoice that they are for. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE charges (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      kind text NOT NULL CHECK (kind IN ('late-fee', 'interest', 'compensation')),
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      currency char(3) NOT NULL,
      from_on date,                           -- interest: the days it is for, both included
      to_on date,
      basis text NOT NULL,                    -- how it was worked out
      charged_at timestamptz NOT NULL,        -- on the deployment's clock
      charged_by text NOT NULL,
      waived_at timestamptz,
      waived_by text,
      waive_reason text,
      CHECK ((kind = 'interest') = (from_on IS NOT NULL))
    );
    CREATE INDEX charges_invoice ON charges (invoice_id);
    CREATE INDEX charges_customer ON charges (customer_id);
    -- No day bears interest twice.
    CREATE UNIQUE INDEX charges_days_once ON charges (invoice_id, from_on) WHERE kind = 'interest' AND waived_at IS NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE charges');
}
