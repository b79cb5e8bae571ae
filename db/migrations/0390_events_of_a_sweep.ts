import type { Knex } from 'knex';

/**
 * A campaign that events start looks at their customers page by page, also where none of a page joins: `enrol_after` is then the last customer that was looked at, and up to which event this goes
 * is kept, so that what happens meanwhile is looked at in the next sweep.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE campaign_runs ADD COLUMN events_upto bigint');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    UPDATE campaign_runs SET enrol_after = NULL WHERE events_upto IS NOT NULL;
    ALTER TABLE campaign_runs DROP COLUMN events_upto;
  `);
}
