import type { Knex } from 'knex';

/** What customers say back: promises to pay and disputes. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE promises (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      customer_id bigint NOT NULL REFERENCES customers (id),
      currency char(3) NOT NULL,
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      promised_on date NOT NULL,
      ends_at timestamptz NOT NULL,            -- the end of that day in the customer's zone, as it was when the promise was made
      source text NOT NULL CHECK (source IN ('call', 'reply', 'api', 'portal')),
      note text,
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'kept', 'partly-kept', 'broken', 'superseded', 'cancelled')),
      paid_minor bigint NOT NULL DEFAULT 0,    -- as state was decided
      made_at timestamptz NOT NULL,            -- on the deployment's clock, as all that follows
      made_by text NOT NULL,
      decided_at timestamptz,
      withdrawn_at timestamptz,
      withdrawn_reason text,
      superseded_by bigint REFERENCES promises (id),
      row_version integer NOT NULL DEFAULT 1
    );
    CREATE INDEX promises_customer ON promises (customer_id, promised_on);
    CREATE INDEX promises_listed ON promises (promised_on, id);

    -- How a promise falls on its invoices. An invoice has one promise running at most: a later one takes over.
    CREATE TABLE promise_invoices (
      promise_id bigint NOT NULL REFERENCES promises (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      open_minor bigint NOT NULL,              -- what was open when it was promised
      after_application_id bigint NOT NULL,    -- applications with a greater id came after the promise
      superseded boolean NOT NULL DEFAULT false,
      PRIMARY KEY (promise_id, invoice_id)
    );
    CREATE INDEX promise_invoices_invoice ON promise_invoices (invoice_id);

    CREATE TABLE disputes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      currency char(3) NOT NULL,
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      reason_code text NOT NULL CHECK (reason_code IN ('price', 'quantity', 'quality', 'not-delivered', 'not-ordered', 'duplicate', 'paid-already', 'terms', 'other')),
      detail text,
      source text NOT NULL CHECK (source IN ('call', 'reply', 'api', 'portal')),
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved')),
      owner_id bigint,                         -- of users
      opened_at timestamptz NOT NULL,          -- on the deployment's clock, as all that follows
      opened_by text NOT NULL,
      deadline_on date,
      deadline_at timestamptz,                 -- the end of that day in the customer's zone
      escalated_at timestamptz,
      resolution text CHECK (resolution IN ('valid', 'invalid', 'split')),
      resolution_note text,
      credited_minor bigint NOT NULL DEFAULT 0,
      credit_note_id bigint REFERENCES credit_notes (id),
      resolved_at timestamptz,
      resolved_by text,
      row_version integer NOT NULL DEFAULT 1,
      CHECK ((state = 'open') = (resolution IS NULL))
    );
    CREATE INDEX disputes_customer ON disputes (customer_id) WHERE state = 'open';
    CREATE INDEX disputes_invoice ON disputes (invoice_id);
    CREATE INDEX disputes_listed ON disputes (opened_at, id);

    CREATE TABLE dispute_notes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      dispute_id bigint NOT NULL REFERENCES disputes (id),
      author text NOT NULL,
      body text NOT NULL,
      at timestamptz NOT NULL
    );
    CREATE INDEX dispute_notes_dispute ON dispute_notes (dispute_id);

    CREATE TABLE dispute_files (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      dispute_id bigint NOT NULL REFERENCES disputes (id),
      file_name text NOT NULL,
      content_type text NOT NULL,
      bytes integer NOT NULL,
      sha256 text NOT NULL,
      content bytea NOT NULL,
      added_by text NOT NULL,
      added_at timestamptz NOT NULL,
      UNIQUE (dispute_id, sha256)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE dispute_files, dispute_notes, disputes, promise_invoices, promises');
}
