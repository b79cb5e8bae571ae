import type { Knex } from 'knex';

/** When a reply was written, as far as its mail tells: days such as "tomorrow" count from there, however late it is read. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE replies ADD COLUMN written_at timestamptz');   // on the deployment's clock, and never after received_at; null: unknown, for replies from before
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE replies DROP COLUMN written_at');
}
