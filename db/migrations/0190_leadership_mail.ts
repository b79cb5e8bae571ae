import type { Knex } from 'knex';

/** Mail to one's own people: who leads whom, and messages that no customer sees. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE users ADD COLUMN manager_id bigint REFERENCES users (id) CHECK (manager_id <> id);
    ALTER TABLE messages DROP CONSTRAINT messages_source_check;
    ALTER TABLE messages ADD CONSTRAINT messages_source_check CHECK (source IN ('ladder', 'segment', 'statement', 'campaign', 'automation', 'internal'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE messages DROP CONSTRAINT messages_source_check;
    ALTER TABLE messages ADD CONSTRAINT messages_source_check CHECK (source IN ('ladder', 'segment', 'statement', 'campaign', 'automation'));
    ALTER TABLE users DROP COLUMN manager_id;
  `);
}
