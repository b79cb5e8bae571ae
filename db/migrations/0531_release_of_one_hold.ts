import type { Knex } from 'knex';
import { releasedTemplate } from '../../domain/templates/builtin/released';

/** The notice that a hold is over no longer says that the account is free, which another hold may contradict. Words that people have written or begun stay theirs. */
export async function up(knex: Knex): Promise<void> {
  const { name, version, defaultLanguage, texts } = releasedTemplate;
  await knex.raw(
    `WITH own AS (SELECT id FROM templates WHERE name = :name AND current_version = 1 AND draft IS NULL),
     made AS (INSERT INTO template_versions (template_id, version, default_language, texts, note, published_by)
       SELECT id, :version, :defaultLanguage, :texts::jsonb, 'Another hold may still stand', 'Dunwell' FROM own WHERE NOT EXISTS (SELECT FROM template_versions v WHERE v.template_id = own.id AND v.version > 1) RETURNING template_id)
     SELECT template_id FROM made`, { name, version, defaultLanguage, texts: JSON.stringify(texts) });
  await knex.raw(
    `UPDATE templates t SET current_version = :version, row_version = row_version + 1 FROM template_versions v
     WHERE t.name = :name AND t.current_version = 1 AND t.draft IS NULL AND v.template_id = t.id AND v.version = :version AND v.published_by = 'Dunwell'`, { name, version });
}

export async function down(knex: Knex): Promise<void> {
  const { name, version } = releasedTemplate;
  await knex.raw(`UPDATE templates t SET current_version = 1 FROM template_versions v WHERE t.name = :name AND t.current_version = :version AND v.template_id = t.id AND v.version = :version AND v.published_by = 'Dunwell'`, { name, version });
  await knex.raw('ALTER TABLE template_versions DISABLE TRIGGER template_versions_kept');
  await knex.raw(`DELETE FROM template_versions v USING templates t WHERE t.id = v.template_id AND t.name = :name AND v.version = :version AND v.published_by = 'Dunwell' AND t.current_version IS DISTINCT FROM :version`, { name, version });
  await knex.raw('ALTER TABLE template_versions ENABLE TRIGGER template_versions_kept');
}
