import type { Knex } from 'knex';

/**
 * Segments: customers who fulfil a condition. Membership follows the ledger by its events: whoever changes a customer's ledger leaves a row in
 * segment_changes, and segment_rechecks says when the answer for a customer may change by the mere passing of days.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE segments (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text COLLATE "C" NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
      title text NOT NULL,
      description text,
      document jsonb NOT NULL,              -- the condition as written
      condition jsonb NOT NULL,             -- the same as parsed
      archived boolean NOT NULL DEFAULT false,
      refresh_from bigint,                  -- every customer with a greater id is still to be looked at under this condition; null: none
      row_version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,      -- on the deployment's clock
      created_by text NOT NULL,
      updated_at timestamptz NOT NULL
    );

    CREATE TABLE segment_members (
      segment_id bigint NOT NULL REFERENCES segments (id),
      customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      joined_at timestamptz NOT NULL,       -- on the deployment's clock
      reason text NOT NULL,                 -- why, in words, as it was on joining
      PRIMARY KEY (segment_id, customer_id)
    );
    CREATE INDEX segment_members_customer ON segment_members (customer_id);

    CREATE TABLE segment_history (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      segment_id bigint NOT NULL REFERENCES segments (id),
      customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      change text NOT NULL CHECK (change IN ('joined', 'left')),
      at timestamptz NOT NULL,              -- on the deployment's clock
      reason text NOT NULL
    );
    CREATE INDEX segment_history_segment ON segment_history (segment_id, id);
    CREATE INDEX segment_history_customer ON segment_history (customer_id, id);

    -- Customers whose membership is to be looked at again. Rows are only added and taken away, never updated, so that writers never wait for each other.
    CREATE TABLE segment_changes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id bigint NOT NULL
    );

    CREATE TABLE segment_rechecks (
      segment_id bigint NOT NULL REFERENCES segments (id),
      customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      at timestamptz NOT NULL,              -- the start of a day where the customer is
      PRIMARY KEY (segment_id, customer_id)
    );
    CREATE INDEX segment_rechecks_at ON segment_rechecks (at);

    -- How a customer pays, by the rules of domain/behaviour; written anew when a payment changes it.
    CREATE TABLE customer_behaviour (
      customer_id bigint PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
      class text NOT NULL CHECK (class IN ('new', 'prompt', 'slow', 'at-risk')),
      reason text NOT NULL,
      updated_at timestamptz NOT NULL
    );

    -- Every change of a ledger raises its customer's version; what people edit raises row_version. One statement leaves one row for each customer.
    CREATE FUNCTION customers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO segment_changes (customer_id)
        SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n.ledger_version <> o.ledger_version OR n.row_version <> o.row_version;
      RETURN NULL;
    END $$;
    CREATE TRIGGER customers_changed AFTER UPDATE ON customers
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers_changed();

    CREATE FUNCTION customers_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO segment_changes (customer_id) SELECT id FROM new_rows ORDER BY id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER customers_added AFTER INSERT ON customers
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers_added();

    -- A contact changes how long ago the last one was.
    CREATE FUNCTION messages_count_as_contact() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO segment_changes (customer_id) SELECT DISTINCT customer_id FROM new_rows WHERE contact_on IS NOT NULL;
      RETURN NULL;
    END $$;
    CREATE TRIGGER messages_count_as_contact AFTER INSERT ON messages
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION messages_count_as_contact();
    CREATE FUNCTION messages_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO segment_changes (customer_id) VALUES (NEW.customer_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER messages_cancelled AFTER UPDATE OF state ON messages FOR EACH ROW
      WHEN (NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NEW.contact_on IS NOT NULL) EXECUTE FUNCTION messages_cancelled();

    -- Those who are there already are looked at once.
    INSERT INTO segment_changes (customer_id) SELECT id FROM customers ORDER BY id;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TRIGGER customers_changed ON customers;
    DROP TRIGGER customers_added ON customers;
    DROP TRIGGER messages_count_as_contact ON messages;
    DROP TRIGGER messages_cancelled ON messages;
    DROP FUNCTION customers_changed; DROP FUNCTION customers_added; DROP FUNCTION messages_count_as_contact; DROP FUNCTION messages_cancelled;
    DROP TABLE customer_behaviour, segment_rechecks, segment_changes, segment_history, segment_members, segments;
  `);
}
