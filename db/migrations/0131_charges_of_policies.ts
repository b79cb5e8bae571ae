import type { Knex } from 'knex';

/** Charges that steps of a policy make, money that people put on charges, and reference rates that a company adds to those that the product knows. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE charges
      ADD COLUMN key text UNIQUE,                   -- the step that made it; null: a person did
      ADD COLUMN applied_minor bigint NOT NULL DEFAULT 0,
      ADD COLUMN open_minor bigint NOT NULL GENERATED ALWAYS AS (CASE WHEN waived_at IS NULL THEN amount_minor - applied_minor ELSE 0 END) STORED,
      ADD CHECK (applied_minor BETWEEN 0 AND amount_minor);

    CREATE TABLE charge_applications (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      charge_id bigint NOT NULL REFERENCES charges (id),
      payment_id bigint NOT NULL REFERENCES payments (id),
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      applied_at timestamptz NOT NULL,
      reversed_at timestamptz
    );
    CREATE INDEX charge_applications_charge ON charge_applications (charge_id);
    CREATE INDEX charge_applications_payment ON charge_applications (payment_id);

    -- As with applications to invoices: balances follow the rows.
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
    -- The one change allowed is that they are reversed, once.
    CREATE FUNCTION charge_applications_only_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.reversed_at IS NOT NULL OR NEW.reversed_at IS NULL OR (OLD.charge_id, OLD.payment_id, OLD.amount_minor) <> (NEW.charge_id, NEW.payment_id, NEW.amount_minor) THEN
        RAISE EXCEPTION 'an application can only be reversed, once';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER charge_applications_only_reversed BEFORE UPDATE ON charge_applications FOR EACH ROW EXECUTE FUNCTION charge_applications_only_reversed();
    CREATE TRIGGER charge_applications_reversed AFTER UPDATE ON charge_applications
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION charge_applications_changed();

    CREATE TABLE reference_rates (
      preset text NOT NULL CHECK (preset IN ('eu', 'de', 'uk')),
      half_year date NOT NULL CHECK (extract(day FROM half_year) = 1 AND extract(month FROM half_year) IN (1, 7)),
      rate_units integer NOT NULL CHECK (rate_units BETWEEN -100000 AND 1000000),   -- ten-thousandths of a percent
      source text NOT NULL,
      added_at timestamptz NOT NULL,
      added_by text NOT NULL,
      PRIMARY KEY (preset, half_year)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE reference_rates, charge_applications;
    DROP FUNCTION charge_applications_changed; DROP FUNCTION charge_applications_only_reversed;
    ALTER TABLE charges DROP COLUMN open_minor;
    ALTER TABLE charges DROP COLUMN applied_minor, DROP COLUMN key;
  `);
}
