import type { Knex } from 'knex';

/** Notes that mention people, entries of kinds that the company names itself, and what a customer's timeline is read by. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE issue_types (
      code text PRIMARY KEY,
      label text NOT NULL,
      active boolean NOT NULL DEFAULT true      -- offered for new entries
    );
    INSERT INTO issue_types (code, label) VALUES
      ('invoice-copy', 'Invoice or document missing'), ('purchase-order', 'Purchase order missing'), ('price', 'Price or quantity'), ('delivery', 'Delivery or service'), ('meeting', 'Visit or meeting'), ('other', 'Other');

    -- A note with an issue type is an entry of that kind.
    ALTER TABLE notes ADD COLUMN issue_type text REFERENCES issue_types (code);
    ALTER TABLE notes ADD COLUMN mentions bigint[] NOT NULL DEFAULT '{}';   -- users

    DROP INDEX notes_customer;
    CREATE INDEX notes_customer ON notes (customer_id, at);
    CREATE INDEX notes_entries ON notes (customer_id, at) WHERE issue_type IS NOT NULL;
    DROP INDEX tasks_customer;
    CREATE INDEX tasks_customer ON tasks (customer_id, created_at);
    CREATE INDEX tasks_customer_closed ON tasks (customer_id, closed_at) WHERE closed_at IS NOT NULL;
    CREATE INDEX tasks_calls ON tasks (customer_id, closed_at) WHERE closed_at IS NOT NULL AND outcome IN ('no-answer', 'promised', 'disputed', 'paid', 'wrong-contact', 'wrong-number');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX tasks_calls, tasks_customer_closed, tasks_customer, notes_entries, notes_customer;
    CREATE INDEX tasks_customer ON tasks (customer_id);
    CREATE INDEX notes_customer ON notes (customer_id);
    ALTER TABLE notes DROP COLUMN mentions, DROP COLUMN issue_type;
    DROP TABLE issue_types;
  `);
}
