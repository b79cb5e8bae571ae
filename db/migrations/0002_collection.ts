import type { Knex } from 'knex';

/** Policies, the state of every invoice's collection, the decisions, and what they did to the world. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE policy_versions (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      policy text NOT NULL,               -- the policy's own name, e.g. 'reference'
      version integer NOT NULL,
      document jsonb NOT NULL,            -- as parsed; never changes once published
      source text NOT NULL,               -- as written, comments included
      published_at timestamptz NOT NULL DEFAULT now(),
      published_by text,
      active boolean NOT NULL DEFAULT false,  -- new invoices are collected under the active version
      UNIQUE (policy, version)
    );
    CREATE UNIQUE INDEX policy_versions_one_active ON policy_versions (active) WHERE active;

    -- One row per invoice that is or was collected. next_at, next_step and stage are what the last plan said: they serve
    -- lists, same-day merging and the manual clock; the decision itself is always made afresh from the ledger.
    CREATE TABLE collections (
      invoice_id bigint PRIMARY KEY REFERENCES invoices (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      policy_version_id bigint NOT NULL REFERENCES policy_versions (id),
      state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'done')),
      outcome text,                       -- when done: 'settled', 'stopped', 'exhausted', 'void'
      next_at timestamptz,
      next_step text,
      stage text,                         -- the last step that was executed or covered
      paused boolean NOT NULL DEFAULT false,
      paused_until timestamptz,
      stopped boolean NOT NULL DEFAULT false,
      requested_seq bigint NOT NULL DEFAULT 0,  -- newest outbox id that asked for a new plan
      planned_seq bigint NOT NULL DEFAULT 0,    -- requested_seq as read by the newest plan; smaller means: a plan is owed
      started_at timestamptz NOT NULL,          -- on the deployment's clock
      armed_at timestamptz                      -- when its workflow was started, wall clock
    );
    CREATE INDEX collections_next ON collections (next_at) WHERE state = 'active';
    CREATE INDEX collections_customer ON collections (customer_id, next_at) WHERE state = 'active';
    CREATE INDEX collections_owed ON collections (invoice_id) WHERE planned_seq < requested_seq;

    -- What a person asked for: pause, resume, skip a step, send it now, stop. The request id makes a repeat harmless.
    CREATE TABLE collection_controls (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      request_id text NOT NULL UNIQUE,
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      kind text NOT NULL CHECK (kind IN ('pause', 'resume', 'skip-step', 'send-now', 'stop')),
      step text,
      until timestamptz,
      actor text NOT NULL,
      reason text,
      at timestamptz NOT NULL,
      result jsonb NOT NULL
    );
    CREATE INDEX collection_controls_invoice ON collection_controls (invoice_id);

    CREATE TABLE decisions (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      policy_version_id bigint NOT NULL REFERENCES policy_versions (id),
      step text NOT NULL,
      action text NOT NULL,               -- 'email', 'task', 'notify', 'hold', 'handoff', 'release', 'release-notice'
      occurrence integer NOT NULL DEFAULT 1,
      outcome text NOT NULL CHECK (outcome IN ('executed', 'suppressed', 'deferred', 'covered', 'skipped')),
      reason_code text NOT NULL,
      reason text NOT NULL,
      at timestamptz NOT NULL,            -- on the deployment's clock
      on_date date NOT NULL,              -- the same, as a date in the customer's zone
      planned_at timestamptz NOT NULL,
      until timestamptz,                  -- deferred: until when
      covered_by text,                    -- covered: 'invoice external id/step' of the contact that carries it
      open_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      ledger_version bigint NOT NULL,     -- the ledger that it was authorised on
      inputs jsonb NOT NULL,              -- what the condition saw
      message_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now()
    );
    -- An effect happens at most once per invoice, policy version, step, action and occurrence.
    CREATE UNIQUE INDEX decisions_once ON decisions (invoice_id, policy_version_id, step, action, occurrence) WHERE outcome <> 'deferred';
    CREATE UNIQUE INDEX decisions_deferred_once ON decisions (invoice_id, policy_version_id, step, action, occurrence, reason_code, until) NULLS NOT DISTINCT WHERE outcome = 'deferred';
    CREATE INDEX decisions_customer ON decisions (customer_id, at);
    CREATE INDEX decisions_at ON decisions (at, id);

    -- The send ledger: one row per message, its exact bytes rendered once, its state as the provider tells it.
    CREATE TABLE messages (
      id uuid PRIMARY KEY,
      idempotency_key text NOT NULL UNIQUE,   -- a business fact: 'inv-1/reference@1/overdue-7/1/email'
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),      -- the invoice that leads; message_invoices has them all
      template text NOT NULL,
      language text NOT NULL,
      from_address text NOT NULL,
      to_addresses text[] NOT NULL,
      subject text,
      html text,
      body_text text,
      attachments jsonb NOT NULL DEFAULT '[]',  -- [{filename, contentType, contentBase64}]
      payload text,                             -- the exact request body handed to the provider, stored before the first attempt
      state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'delivered', 'bounced', 'complained', 'failed', 'cancelled')),
      state_reason text,
      provider text,
      provider_id text,
      attempts integer NOT NULL DEFAULT 0,
      first_attempt_at timestamptz,             -- wall clock: provider keys expire on it
      contact_on date,                          -- the customer's local date, if it counts towards spacing
      ledger_version bigint NOT NULL,           -- the ledger on which it was authorised; read again at hand-over
      queued_at timestamptz NOT NULL,           -- on the deployment's clock
      sent_at timestamptz,
      opened_at timestamptz,
      clicked_at timestamptz,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX messages_customer ON messages (customer_id, queued_at);
    CREATE INDEX messages_waiting ON messages (queued_at) WHERE state IN ('queued', 'sending', 'unknown');
    CREATE UNIQUE INDEX messages_provider ON messages (provider, provider_id) WHERE provider_id IS NOT NULL;
    CREATE INDEX messages_contact ON messages (customer_id, contact_on) WHERE contact_on IS NOT NULL AND state <> 'cancelled';

    CREATE TABLE message_invoices (
      message_id uuid NOT NULL REFERENCES messages (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      step text NOT NULL,
      PRIMARY KEY (message_id, invoice_id, step)
    );
    CREATE INDEX message_invoices_invoice ON message_invoices (invoice_id);

    CREATE TABLE message_events (
      id text PRIMARY KEY,                      -- the webhook's own id: a replay finds it here
      message_id uuid REFERENCES messages (id),
      type text NOT NULL,
      at timestamptz NOT NULL,
      payload jsonb NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX message_events_message ON message_events (message_id);

    CREATE TABLE suppressed_addresses (
      email text PRIMARY KEY,                   -- lower case
      reason text NOT NULL CHECK (reason IN ('bounced', 'complained', 'by-hand')),
      message_id uuid REFERENCES messages (id),
      at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE tasks (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,
      queue text NOT NULL,
      title text NOT NULL,
      instructions text,
      customer_id bigint REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'claimed', 'done', 'cancelled')),
      assignee_id bigint,
      due_on date,
      outcome text,
      note text,
      created_at timestamptz NOT NULL,          -- on the deployment's clock
      closed_at timestamptz,
      row_version integer NOT NULL DEFAULT 1
    );
    CREATE INDEX tasks_open ON tasks (queue, due_on, id) WHERE state IN ('open', 'claimed');
    CREATE INDEX tasks_customer ON tasks (customer_id);
    CREATE INDEX tasks_invoice ON tasks (invoice_id);

    CREATE TABLE holds (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),  -- null: placed by a person on the account
      step text,
      kind text NOT NULL DEFAULT 'credit' CHECK (kind IN ('credit', 'pause-work', 'lock-out')),
      reason text,
      placed_at timestamptz NOT NULL,
      placed_by text NOT NULL,
      released_at timestamptz,
      released_by text,
      release_reason text
    );
    CREATE INDEX holds_customer ON holds (customer_id);
    CREATE INDEX holds_active ON holds (customer_id) WHERE released_at IS NULL;
    CREATE INDEX holds_invoice ON holds (invoice_id);

    CREATE TABLE handoffs (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      agency text,
      open_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      at timestamptz NOT NULL
    );

    CREATE TABLE notifications (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,
      audience text NOT NULL,                   -- a role or a queue
      title text NOT NULL,
      customer_id bigint REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),
      at timestamptz NOT NULL,
      read_at timestamptz
    );

    CREATE TABLE notes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),
      author text NOT NULL,
      body text NOT NULL,
      at timestamptz NOT NULL
    );
    CREATE INDEX notes_customer ON notes (customer_id);

    -- Outgoing webhooks, signed; one delivery row per event and endpoint.
    CREATE TABLE webhook_endpoints (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      url text NOT NULL,
      secret text NOT NULL,
      events text[] NOT NULL,
      active boolean NOT NULL DEFAULT true,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE webhook_deliveries (
      id uuid PRIMARY KEY,
      endpoint_id bigint NOT NULL REFERENCES webhook_endpoints (id),
      event text NOT NULL,
      event_key text NOT NULL,
      body text NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL DEFAULT now(),
      last_error text,
      UNIQUE (endpoint_id, event_key)
    );
    CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (next_attempt_at) WHERE state = 'waiting';

    -- The deployment's clock. On real time the row says so and nothing else in it matters.
    CREATE TABLE clock (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      mode text NOT NULL CHECK (mode IN ('real', 'manual')),
      virtual_now timestamptz,
      target timestamptz,                 -- advancing towards it while it is later than virtual_now
      play_hours_per_second numeric       -- null: not playing
    );
    INSERT INTO clock (mode) VALUES ('real');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`DROP TABLE clock, webhook_deliveries, webhook_endpoints, notes, notifications, handoffs, holds, tasks, suppressed_addresses,
    message_events, message_invoices, messages, decisions, collection_controls, collections, policy_versions`);
}
