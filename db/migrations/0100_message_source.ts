import type { Knex } from 'knex';

/** What a message comes from: a step of an invoice's ladder, or something that addresses the customer as a whole. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE messages ADD COLUMN source text NOT NULL DEFAULT 'ladder' CHECK (source IN ('ladder', 'segment', 'statement', 'campaign', 'automation'));
    CREATE INDEX messages_source ON messages (source, queued_at DESC) WHERE source <> 'ladder';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE messages DROP COLUMN source');
}
