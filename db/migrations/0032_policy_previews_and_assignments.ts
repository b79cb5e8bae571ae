import type { Knex } from 'knex';

/** Previews of drafts, worked out apart from the API's own work; and which policy collects whose invoices. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE policy_previews (
      id uuid PRIMARY KEY,
      request jsonb NOT NULL,
      state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
      done integer NOT NULL DEFAULT 0,          -- customers looked at
      total integer NOT NULL DEFAULT 0,
      result jsonb,
      problem text,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),  -- wall clock: previews are kept for an hour
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX policy_previews_created ON policy_previews (created_at);

    -- Of each policy one version is in force: the one under which invoices that are assigned to the policy come under collection. The active version is
    -- in force too, and its policy is that of everybody to whom nothing else is assigned.
    ALTER TABLE policy_versions ADD COLUMN in_force boolean NOT NULL DEFAULT false;
    UPDATE policy_versions v SET in_force = true WHERE id = (SELECT max(id) FROM policy_versions w WHERE w.policy = v.policy AND (w.active OR NOT EXISTS (SELECT FROM policy_versions a WHERE a.policy = v.policy AND a.active)));
    CREATE UNIQUE INDEX policy_versions_in_force ON policy_versions (policy) WHERE in_force;

    CREATE TABLE policy_assignments (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      policy text NOT NULL,
      invoice_id bigint UNIQUE REFERENCES invoices (id) ON DELETE CASCADE,
      customer_id bigint UNIQUE REFERENCES customers (id) ON DELETE CASCADE,
      segment_id bigint UNIQUE REFERENCES segments (id),
      priority integer,                         -- of segments that a customer is in, the lowest number decides
      reason text NOT NULL,
      assigned_by text NOT NULL,
      assigned_at timestamptz NOT NULL,         -- on the deployment's clock
      CHECK (num_nonnulls(invoice_id, customer_id, segment_id) = 1),
      CHECK ((segment_id IS NULL) = (priority IS NULL))
    );
    CREATE UNIQUE INDEX policy_assignments_priority ON policy_assignments (priority) WHERE segment_id IS NOT NULL;

    -- Every change of an assignment, with its reason.
    CREATE TABLE policy_assignment_changes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      invoice_id bigint REFERENCES invoices (id) ON DELETE CASCADE,
      customer_id bigint REFERENCES customers (id) ON DELETE CASCADE,
      segment_id bigint REFERENCES segments (id),
      policy_before text,
      policy_after text,                        -- null: taken away
      reason text NOT NULL,
      changed_by text NOT NULL,
      at timestamptz NOT NULL
    );
    CREATE INDEX policy_assignment_changes_customer ON policy_assignment_changes (customer_id) WHERE customer_id IS NOT NULL;
    CREATE INDEX policy_assignment_changes_invoice ON policy_assignment_changes (invoice_id) WHERE invoice_id IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE policy_assignment_changes, policy_assignments, policy_previews;
    DROP INDEX policy_versions_in_force;
    ALTER TABLE policy_versions DROP COLUMN in_force;
  `);
}
