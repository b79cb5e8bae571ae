import type { Knex } from 'knex';
import { laterTemplates } from '../../domain/templates/builtin/later';

/** Words for campaigns and for notices to colleagues, as version 1; a template that people made under such a name stays as it is. And: a test whose outcome nobody knows. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `WITH given AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS t (name text, title text, kind text, version integer, default_language text, texts jsonb)),
     made AS (INSERT INTO templates (name, title, kind) SELECT name, title, kind FROM given ON CONFLICT (name) DO NOTHING RETURNING id, name)
     INSERT INTO template_versions (template_id, version, default_language, texts, note, published_by)
     SELECT made.id, given.version, given.default_language, given.texts, 'Built in', 'Dunwell' FROM given JOIN made USING (name)`,
    [JSON.stringify(laterTemplates.map(({ name, title, kind, version, defaultLanguage, texts }) => ({ name, title, kind, version, default_language: defaultLanguage, texts })))],
  );
  await knex.raw(`UPDATE templates t SET current_version = 1 WHERE current_version IS NULL AND draft IS NULL AND EXISTS (SELECT FROM template_versions v WHERE v.template_id = t.id AND v.version = 1 AND v.published_by = 'Dunwell')`);
  await knex.raw(`ALTER TABLE template_tests DROP CONSTRAINT template_tests_state_check, ADD CONSTRAINT template_tests_state_check CHECK (state IN ('sending', 'sent', 'failed', 'unknown'));
    CREATE INDEX template_tests_sending ON template_tests (at) WHERE state = 'sending'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`DROP INDEX template_tests_sending; UPDATE template_tests SET state = 'failed' WHERE state = 'unknown';
    ALTER TABLE template_tests DROP CONSTRAINT template_tests_state_check, ADD CONSTRAINT template_tests_state_check CHECK (state IN ('sending', 'sent', 'failed'))`);
  // Not those that people made under such a name.
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    `SELECT t.name FROM templates t JOIN template_versions v ON v.template_id = t.id AND v.version = 1 AND v.published_by = 'Dunwell' WHERE t.name = ANY(?)`, [laterTemplates.map(({ name }) => name)]);
  const names = rows.map(({ name }) => name);
  await knex.raw('UPDATE templates SET current_version = NULL WHERE name = ANY(?)', [names]);
  await knex.raw('ALTER TABLE template_versions DISABLE TRIGGER template_versions_kept');
  await knex.raw('DELETE FROM template_versions v USING templates t WHERE t.id = v.template_id AND t.name = ANY(?)', [names]);
  await knex.raw('ALTER TABLE template_versions ENABLE TRIGGER template_versions_kept');
  await knex.raw('DELETE FROM templates WHERE name = ANY(?)', [names]);
}
