import type { Knex } from 'knex';
import { builtinTemplates } from '../../domain/templates/builtin';

/**
 * The words of messages: a template has a draft that people work on, and versions that are sent and never change. The built-in ones are
 * stored as version 1; their words never change either, so that this migration does the same on every database.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE templates (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(name) <= 60),
      title text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('customer', 'invoice-delivery', 'statement', 'segment', 'campaign', 'internal')),
      current_version integer,              -- what is sent; null: nothing has been published yet
      draft jsonb,                          -- {defaultLanguage, texts}; null: nobody is working on another version
      row_version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      updated_by text
    );

    CREATE TABLE template_versions (
      template_id bigint NOT NULL REFERENCES templates (id),
      version integer NOT NULL CHECK (version > 0),
      default_language text NOT NULL,
      texts jsonb NOT NULL,                 -- {"en": {subject, heading, body}, …}
      note text,                            -- what is new in it, by who published it
      published_at timestamptz NOT NULL DEFAULT now(),
      published_by text NOT NULL,
      PRIMARY KEY (template_id, version)
    );
    ALTER TABLE templates ADD FOREIGN KEY (id, current_version) REFERENCES template_versions (template_id, version);

    CREATE FUNCTION template_versions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'A published version of a template never changes: publish another one.';
    END $$;
    CREATE TRIGGER template_versions_kept BEFORE UPDATE OR DELETE ON template_versions FOR EACH ROW EXECUTE FUNCTION template_versions_kept();

    -- Tries that people send to themselves: never counted as contact, and no part of the send ledger.
    CREATE TABLE template_tests (
      id uuid PRIMARY KEY,
      template_id bigint NOT NULL REFERENCES templates (id),
      language text NOT NULL,
      customer_id bigint REFERENCES customers (id) ON DELETE SET NULL,   -- whose data was shown; null: made-up data
      to_address text NOT NULL,
      subject text NOT NULL,
      provider text NOT NULL,
      state text NOT NULL CHECK (state IN ('sending', 'sent', 'failed')),
      reason text,
      sent_by text NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    );

    ALTER TABLE messages ADD COLUMN template_version integer;   -- that it was written with; null before it is rendered
    -- What the ledger does not tell: the name of the segment, the offer of the campaign, the entries of the statement.
    ALTER TABLE messages ADD COLUMN content jsonb NOT NULL DEFAULT '{}';
  `);
  await knex.raw(
    `WITH given AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS t (name text, title text, kind text, version integer, default_language text, texts jsonb)),
     made AS (INSERT INTO templates (name, title, kind) SELECT name, title, kind FROM given RETURNING id, name)
     INSERT INTO template_versions (template_id, version, default_language, texts, note, published_by)
     SELECT made.id, given.version, given.default_language, given.texts, 'Built in', 'Dunwell' FROM given JOIN made USING (name)`,
    [JSON.stringify(builtinTemplates.map(({ name, title, kind, version, defaultLanguage, texts }) => ({ name, title, kind, version, default_language: defaultLanguage, texts })))],
  );
  await knex.raw('UPDATE templates SET current_version = 1');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE messages DROP COLUMN template_version, DROP COLUMN content;
    DROP TABLE template_tests;
    ALTER TABLE templates DROP COLUMN current_version;
    DROP TABLE template_versions;
    DROP FUNCTION template_versions_kept();
    DROP TABLE templates;
  `);
}
