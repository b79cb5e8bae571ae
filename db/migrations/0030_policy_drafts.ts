import type { Knex } from 'knex';

/** Drafts of policies, which people edit until they are published; and a published version that nothing can change. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE policy_drafts (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL,                       -- the policy's own name, as far as the text says one
      source text NOT NULL,                     -- as written, right or wrong, comments included
      base_version_id bigint REFERENCES policy_versions (id),  -- what it was made from
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'published', 'discarded')),
      published_version_id bigint REFERENCES policy_versions (id),
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_by text NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now(),
      row_version integer NOT NULL DEFAULT 1,
      CHECK ((state = 'published') = (published_version_id IS NOT NULL))
    );
    CREATE INDEX policy_drafts_open ON policy_drafts (updated_at, id) WHERE state = 'open';

    -- What was decided under a version is only explained by that version as it was.
    CREATE FUNCTION policy_versions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.policy, OLD.version, OLD.document, OLD.source, OLD.published_at, OLD.published_by)
           IS NOT DISTINCT FROM (NEW.id, NEW.policy, NEW.version, NEW.document, NEW.source, NEW.published_at, NEW.published_by) THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'A published policy version never changes: publish another version.';
    END $$;
    CREATE TRIGGER policy_versions_kept BEFORE UPDATE OR DELETE ON policy_versions FOR EACH ROW EXECUTE FUNCTION policy_versions_kept();
    CREATE TRIGGER policy_versions_not_emptied BEFORE TRUNCATE ON policy_versions FOR EACH STATEMENT EXECUTE FUNCTION policy_versions_kept();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TRIGGER policy_versions_kept ON policy_versions;
    DROP TRIGGER policy_versions_not_emptied ON policy_versions;
    DROP FUNCTION policy_versions_kept();
    DROP TABLE policy_drafts;
  `);
}
