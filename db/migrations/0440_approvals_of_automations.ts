import type { Knex } from 'knex';

/** Automations may ask for approval before a hold or a hand-off: the firing waits, and so does all that it does. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE approvals ADD COLUMN firing_id bigint REFERENCES automation_firings (id);   -- asked for by an automation: the firing that waits
    CREATE UNIQUE INDEX approvals_firing ON approvals (firing_id) WHERE firing_id IS NOT NULL;
    -- While somebody is asked: up to which version of the customer's ledger it was looked at. Any later one has it looked at again.
    ALTER TABLE automation_firings ADD COLUMN asked_version bigint;
    CREATE INDEX automation_firings_asked ON automation_firings (automation_id, customer_id) WHERE state = 'waiting' AND asked_version IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX automation_firings_asked, approvals_firing;
    ALTER TABLE automation_firings DROP COLUMN asked_version;
    ALTER TABLE approvals DROP COLUMN firing_id;
  `);
}
