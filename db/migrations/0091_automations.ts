import type { Knex } from 'knex';

/** Automations: event + condition = actions, in versions that never change, and every firing with what it saw. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE automations (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text COLLATE "C" NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
      active_version_id bigint,                 -- null: switched off
      row_version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,          -- on the deployment's clock
      created_by text NOT NULL
    );
    CREATE TABLE automation_versions (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      automation_id bigint NOT NULL REFERENCES automations (id),
      version integer NOT NULL,
      trigger_kind text COLLATE "C" NOT NULL,
      trigger_days integer,
      document jsonb NOT NULL,                  -- as written
      parsed jsonb NOT NULL,                    -- as read
      created_at timestamptz NOT NULL,
      created_by text NOT NULL,
      UNIQUE (automation_id, version)
    );
    ALTER TABLE automations ADD FOREIGN KEY (active_version_id) REFERENCES automation_versions (id);
    CREATE FUNCTION automation_versions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a version of an automation never changes';
    END $$;
    CREATE TRIGGER automation_versions_kept BEFORE UPDATE OR DELETE ON automation_versions FOR EACH STATEMENT EXECUTE FUNCTION automation_versions_kept();

    -- One row for each version and event that it listens to, written with the event: so none is missed, and none fires twice.
    CREATE TABLE automation_firings (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      version_id bigint NOT NULL REFERENCES automation_versions (id),
      event_id bigint NOT NULL,                 -- of events, in the same transaction
      automation_id bigint NOT NULL,
      customer_id bigint NOT NULL,
      invoice_id bigint,                        -- the event's; once fired, the one that it fired for
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'fired', 'not-met', 'bounded', 'failed')),
      not_before timestamptz,                   -- deferred, on the deployment's clock: the send window, or the days between contacts
      retry_at timestamptz,                     -- wall clock: it stumbled, or waits for the invoice to come under collection
      attempts integer NOT NULL DEFAULT 0,
      decided_at timestamptz,                   -- on the deployment's clock
      reason text,
      inputs jsonb,                             -- what the condition saw
      actions jsonb,                            -- what was done, and what was withheld and why
      UNIQUE (version_id, event_id)
    );
    CREATE INDEX automation_firings_waiting ON automation_firings (id) WHERE state = 'waiting';
    CREATE INDEX automation_firings_customer ON automation_firings (automation_id, customer_id, decided_at) WHERE state = 'fired';
    CREATE INDEX automation_firings_newest ON automation_firings (automation_id, id);

    -- How far the days past due that somebody listens to have been told of.
    CREATE TABLE event_sweeps (
      days integer PRIMARY KEY,                 -- past due; 0: the due date itself
      swept_to timestamptz NOT NULL             -- on the deployment's clock
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE event_sweeps, automation_firings;
    ALTER TABLE automations DROP COLUMN active_version_id;
    DROP TABLE automation_versions, automations;
    DROP FUNCTION automation_versions_kept;
  `);
}
