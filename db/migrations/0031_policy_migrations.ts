import type { Knex } from 'knex';

/** Invoices under way that move to another policy version: the batches that move them, and how their progress is carried over. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE policy_migrations (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      to_version_id bigint NOT NULL REFERENCES policy_versions (id),
      scope jsonb NOT NULL,                     -- which invoices: {kind: 'versions', versionIds}, or whom an assignment is about
      rules jsonb NOT NULL,                     -- {mode, mapping, missed}
      reason text NOT NULL,
      state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'stopped', 'done')),
      after_customer_id bigint NOT NULL DEFAULT 0,  -- all customers up to this one have been moved
      total integer NOT NULL,                   -- invoices that were to be moved when it began
      moved integer NOT NULL DEFAULT 0,
      passed integer NOT NULL DEFAULT 0,        -- of them: with steps that were passed over
      repeated integer NOT NULL DEFAULT 0,      -- of them: with steps that will do again what was done
      due_at_once integer NOT NULL DEFAULT 0,
      problem text,                             -- why the last page failed; it is tried again
      created_by text NOT NULL,
      created_at timestamptz NOT NULL,          -- on the deployment's clock
      ended_at timestamptz,
      -- The worker tells the workflow of every change of state, starting it if need be: what was told is told_seq.
      change_seq integer NOT NULL DEFAULT 1,
      told_seq integer NOT NULL DEFAULT 0
    );
    CREATE INDEX policy_migrations_untold ON policy_migrations (id) WHERE told_seq < change_seq;

    -- One row for each invoice that moved.
    CREATE TABLE policy_moves (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      migration_id bigint NOT NULL REFERENCES policy_migrations (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      from_version_id bigint NOT NULL REFERENCES policy_versions (id),
      to_version_id bigint NOT NULL REFERENCES policy_versions (id),
      passed text[] NOT NULL,
      repeated text[] NOT NULL,
      at timestamptz NOT NULL,
      UNIQUE (migration_id, invoice_id)
    );
    CREATE INDEX policy_moves_invoice ON policy_moves (invoice_id);

    -- Decisions made under another version that count for a step of this one. restarted: a decision of this version that counts no more.
    CREATE TABLE carried_decisions (
      policy_version_id bigint NOT NULL REFERENCES policy_versions (id),
      decision_id bigint NOT NULL REFERENCES decisions (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      step text NOT NULL,
      restarted boolean NOT NULL DEFAULT false,
      PRIMARY KEY (decision_id, policy_version_id)
    );
    CREATE INDEX carried_decisions_invoice ON carried_decisions (invoice_id);
    -- An invoice's decisions, over all versions that it has been on.
    CREATE INDEX decisions_invoice ON decisions (invoice_id);
    -- Who is on a version, in the order in which a migration goes through them.
    CREATE INDEX collections_version ON collections (policy_version_id, customer_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX decisions_invoice, collections_version; DROP TABLE carried_decisions, policy_moves, policy_migrations');
}
