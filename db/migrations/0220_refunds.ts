import type { Knex } from 'knex';

/**
 * Money that goes back to who paid, whole or in part, and reversals that are chargebacks.
 *
 * A refund may take back a part of an application. The application is then split: it keeps what is left, with its id and time, and the part taken back becomes a row of its own, applied
 * when the whole was and reversed now. So what was settled at any instant, and what was paid since a promise or an offer was made, reads as before. Neither new column of applications
 * has a foreign key, whose check per row a large import would pay for; the triggers hold what they would.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE payments ADD COLUMN reversal_kind text CHECK (reversal_kind IN ('reversal', 'chargeback'));
    UPDATE payments SET reversal_kind = 'reversal' WHERE reversed_at IS NOT NULL;
    ALTER TABLE payments
      ADD CONSTRAINT payments_reversed_as CHECK ((reversed_at IS NULL) = (reversal_kind IS NULL)),
      ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0,
      DROP COLUMN unapplied_minor,
      DROP CONSTRAINT payments_check;
    ALTER TABLE payments
      ADD COLUMN unapplied_minor bigint NOT NULL GENERATED ALWAYS AS (CASE WHEN reversed_at IS NULL THEN amount_minor - applied_minor - refunded_minor ELSE 0 END) STORED,
      ADD CONSTRAINT payments_check CHECK (applied_minor >= 0 AND refunded_minor >= 0 AND applied_minor + refunded_minor <= amount_minor);
    CREATE INDEX payments_unapplied ON payments (customer_id, currency) WHERE unapplied_minor > 0;

    CREATE TABLE refunds (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      external_id text COLLATE "C" NOT NULL UNIQUE,
      payment_id bigint NOT NULL REFERENCES payments (id),
      customer_id bigint NOT NULL REFERENCES customers (id),
      currency char(3) NOT NULL,
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      reason text,
      refunded_at timestamptz NOT NULL,             -- when the money went
      recorded_at timestamptz NOT NULL              -- when the ledger learned of it, on the deployment's clock: what it reopens is open from then
    );
    CREATE INDEX refunds_payment ON refunds (payment_id);
    CREATE INDEX refunds_customer ON refunds (customer_id, refunded_at);
    CREATE INDEX refunds_refunded ON refunds (refunded_at, id);

    CREATE FUNCTION refunds_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE payments p SET refunded_minor = p.refunded_minor + d.amount
        FROM (SELECT payment_id, sum(amount_minor) AS amount FROM new_rows GROUP BY payment_id) d WHERE p.id = d.payment_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER refunds_inserted AFTER INSERT ON refunds REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refunds_inserted();
    CREATE FUNCTION refunds_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'refunds never change: money that comes back is a payment';
    END $$;
    CREATE TRIGGER refunds_kept BEFORE UPDATE OR DELETE ON refunds FOR EACH STATEMENT EXECUTE FUNCTION refunds_kept();

    ALTER TABLE applications
      ADD COLUMN refund_id bigint,                  -- the refund that took it back
      ADD COLUMN part_of bigint,                    -- the application that it was a part of
      ADD CHECK (refund_id IS NULL OR (payment_id IS NOT NULL AND reversed_at IS NOT NULL)),
      ADD CHECK (part_of IS NULL OR refund_id IS NOT NULL);
    CREATE INDEX applications_refund ON applications (refund_id) WHERE refund_id IS NOT NULL;
    ALTER TABLE charge_applications
      ADD COLUMN refund_id bigint,
      ADD COLUMN part_of bigint,
      ADD CHECK (refund_id IS NULL OR reversed_at IS NOT NULL),
      ADD CHECK (part_of IS NULL OR refund_id IS NOT NULL);
    CREATE INDEX charge_applications_refund ON charge_applications (refund_id) WHERE refund_id IS NOT NULL;

    CREATE OR REPLACE FUNCTION applications_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
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
      IF EXISTS (SELECT 1 FROM new_rows WHERE part_of IS NOT NULL) THEN
        IF EXISTS (SELECT 1 FROM new_rows n LEFT JOIN applications a ON a.id = n.part_of AND a.reversed_at IS NULL
                   WHERE n.part_of IS NOT NULL AND (a.id IS NULL OR (a.invoice_id, a.payment_id, a.applied_at) IS DISTINCT FROM (n.invoice_id, n.payment_id, n.applied_at))) THEN
          RAISE EXCEPTION 'a part is of an application that stands, and like it';
        END IF;
        UPDATE applications a SET amount_minor = a.amount_minor - d.amount
          FROM (SELECT part_of, sum(amount_minor) AS amount FROM new_rows WHERE part_of IS NOT NULL GROUP BY part_of) d WHERE a.id = d.part_of;
      END IF;
      RETURN NULL;
    END $$;

    -- Applications are never edited or deleted. They are reversed, once; and one becomes smaller by a part of it that is inserted beside it, which is the trigger above and nobody else.
    CREATE OR REPLACE FUNCTION applications_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n USING (id)
                 WHERE o.reversed_at IS NOT NULL OR o.invoice_id <> n.invoice_id
                   OR CASE WHEN n.reversed_at IS NULL THEN pg_trigger_depth() < 2 OR n.amount_minor >= o.amount_minor ELSE n.amount_minor <> o.amount_minor END) THEN
        RAISE EXCEPTION 'an application can only be reversed, once';
      END IF;
      UPDATE invoices i SET settled_minor = i.settled_minor - d.amount
        FROM (SELECT n.invoice_id, sum(${freed}) AS amount FROM old_rows o JOIN new_rows n USING (id) GROUP BY n.invoice_id) d WHERE i.id = d.invoice_id;
      UPDATE payments p SET applied_minor = p.applied_minor - d.amount
        FROM (SELECT n.payment_id, sum(${freed}) AS amount FROM old_rows o JOIN new_rows n USING (id) WHERE n.payment_id IS NOT NULL GROUP BY n.payment_id) d WHERE p.id = d.payment_id;
      UPDATE credit_notes c SET applied_minor = c.applied_minor - d.amount
        FROM (SELECT n.credit_note_id, sum(${freed}) AS amount FROM old_rows o JOIN new_rows n USING (id) WHERE n.credit_note_id IS NOT NULL GROUP BY n.credit_note_id) d WHERE c.id = d.credit_note_id;
      RETURN NULL;
    END $$;

    CREATE FUNCTION charge_applications_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE charges h SET applied_minor = h.applied_minor + d.amount
        FROM (SELECT charge_id, sum(amount_minor) AS amount FROM new_rows WHERE reversed_at IS NULL GROUP BY charge_id) d WHERE h.id = d.charge_id;
      UPDATE payments p SET applied_minor = p.applied_minor + d.amount
        FROM (SELECT payment_id, sum(amount_minor) AS amount FROM new_rows WHERE reversed_at IS NULL GROUP BY payment_id) d WHERE p.id = d.payment_id;
      IF EXISTS (SELECT 1 FROM new_rows WHERE part_of IS NOT NULL) THEN
        IF EXISTS (SELECT 1 FROM new_rows n LEFT JOIN charge_applications a ON a.id = n.part_of AND a.reversed_at IS NULL
                   WHERE n.part_of IS NOT NULL AND (a.id IS NULL OR (a.charge_id, a.payment_id, a.applied_at) IS DISTINCT FROM (n.charge_id, n.payment_id, n.applied_at))) THEN
          RAISE EXCEPTION 'a part is of an application that stands, and like it';
        END IF;
        UPDATE charge_applications a SET amount_minor = a.amount_minor - d.amount
          FROM (SELECT part_of, sum(amount_minor) AS amount FROM new_rows WHERE part_of IS NOT NULL GROUP BY part_of) d WHERE a.id = d.part_of;
      END IF;
      RETURN NULL;
    END $$;
    CREATE FUNCTION charge_applications_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE charges h SET applied_minor = h.applied_minor - d.amount
        FROM (SELECT n.charge_id, sum(${freed}) AS amount FROM old_rows o JOIN new_rows n USING (id) GROUP BY n.charge_id) d WHERE h.id = d.charge_id;
      UPDATE payments p SET applied_minor = p.applied_minor - d.amount
        FROM (SELECT n.payment_id, sum(${freed}) AS amount FROM old_rows o JOIN new_rows n USING (id) GROUP BY n.payment_id) d WHERE p.id = d.payment_id;
      RETURN NULL;
    END $$;
    CREATE OR REPLACE FUNCTION charge_applications_only_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.reversed_at IS NOT NULL OR (OLD.charge_id, OLD.payment_id) <> (NEW.charge_id, NEW.payment_id)
        OR (CASE WHEN NEW.reversed_at IS NULL THEN pg_trigger_depth() < 2 OR NEW.amount_minor >= OLD.amount_minor ELSE NEW.amount_minor <> OLD.amount_minor END) THEN
        RAISE EXCEPTION 'an application can only be reversed, once';
      END IF;
      RETURN NEW;
    END $$;
    DROP TRIGGER charge_applications_inserted ON charge_applications;
    DROP TRIGGER charge_applications_reversed ON charge_applications;
    DROP FUNCTION charge_applications_changed;
    CREATE TRIGGER charge_applications_inserted AFTER INSERT ON charge_applications
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION charge_applications_inserted();
    CREATE TRIGGER charge_applications_reversed AFTER UPDATE ON charge_applications
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION charge_applications_reversed();
  `);
  for (const table of importTables) {
    await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_kind_check, ADD CONSTRAINT ${table}_kind_check
      CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes', 'refunds', 'disputes', 'promises'))`);
  }
}

/** What a change of an application gives back: all of it when it is reversed, else by how much it became smaller. */
const freed = 'o.amount_minor - CASE WHEN n.reversed_at IS NULL THEN n.amount_minor ELSE 0 END';
const importTables = ['import_mappings', 'imports'];

