import type { Knex } from 'knex';

/** Days of grace of a customer or of one invoice, and how much a customer may owe. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE customers
      ADD COLUMN grace_days integer CHECK (grace_days BETWEEN 0 AND 365),        -- null: as the policy says
      ADD COLUMN credit_limit_minor bigint CHECK (credit_limit_minor >= 0),      -- null: none
      ADD COLUMN credit_limit_currency char(3),
      ADD COLUMN limit_exceeded_at timestamptz,                                  -- since when the limit is exceeded, on the deployment's clock
      ADD CHECK ((credit_limit_minor IS NULL) = (credit_limit_currency IS NULL));
    ALTER TABLE invoices ADD COLUMN grace_days integer CHECK (grace_days BETWEEN 0 AND 365);   -- null: as the customer, else the policy says
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE invoices DROP COLUMN grace_days;
    ALTER TABLE customers DROP COLUMN grace_days, DROP COLUMN credit_limit_minor, DROP COLUMN credit_limit_currency, DROP COLUMN limit_exceeded_at;
  `);
}
