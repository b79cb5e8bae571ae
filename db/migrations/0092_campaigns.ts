import type { Knex } from 'knex';

/** Campaigns, their runs, who is in them, in which group of an experiment, and what was sent to whom. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE campaigns (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text COLLATE "C" NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
      state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'launched', 'ended')),
      document jsonb NOT NULL,                  -- as written
      parsed jsonb NOT NULL,                    -- as read; neither changes once it is launched
      next_run_at timestamptz,                  -- launched: when its next run begins, on the deployment's clock
      row_version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,          -- on the deployment's clock
      created_by text NOT NULL
    );
    CREATE INDEX campaigns_next_run ON campaigns (next_run_at) WHERE next_run_at IS NOT NULL;

    CREATE TABLE campaign_runs (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      campaign_id bigint NOT NULL REFERENCES campaigns (id),
      run integer NOT NULL,                     -- counted from 1; a yearly campaign has one a year
      state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'stopped', 'done')),
      started_at timestamptz NOT NULL,          -- on the deployment's clock
      ended_at timestamptz,
      enrol_after bigint DEFAULT 0,             -- customers with a greater id are still to be looked at; null: none
      enrol_again_at timestamptz,               -- a live audience: when all are looked at again
      events_after bigint NOT NULL DEFAULT 0,   -- started by an event: the newest event that was looked at
      next_at timestamptz,                      -- when there is something to do next; null: once something changes
      change_seq integer NOT NULL DEFAULT 1,    -- grows with every request of a person
      told_seq integer NOT NULL DEFAULT 0,      -- change_seq of which its workflow has been told
      last_problem text,
      UNIQUE (campaign_id, run)
    );
    CREATE INDEX campaign_runs_next ON campaign_runs (next_at) WHERE state = 'running';
    CREATE INDEX campaign_runs_untold ON campaign_runs (id) WHERE told_seq < change_seq;

    CREATE TABLE campaign_members (
      run_id bigint NOT NULL REFERENCES campaign_runs (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      experiment_group text NOT NULL,           -- 'all' without an experiment; set on joining, before anything is sent, and never changed
      state text NOT NULL CHECK (state IN ('active', 'stopped', 'done', 'held-out')),
      reason text,
      step integer NOT NULL DEFAULT 0,          -- index of the next
      next_at timestamptz,
      joined_at timestamptz NOT NULL,           -- on the deployment's clock
      joined_after_event bigint NOT NULL,       -- events with a greater id came after joining
      PRIMARY KEY (run_id, customer_id)
    );
    CREATE INDEX campaign_members_due ON campaign_members (run_id, next_at, customer_id) WHERE state = 'active';
    CREATE INDEX campaign_members_customer ON campaign_members (customer_id);
    CREATE FUNCTION campaign_members_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a member of a campaign stays in its group';
    END $$;
    CREATE TRIGGER campaign_members_stay BEFORE UPDATE OF experiment_group ON campaign_members FOR EACH ROW
      WHEN (OLD.experiment_group <> NEW.experiment_group) EXECUTE FUNCTION campaign_members_stay();

    -- What each member owed on joining: what is collected is held against it.
    CREATE TABLE campaign_balances (
      run_id bigint NOT NULL,
      customer_id bigint NOT NULL,
      currency char(3) NOT NULL,
      open_minor bigint NOT NULL,
      PRIMARY KEY (run_id, customer_id, currency)
    );

    -- What was done, once for each step and member.
    CREATE TABLE campaign_acts (
      run_id bigint NOT NULL,
      customer_id bigint NOT NULL,
      step text NOT NULL,
      at timestamptz NOT NULL,                  -- on the deployment's clock
      message_id uuid,                          -- null: a task
      PRIMARY KEY (run_id, customer_id, step)
    );
    CREATE INDEX campaign_acts_message ON campaign_acts (message_id) WHERE message_id IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE campaign_acts, campaign_balances, campaign_members, campaign_runs, campaigns; DROP FUNCTION campaign_members_stay');
}
