import type { Knex } from 'knex';

/**
 * The audit trail: append-only, each entry's hash covering the entry and the hash before it. `audit_head` holds the count and the
 * newest hash, so that a cut tail is found too.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE audit_entries (
      seq bigint PRIMARY KEY,               -- 1, 2, 3 … without a gap
      at timestamptz NOT NULL,              -- wall clock
      actor_kind text NOT NULL,
      actor_id text NOT NULL,
      actor_name text NOT NULL,
      action text NOT NULL,
      subject_type text NOT NULL,
      subject_id text NOT NULL,
      content text NOT NULL,                -- the canonical JSON that is hashed; it holds all of the above, and before and after
      hash bytea NOT NULL
    );
    CREATE INDEX audit_entries_subject ON audit_entries (subject_type, subject_id, seq);
    CREATE INDEX audit_entries_at ON audit_entries (at, seq);

    CREATE TABLE audit_head (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      count bigint NOT NULL,
      hash bytea NOT NULL
    );
    INSERT INTO audit_head (count, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

    CREATE FUNCTION audit_entries_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit trail is append-only: % is refused', TG_OP;
    END $$;
    CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_kept();
    CREATE TRIGGER audit_head_kept BEFORE DELETE OR TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_kept();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE audit_head, audit_entries; DROP FUNCTION audit_entries_kept');
}