/** What refunds took back stays taken back; the money given back shows as unapplied again. */
export async function down(knex: Knex): Promise<void> {
  for (const table of importTables) {
    await knex.raw(`DELETE FROM ${table} WHERE kind = 'refunds'`);
    await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_kind_check, ADD CONSTRAINT ${table}_kind_check CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes', 'disputes', 'promises'))`);
  }
  await knex.raw(`
    DROP TRIGGER charge_applications_inserted ON charge_applications;
    DROP TRIGGER charge_applications_reversed ON charge_applications;
    DROP FUNCTION charge_applications_inserted; DROP FUNCTION charge_applications_reversed;
    CREATE FUNCTION charge_applications_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE direction integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
      UPDATE charges h SET applied_minor = h.applied_minor + direction * d.amount
        FROM (SELECT charge_id, sum(amount_minor) AS amount FROM new_rows GROUP BY charge_id) d WHERE h.id = d.charge_id;
      UPDATE payments p SET applied_minor = p.applied_minor + direction * d.amount
        FROM (SELECT payment_id, sum(amount_minor) AS amount FROM new_rows GROUP BY payment_id) d WHERE p.id = d.payment_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER charge_applications_inserted AFTER INSERT ON charge_applications
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION charge_applications_changed();
    CREATE TRIGGER charge_applications_reversed AFTER UPDATE ON charge_applications
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION charge_applications_changed();
    CREATE OR REPLACE FUNCTION charge_applications_only_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.reversed_at IS NOT NULL OR NEW.reversed_at IS NULL OR (OLD.charge_id, OLD.payment_id, OLD.amount_minor) <> (NEW.charge_id, NEW.payment_id, NEW.amount_minor) THEN
        RAISE EXCEPTION 'an application can only be reversed, once';
      END IF;
      RETURN NEW;
    END $$;
    ALTER TABLE charge_applications DROP COLUMN part_of, DROP COLUMN refund_id;

    CREATE OR REPLACE FUNCTION applications_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
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
    CREATE OR REPLACE FUNCTION applications_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
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
    ALTER TABLE applications DROP COLUMN part_of, DROP COLUMN refund_id;
    DROP TABLE refunds;
    DROP FUNCTION refunds_inserted; DROP FUNCTION refunds_kept;

    ALTER TABLE payments DROP COLUMN unapplied_minor, DROP CONSTRAINT payments_check, DROP COLUMN reversal_kind;
    ALTER TABLE payments DROP COLUMN refunded_minor,
      ADD COLUMN unapplied_minor bigint NOT NULL GENERATED ALWAYS AS (CASE WHEN reversed_at IS NULL THEN amount_minor - applied_minor ELSE 0 END) STORED,
      ADD CONSTRAINT payments_check CHECK (applied_minor BETWEEN 0 AND amount_minor);
    CREATE INDEX payments_unapplied ON payments (customer_id, currency) WHERE unapplied_minor > 0;
  `);
}
