import type { Knex } from 'knex';
import { statementLetters } from '../../domain/templates/builtin/statement';

/**
 * Statements of account that were written: where the next one of their customer begins. What each told is in its message. And: words for the letter that comes with one, as the template's next
 * version, where nobody has published or begun words of their own.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE statements (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id bigint NOT NULL REFERENCES customers (id),
      message_id uuid NOT NULL UNIQUE REFERENCES messages (id),
      segment_id bigint REFERENCES segments (id),   -- whose run wrote it; null: a person asked for it
      asked_by text,
      from_on date NOT NULL,
      to_on date NOT NULL,
      at timestamptz NOT NULL,                      -- on the deployment's clock
      closing jsonb NOT NULL,                       -- [{currency, amountMinor}]: the opening balance of the next
      seen jsonb NOT NULL,                          -- the last rows of the ledger that it told of
      CHECK (num_nonnulls(segment_id, asked_by) = 1)
    );
    CREATE INDEX statements_customer ON statements (customer_id, id);
    CREATE INDEX messages_statements_waiting ON messages (queued_at) WHERE source = 'statement' AND state IN ('queued', 'sending');
  `);
  await knex.raw(
    `WITH ours AS (SELECT t.id FROM templates t JOIN template_versions v ON v.template_id = t.id AND v.version = 1 WHERE t.name = 'statement' AND t.current_version = 1 AND t.draft IS NULL AND v.published_by = 'Dunwell'),
     made AS (INSERT INTO template_versions (template_id, version, default_language, texts, note, published_by) SELECT id, 2, 'en', ?::jsonb, 'Built in', 'Dunwell' FROM ours RETURNING template_id)
     UPDATE templates SET current_version = 2 WHERE id IN (SELECT template_id FROM made)`, [JSON.stringify(statementLetters)]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX messages_statements_waiting; DROP TABLE statements');
  await knex.raw(`UPDATE templates t SET current_version = 1 WHERE name = 'statement' AND current_version = 2 AND EXISTS (SELECT FROM template_versions v WHERE v.template_id = t.id AND v.version = 2 AND v.published_by = 'Dunwell')`);
  await knex.raw('ALTER TABLE template_versions DISABLE TRIGGER template_versions_kept');
  await knex.raw(`DELETE FROM template_versions v USING templates t WHERE t.id = v.template_id AND t.name = 'statement' AND v.version = 2 AND v.published_by = 'Dunwell' AND t.current_version = 1`);
  await knex.raw('ALTER TABLE template_versions ENABLE TRIGGER template_versions_kept');
}
