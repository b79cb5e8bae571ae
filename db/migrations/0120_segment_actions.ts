import type { Knex } from 'knex';

/** A segment's run does more than send one email: what it does is a list of actions. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    UPDATE segments SET run = (run - 'template' - 'to') || jsonb_build_object('actions', jsonb_build_array(jsonb_build_object('kind', 'email', 'template', run -> 'template', 'to', run -> 'to')))
    WHERE run IS NOT NULL AND run -> 'actions' IS NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    UPDATE segments SET run = (run - 'actions') || jsonb_build_object('template', run -> 'actions' -> 0 -> 'template', 'to', run -> 'actions' -> 0 -> 'to') WHERE run -> 'actions' IS NOT NULL;
  `);
}
