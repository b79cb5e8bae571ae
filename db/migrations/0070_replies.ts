import type { Knex } from 'knex';

/** What customers write back, what was made of it, and who asked not to be written to. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Made once for this installation; every process signs and checks with it. Whoever changes it makes earlier reply addresses and unsubscribe links void.
    CREATE TABLE signing_keys (
      purpose text PRIMARY KEY,
      key bytea NOT NULL
    );
    INSERT INTO signing_keys (purpose, key) VALUES ('threads', sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea));

    -- Mails of which a provider told us that they came, to be fetched from it.
    CREATE TABLE inbound_fetches (
      source text NOT NULL CHECK (source IN ('resend')),
      ref text NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'fetched', 'failed')),
      envelope jsonb NOT NULL,                    -- as the provider's event had it: from, to, subject
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL DEFAULT now(),   -- wall clock
      last_error text,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (source, ref)
    );
    CREATE INDEX inbound_fetches_waiting ON inbound_fetches (next_attempt_at) WHERE state = 'waiting';

    -- How far each polled mailbox has been read.
    CREATE TABLE inbound_mailboxes (
      name text PRIMARY KEY,
      uid_validity bigint NOT NULL,
      last_uid bigint NOT NULL
    );

    CREATE TABLE replies (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      source text NOT NULL CHECK (source IN ('resend', 'imap')),
      source_ref text NOT NULL,
      mail_id text NOT NULL UNIQUE,               -- the Message-ID: a mail that comes twice is one reply
      from_address text NOT NULL,                 -- small letters
      from_name text,
      recipients text[] NOT NULL,
      subject text NOT NULL,
      body_text text NOT NULL,
      said text NOT NULL,                         -- without quotation and signature
      is_cut boolean NOT NULL DEFAULT false,
      automatic text CHECK (automatic IN ('auto-reply', 'report', 'bulk', 'loop')),
      customer_id bigint REFERENCES customers (id),
      message_id uuid REFERENCES messages (id),   -- the message that it answers
      matched_by text CHECK (matched_by IN ('address', 'references', 'sender', 'person')),
      state text NOT NULL CHECK (state IN ('received', 'triage', 'settled', 'ignored')),
      -- what the classifier made of it, and never changed after
      kind text, confidence numeric(3, 2), reason text, classifier text, details jsonb,
      -- what it was taken as in the end; different from the above where a person corrected it
      decided_kind text, decided_details jsonb, decided_by text, decided_at timestamptz,
      paused_until timestamptz,                   -- until when it paused the invoices of its thread
      received_at timestamptz NOT NULL,           -- on the deployment's clock
      recorded_at timestamptz NOT NULL DEFAULT now(),
      row_version integer NOT NULL DEFAULT 1
    );
    CREATE INDEX replies_state ON replies (state, received_at, id);
    CREATE INDEX replies_received ON replies (received_at, id);
    CREATE INDEX replies_customer ON replies (customer_id, received_at);
    CREATE INDEX replies_message ON replies (message_id);

    CREATE TABLE reply_invoices (
      reply_id bigint NOT NULL REFERENCES replies (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      PRIMARY KEY (reply_id, invoice_id)
    );
    CREATE INDEX reply_invoices_invoice ON reply_invoices (invoice_id);

    CREATE TABLE reply_attachments (
      reply_id bigint NOT NULL REFERENCES replies (id),
      position integer NOT NULL,
      filename text NOT NULL,
      content_type text NOT NULL,
      bytes bigint NOT NULL,
      content bytea,                              -- null: refused
      refused text,
      PRIMARY KEY (reply_id, position)
    );

    -- Addresses that want no mail beyond what is owed: statements, segment mails, campaigns.
    CREATE TABLE mail_opt_outs (
      email text PRIMARY KEY,                     -- small letters
      via text NOT NULL CHECK (via IN ('one-click', 'reply', 'person')),
      message_id uuid REFERENCES messages (id),
      at timestamptz NOT NULL                     -- on the deployment's clock
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE mail_opt_outs, reply_attachments, reply_invoices, replies, inbound_mailboxes, inbound_fetches, signing_keys');
}
