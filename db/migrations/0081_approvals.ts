import type { Knex } from 'knex';

/** What waits for a person to agree to it: holds and hand-offs of ladders, and write-offs that people ask for. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE approvals (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,               -- the act itself: 'inv-1/reference@1/hold-45/1/hold', 'write-off/…'
      kind text NOT NULL CHECK (kind IN ('hold', 'handoff', 'write-off')),
      customer_id bigint NOT NULL REFERENCES customers (id),
      invoice_id bigint NOT NULL REFERENCES invoices (id),
      policy_version_id bigint REFERENCES policy_versions (id),
      step text,
      occurrence integer,
      role text NOT NULL CHECK (role IN ('credit-manager', 'admin')),   -- who has to agree
      amount_minor bigint NOT NULL,           -- a write-off's amount, else what was open when it was asked
      currency char(3) NOT NULL,
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'refused', 'withdrawn', 'timed-out')),
      reason text,                            -- why it is asked for
      requested_by text NOT NULL,             -- 'policy', or a person
      requested_at timestamptz NOT NULL,      -- on the deployment's clock
      due_at timestamptz,                     -- when it is decided without an answer; null: never
      escalated_at timestamptz,
      answered_by text,
      answered_by_name text,
      answered_at timestamptz,
      answer text,                            -- the reason given with it
      outcome text                            -- what came of it: 'executed: …', 'suppressed: …'
    );
    CREATE INDEX approvals_pending ON approvals (due_at, id) WHERE state = 'pending';
    CREATE INDEX approvals_invoice ON approvals (invoice_id);
    CREATE INDEX approvals_requested ON approvals (requested_at, id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE approvals');
}
