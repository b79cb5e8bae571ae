import type { Knex } from 'knex';

/**
 * What has happened: to the ledger and in communication, once each, on the deployment's clock. Automations and campaigns start from here, and a dry
 * run reads it backwards. Rows are written in the transaction of what happened, and never change.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE events (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text COLLATE "C" NOT NULL UNIQUE,     -- the business fact: a repeat finds it here
      kind text COLLATE "C" NOT NULL,           -- one of domain/events/kinds.ts
      customer_id bigint NOT NULL,              -- no foreign keys: written only with ids of rows of the same transaction, a hundred thousand at a time in imports
      invoice_id bigint,
      at timestamptz NOT NULL,                  -- on the deployment's clock
      -- How many automations led to it, one after another: 0 for what came from outside. Set for a whole transaction (db/events/depth.ts), so that
      -- nothing that an automation does can be written without it.
      depth smallint NOT NULL DEFAULT coalesce(nullif(current_setting('dunwell.event_depth', true), ''), '0')::smallint,
      data jsonb NOT NULL DEFAULT '{}',
      recorded_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX events_customer ON events (customer_id, at);
    -- Rows come in the order of the clock, so that a summary of each block of pages is enough to read some days of it.
    CREATE INDEX events_at ON events USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

    CREATE FUNCTION events_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'events never change';
    END $$;
    CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_kept();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE events; DROP FUNCTION events_kept');
}
