import type { Knex } from 'knex';

/**
 * The ledger: what is owed, by whom, and what has been paid.
 *
 * Open balances are never set by hand: `settled_minor`, `applied_minor` follow the applications through set-based
 * triggers, and `open_minor` and `unapplied_minor` are generated from them, so that lists stay one index scan and the
 * arithmetic has one place. All amounts are integers in minor units of `currency`. Identifiers are compared byte by byte
 * (COLLATE "C"): a language's order means nothing to them, and their indexes cost a third of the writing.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE business_units (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      code text NOT NULL UNIQUE,
      name text NOT NULL
    );

    CREATE TABLE custom_fields (
      entity text NOT NULL CHECK (entity IN ('customer', 'invoice')),
      name text NOT NULL,
      type text NOT NULL CHECK (type IN ('text', 'number', 'boolean', 'date')),
      label text,
      PRIMARY KEY (entity, name)
    );

    CREATE TABLE customers (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      name text NOT NULL,
      time_zone text NOT NULL DEFAULT 'UTC',
      country text,                       -- ISO 3166-1 alpha-2, for public holidays
      region text,                        -- subdivision as date-holidays names it, e.g. 'BY'
      language text NOT NULL DEFAULT 'en',
      business_unit text REFERENCES business_units (code),
      terms_days integer,                 -- payment terms, days net
      tier text,
      do_not_contact boolean NOT NULL DEFAULT false,
      custom jsonb NOT NULL DEFAULT '{}',
      paused boolean NOT NULL DEFAULT false,        -- collection paused by a person, for all invoices
      paused_until timestamptz,                     -- null while paused: until resumed
      ledger_version bigint NOT NULL DEFAULT 0,     -- grows with every change of this customer's ledger
      row_version integer NOT NULL DEFAULT 1,       -- ETag of the editable part
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE contacts (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      role text NOT NULL DEFAULT 'billing' CHECK (role IN ('billing', 'escalation', 'leadership')),
      name text,
      email text NOT NULL,
      phone text,
      row_version integer NOT NULL DEFAULT 1,
      UNIQUE (customer_id, role, email)
    );

    CREATE TABLE invoices (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      customer_id bigint NOT NULL,        -- of customers: held by triggers, see below
      number text COLLATE "C" NOT NULL,
      issued_on date NOT NULL,
      due_on date NOT NULL,
      currency char(3) NOT NULL,
      total_minor bigint NOT NULL CHECK (total_minor >= 0),
      type text NOT NULL DEFAULT 'standard',
      business_unit text,                 -- a code of business_units; no foreign key, whose check per row took a fifth of a large import
      document_state text NOT NULL DEFAULT 'issued' CHECK (document_state IN ('draft', 'issued', 'void')),
      custom jsonb NOT NULL DEFAULT '{}',
      settled_minor bigint NOT NULL DEFAULT 0,
      open_minor bigint NOT NULL GENERATED ALWAYS AS (CASE WHEN document_state = 'issued' THEN total_minor - settled_minor ELSE 0 END) STORED,
      row_version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CHECK (due_on >= issued_on),
      CHECK (settled_minor BETWEEN 0 AND total_minor)
    );
    CREATE INDEX invoices_customer ON invoices (customer_id, due_on);
    CREATE INDEX invoices_open_by_due ON invoices (due_on, id) WHERE open_minor > 0;
    CREATE INDEX invoices_number ON invoices (number);

    -- What a foreign key from invoices to customers would hold, checked once per statement: row by row it took a quarter of a large import.
    CREATE FUNCTION invoices_have_customers() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM new_rows n WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = n.customer_id)) THEN
        RAISE EXCEPTION 'an invoice must belong to a customer' USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER invoices_inserted AFTER INSERT ON invoices REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_have_customers();
    CREATE FUNCTION invoices_keep_customer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'an invoice stays with its customer';
    END $$;
    CREATE TRIGGER invoices_keep_customer BEFORE UPDATE OF customer_id ON invoices FOR EACH ROW
      WHEN (OLD.customer_id <> NEW.customer_id) EXECUTE FUNCTION invoices_keep_customer();
    CREATE FUNCTION customers_with_invoices_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM old_rows o JOIN invoices i ON i.customer_id = o.id) THEN
        RAISE EXCEPTION 'a customer who has invoices cannot be deleted' USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER customers_deleted AFTER DELETE ON customers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION customers_with_invoices_stay();

    CREATE TABLE invoice_lines (
      invoice_id bigint NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
      line integer NOT NULL,
      description text NOT NULL,
      quantity numeric NOT NULL DEFAULT 1,
      amount_minor bigint NOT NULL,
      PRIMARY KEY (invoice_id, line)
    );

    CREATE TABLE invoice_documents (
      invoice_id bigint PRIMARY KEY REFERENCES invoices (id) ON DELETE CASCADE,
      file_name text NOT NULL,
      content_type text NOT NULL DEFAULT 'application/pdf',
      content bytea NOT NULL
    );

    CREATE TABLE payments (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),   -- the invoice that the payer named; what settles it is in applications
      currency char(3) NOT NULL,
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      received_at timestamptz NOT NULL,
      received_on date,                             -- when it came as a date: received_at is then the start of that day in the customer's zone
      method text,
      reversed_at timestamptz,
      reversal_reason text,
      applied_minor bigint NOT NULL DEFAULT 0,
      unapplied_minor bigint NOT NULL GENERATED ALWAYS AS (CASE WHEN reversed_at IS NULL THEN amount_minor - applied_minor ELSE 0 END) STORED,
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK (applied_minor BETWEEN 0 AND amount_minor)
    );
    CREATE INDEX payments_customer ON payments (customer_id, received_at);
    CREATE INDEX payments_unapplied ON payments (customer_id, currency) WHERE unapplied_minor > 0;

    CREATE TABLE credit_notes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint REFERENCES invoices (id),   -- the invoice it was issued against, if any
      currency char(3) NOT NULL,
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      issued_on date NOT NULL,
      reason text,
      applied_minor bigint NOT NULL DEFAULT 0,
      unapplied_minor bigint NOT NULL GENERATED ALWAYS AS (amount_minor - applied_minor) STORED,
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK (applied_minor BETWEEN 0 AND amount_minor)
    );
    CREATE INDEX credit_notes_customer ON credit_notes (customer_id, issued_on);
    CREATE INDEX credit_notes_unapplied ON credit_notes (customer_id, currency) WHERE unapplied_minor > 0;

    CREATE TABLE write_offs (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      reason text,
      written_off_at timestamptz NOT NULL,
      reversed_at timestamptz
    );
    CREATE INDEX write_offs_invoice ON write_offs (invoice_id);

    -- What part of which payment, credit note or write-off settles which invoice.
    CREATE TABLE applications (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      payment_id bigint REFERENCES payments (id),
      credit_note_id bigint REFERENCES credit_notes (id),
      write_off_id bigint REFERENCES write_offs (id),
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      applied_at timestamptz NOT NULL,
      reversed_at timestamptz,
      CHECK (num_nonnulls(payment_id, credit_note_id, write_off_id) = 1)
    );
    CREATE INDEX applications_invoice ON applications (invoice_id);
    CREATE INDEX applications_payment ON applications (payment_id) WHERE payment_id IS NOT NULL;
    CREATE INDEX applications_credit_note ON applications (credit_note_id) WHERE credit_note_id IS NOT NULL;

    CREATE FUNCTION applications_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE invoices i SET settled_minor = i.settled_minor + d.amount
        FROM (SELECT invoice_id, sum(amount_minor) AS amount FROM new_rows WHERE reversed_at IS NULL GROUP BY invoice_id) d
        WHERE i.id = d.invoice_id;
      UPDATE payments p SET applied_minor = p.applied_minor + d.amount
        FROM (SELECT payment_id, sum(amount_minor) AS amount FROM new_rows WHERE reversed_at IS NULL AND payment_id IS NOT NULL GROUP BY payment_id) d
        WHERE p.id = d.payment_id;
      UPDATE credit_notes c SET applied_minor = c.applied_minor + d.amount
        FROM (SELECT credit_note_id, sum(amount_minor) AS amount FROM new_rows WHERE reversed_at IS NULL AND credit_note_id IS NOT NULL GROUP BY credit_note_id) d
        WHERE c.id = d.credit_note_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER applications_inserted AFTER INSERT ON applications
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION applications_inserted();

    -- Applications are never edited or deleted; the one change allowed is that they are reversed, once.
    CREATE FUNCTION applications_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n USING (id)
                 WHERE o.reversed_at IS NOT NULL OR n.reversed_at IS NULL OR o.amount_minor <> n.amount_minor OR o.invoice_id <> n.invoice_id) THEN
        RAISE EXCEPTION 'an application can only be reversed, once';
      END IF;
      UPDATE invoices i SET settled_minor = i.settled_minor - d.amount
        FROM (SELECT invoice_id, sum(amount_minor) AS amount FROM new_rows GROUP BY invoice_id) d WHERE i.id = d.invoice_id;
      UPDATE payments p SET applied_minor = p.applied_minor - d.amount
        FROM (SELECT payment_id, sum(amount_minor) AS amount FROM new_rows WHERE payment_id IS NOT NULL GROUP BY payment_id) d WHERE p.id = d.payment_id;
      UPDATE credit_notes c SET applied_minor = c.applied_minor - d.amount
        FROM (SELECT credit_note_id, sum(amount_minor) AS amount FROM new_rows WHERE credit_note_id IS NOT NULL GROUP BY credit_note_id) d WHERE c.id = d.credit_note_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER applications_reversed AFTER UPDATE ON applications
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION applications_reversed();

    CREATE FUNCTION applications_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'applications are reversed, never deleted';
    END $$;
    CREATE TRIGGER applications_kept BEFORE DELETE ON applications FOR EACH STATEMENT EXECUTE FUNCTION applications_kept();

    -- Events that workflows must hear of, written in the transaction that changed the ledger; the relay turns them into signals.
    -- No foreign keys: rows are written only with the ids of rows written in the same transaction, a hundred thousand at a time in imports.
    CREATE TABLE outbox (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id bigint NOT NULL,
      invoice_id bigint,                            -- null: every invoice of the customer that is under collection
      kind text NOT NULL,                           -- 'invoice.created', 'invoice.changed', 'payment.applied', 'payment.reversed', 'customer.changed', ...
      created_at timestamptz NOT NULL DEFAULT now(),
      relayed_at timestamptz
    );
    CREATE INDEX outbox_waiting ON outbox (id) WHERE relayed_at IS NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE outbox, applications, write_offs, credit_notes, payments, invoice_documents, invoice_lines, invoices, contacts, customers, custom_fields, business_units;
    DROP FUNCTION invoices_have_customers; DROP FUNCTION invoices_keep_customer; DROP FUNCTION customers_with_invoices_stay;
    DROP FUNCTION applications_inserted; DROP FUNCTION applications_reversed; DROP FUNCTION applications_kept;
  `);
}
