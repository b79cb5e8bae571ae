import type { Knex } from 'knex';

/** Who does which tasks: queues with their people and rules, templates, and the person who owns a customer's account. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE task_queues (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL UNIQUE,               -- as tasks and policies call it; a queue that has no row here has no rules
      assignment text NOT NULL DEFAULT 'none' CHECK (assignment IN ('none', 'round-robin', 'owner', 'load')),
      last_assigned_id bigint,                 -- round robin: whose turn was last
      escalation text NOT NULL DEFAULT 'none' CHECK (escalation IN ('none', 'lead', 'queue')),
      lead_id bigint REFERENCES users (id),
      escalate_to text REFERENCES task_queues (name) ON UPDATE CASCADE,
      row_version integer NOT NULL DEFAULT 1,
      CHECK (escalation <> 'lead' OR lead_id IS NOT NULL),
      CHECK (escalation <> 'queue' OR (escalate_to IS NOT NULL AND escalate_to <> name))
    );
    CREATE TABLE task_queue_members (
      queue_id bigint NOT NULL REFERENCES task_queues (id) ON DELETE CASCADE,
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      PRIMARY KEY (queue_id, user_id)
    );
    INSERT INTO task_queues (name) SELECT name FROM (VALUES ('Customer Care'), ('Sales'), ('Collections')) AS known (name);
    INSERT INTO task_queues (name) SELECT DISTINCT queue FROM tasks ON CONFLICT DO NOTHING;

    CREATE TABLE task_templates (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL UNIQUE,               -- as policies call it, e.g. 'first-call'
      title text NOT NULL,
      instructions text,
      queue text NOT NULL,
      due_in_days integer NOT NULL DEFAULT 1 CHECK (due_in_days BETWEEN 0 AND 365),
      priority integer NOT NULL DEFAULT 2 CHECK (priority BETWEEN 1 AND 4),
      outcomes text[],                         -- null: every outcome
      active boolean NOT NULL DEFAULT true,
      row_version integer NOT NULL DEFAULT 1
    );

    ALTER TABLE tasks ADD COLUMN template text;
    ALTER TABLE tasks ADD COLUMN priority integer NOT NULL DEFAULT 2 CHECK (priority BETWEEN 1 AND 4);   -- 1 urgent, 2 normal, 3 and 4 lower
    ALTER TABLE tasks ADD COLUMN outcomes text[];
    ALTER TABLE tasks ADD COLUMN overdue_at timestamptz;        -- when it was found to be overdue; once
    ALTER TABLE tasks ADD COLUMN escalated_from text;           -- the queue that it was in before
    ALTER TABLE tasks ADD COLUMN follows bigint REFERENCES tasks (id);   -- the task whose outcome raised it
    ALTER TABLE tasks ADD COLUMN outcome_data jsonb;            -- what was said: an amount, a day, a contact
    CREATE INDEX tasks_assignee ON tasks (assignee_id, due_on, id) WHERE state IN ('open', 'claimed');
    CREATE INDEX tasks_not_yet_overdue ON tasks (due_on) WHERE state IN ('open', 'claimed') AND overdue_at IS NULL;
    CREATE INDEX tasks_list ON tasks ((coalesce(due_on, 'infinity'::date)), id) WHERE state IN ('open', 'claimed');

    ALTER TABLE customers ADD COLUMN owner_id bigint REFERENCES users (id);
    CREATE INDEX customers_owner ON customers (owner_id) WHERE owner_id IS NOT NULL;

    -- A number that turned out wrong; the contact is flagged for as long as that is still its number.
    ALTER TABLE contacts ADD COLUMN wrong_phone text;

    -- For one person: a mention, a task that was escalated to them. Null: for all who read the audience's.
    ALTER TABLE notifications ADD COLUMN user_id bigint REFERENCES users (id);
    CREATE INDEX notifications_unread ON notifications (user_id, at, id) WHERE read_at IS NULL;
    CREATE INDEX notifications_at ON notifications (at, id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX notifications_at;
    ALTER TABLE notifications DROP COLUMN user_id;
    ALTER TABLE contacts DROP COLUMN wrong_phone;
    ALTER TABLE customers DROP COLUMN owner_id;
    DROP INDEX tasks_list;
    ALTER TABLE tasks DROP COLUMN template, DROP COLUMN priority, DROP COLUMN outcomes, DROP COLUMN overdue_at, DROP COLUMN escalated_from, DROP COLUMN follows, DROP COLUMN outcome_data;
    DROP TABLE task_templates, task_queue_members, task_queues;
  `);
}
