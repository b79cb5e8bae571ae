import type { Knex } from 'knex';

/** What waits to fire when its automation is switched off ends as suppressed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE automation_firings DROP CONSTRAINT automation_firings_state_check;
    ALTER TABLE automation_firings ADD CONSTRAINT automation_firings_state_check CHECK (state IN ('waiting', 'fired', 'not-met', 'bounded', 'suppressed', 'failed'));
    CREATE INDEX automation_firings_waiting_of ON automation_firings (automation_id) WHERE state = 'waiting';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX automation_firings_waiting_of;
    UPDATE automation_firings SET state = 'bounded' WHERE state = 'suppressed';
    ALTER TABLE automation_firings DROP CONSTRAINT automation_firings_state_check;
    ALTER TABLE automation_firings ADD CONSTRAINT automation_firings_state_check CHECK (state IN ('waiting', 'fired', 'not-met', 'bounded', 'failed'));
  `);
}
