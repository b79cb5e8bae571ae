import type { Knex } from 'knex';

/** Who may come in, and what has been asked already. Secrets are stored as hashes only. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE users (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      email text NOT NULL UNIQUE CHECK (email = lower(email)),
      name text NOT NULL,
      role text NOT NULL CHECK (role IN ('admin', 'credit-manager', 'collector', 'sales', 'viewer')),
      password_hash text NOT NULL,        -- argon2id, with its parameters
      active boolean NOT NULL DEFAULT true,
      last_sign_in_at timestamptz,
      row_version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE tasks ADD FOREIGN KEY (assignee_id) REFERENCES users (id);

    CREATE TABLE sessions (
      token_hash bytea PRIMARY KEY,       -- sha256 of the 256-bit token in the cookie
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_seen_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL     -- however busy it is
    );
    CREATE INDEX sessions_user ON sessions (user_id);

    CREATE TABLE api_keys (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL,
      prefix text NOT NULL,               -- shown, to recognise it by
      key_hash bytea NOT NULL UNIQUE,     -- sha256: the key itself has 256 random bits
      scopes text[] NOT NULL,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz
    );

    -- Failed sign-ins in a row, per address, whether or not there is a user with it.
    CREATE TABLE login_attempts (
      email text PRIMARY KEY,
      failures integer NOT NULL,
      last_at timestamptz NOT NULL,
      locked_until timestamptz
    );

    -- Sign-ins per network address, kept by rate-limiter-flexible, which prescribes the columns.
    CREATE TABLE sign_in_rates (
      key varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      expire bigint
    );

    -- The answer to every POST that came with an Idempotency-Key, written in the transaction of what it did.
    CREATE TABLE idempotency_keys (
      actor text NOT NULL,
      key text NOT NULL,
      request_hash bytea NOT NULL,
      status integer NOT NULL,
      headers jsonb NOT NULL,
      body text,                          -- null when the answer held a secret
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (actor, key)
    );
    CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE tasks DROP CONSTRAINT tasks_assignee_id_fkey; DROP TABLE idempotency_keys, sign_in_rates, login_attempts, api_keys, sessions, users');
}
