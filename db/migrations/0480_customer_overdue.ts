import type { Knex } from 'knex';

/**
 * What each customer owes that is overdue, in each currency: what the list of customers is sorted by. Added up from the ledger it took half a second a page at 200,000 invoices. It is kept by the keeper of segments from
 * the rows that say whose ledger changed, and from the instant at which the next invoice becomes overdue by itself; whoever reads it adds up for themselves what the keeper has not come to.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE customer_overdue (
      customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      currency char(3) NOT NULL,
      minor bigint NOT NULL,                -- what is open of invoices that were due before as_of
      as_of date NOT NULL,                  -- the day where the customer is
      changes_at timestamptz,               -- the start of the day on which another one is overdue; null: none is to come
      version bigint NOT NULL,              -- of the customer, as it was added up: it only grows
      PRIMARY KEY (customer_id, currency)
    );
    CREATE INDEX customer_overdue_amount ON customer_overdue (currency, minor, customer_id) WHERE minor > 0;
    CREATE INDEX customer_overdue_changes ON customer_overdue (changes_at) WHERE changes_at IS NOT NULL;

    INSERT INTO customer_overdue (customer_id, currency, minor, as_of, changes_at, version)
      SELECT c.id, i.currency, coalesce(sum(i.open_minor) FILTER (WHERE i.due_on < c.today), 0), c.today, (min(i.due_on) FILTER (WHERE i.due_on >= c.today) + 1)::timestamp AT TIME ZONE c.time_zone, c.version
      FROM (SELECT id, time_zone, ledger_version + row_version AS version, ((SELECT CASE WHEN mode = 'manual' THEN virtual_now ELSE now() END FROM clock) AT TIME ZONE time_zone)::date AS today FROM customers) c
      JOIN invoices i ON i.customer_id = c.id AND i.open_minor > 0
      GROUP BY c.id, c.time_zone, c.today, c.version, i.currency;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE customer_overdue');
}
