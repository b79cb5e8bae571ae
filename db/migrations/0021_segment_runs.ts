import type { Knex } from 'knex';

/** What a segment does by itself, now and then: one email to each of its customers that lists what is owed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE segments ADD COLUMN run jsonb;                                   -- when and what, as parsed; null: it does nothing by itself
    ALTER TABLE segments ADD COLUMN consolidated boolean NOT NULL DEFAULT false; -- its customers get no mail about single invoices
    ALTER TABLE segments ADD COLUMN paused boolean NOT NULL DEFAULT false;
    ALTER TABLE segments ADD COLUMN skip_next boolean NOT NULL DEFAULT false;
    ALTER TABLE segments ADD COLUMN run_asked_by text;                           -- a run that a person asked for now
    ALTER TABLE segments ADD COLUMN next_run_at timestamptz;                     -- on the deployment's clock, as what follows
    ALTER TABLE segments ADD COLUMN next_at timestamptz;                         -- when its workflow has something to do; null: nothing until it is told
    ALTER TABLE segments ADD COLUMN change_seq bigint NOT NULL DEFAULT 0;        -- raised by what people ask; told_seq follows once the workflow was told
    ALTER TABLE segments ADD COLUMN told_seq bigint NOT NULL DEFAULT 0;
    CREATE INDEX segments_next ON segments (next_at) WHERE next_at IS NOT NULL;

    CREATE TABLE segment_runs (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      segment_id bigint NOT NULL REFERENCES segments (id),
      number integer NOT NULL,
      planned_at timestamptz NOT NULL,
      asked_by text,
      state text NOT NULL CHECK (state IN ('running', 'done', 'skipped')),
      page_after bigint DEFAULT 0,          -- members with a greater customer id are still to be decided on; null: all are
      ended_at timestamptz,
      UNIQUE (segment_id, number)
    );
    CREATE UNIQUE INDEX segment_runs_one ON segment_runs (segment_id) WHERE state = 'running';

    -- One row for each member of each run: why it was written to, or was not.
    CREATE TABLE segment_decisions (
      run_id bigint NOT NULL REFERENCES segment_runs (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      outcome text NOT NULL CHECK (outcome IN ('executed', 'suppressed', 'deferred')),
      reason_code text NOT NULL,
      reason text NOT NULL,
      at timestamptz NOT NULL,
      on_date date NOT NULL,
      until timestamptz,                    -- deferred: it is decided again then
      message_id uuid,
      ledger_version bigint NOT NULL,
      PRIMARY KEY (run_id, customer_id)
    );
    CREATE INDEX segment_decisions_deferred ON segment_decisions (run_id, until) WHERE outcome = 'deferred';
    CREATE INDEX segment_decisions_customer ON segment_decisions (customer_id, at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE segment_decisions, segment_runs;
    DROP INDEX segments_next;
    ALTER TABLE segments DROP COLUMN run, DROP COLUMN consolidated, DROP COLUMN paused, DROP COLUMN skip_next, DROP COLUMN run_asked_by, DROP COLUMN next_run_at, DROP COLUMN next_at,
      DROP COLUMN change_seq, DROP COLUMN told_seq;
  `);
}
