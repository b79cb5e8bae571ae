import type { Knex } from 'knex';
import { digestTemplate } from '../../domain/templates/builtin/digest';

/** Emails to the people who work with this installation: who wants them, what they are about, and what became of each. Nobody who is here already gets any unasked, and nothing that is old is told. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE users ADD COLUMN notice_mail text NOT NULL DEFAULT 'none' CHECK (notice_mail IN ('none', 'at-once', 'daily'));
    ALTER TABLE users ALTER COLUMN notice_mail SET DEFAULT 'daily';
    ALTER TABLE users ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC';

    CREATE TABLE notice_mails (
      id uuid PRIMARY KEY,
      idempotency_key text NOT NULL UNIQUE,
      user_id bigint NOT NULL REFERENCES users (id),
      state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
      state_reason text,
      to_address text NOT NULL,
      from_address text NOT NULL,
      template text NOT NULL,
      template_version integer NOT NULL,
      subject text NOT NULL,
      html text NOT NULL,
      body_text text NOT NULL,
      payload text NOT NULL,                    -- the exact bytes, before the first attempt
      provider text NOT NULL,
      provider_id text,
      attempts integer NOT NULL DEFAULT 0,
      at timestamptz NOT NULL,                  -- on the deployment's clock
      next_at timestamptz NOT NULL,   -- wall clock, as are the next two
      first_attempt_at timestamptz,
      last_attempt_at timestamptz
    );
    CREATE INDEX notice_mails_waiting ON notice_mails (next_at) WHERE state IN ('queued', 'sending');
    CREATE INDEX notice_mails_user ON notice_mails (user_id, at DESC);

    CREATE TABLE notices (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key text NOT NULL UNIQUE,                 -- what it tells to whom: 'task-17/assigned/3/2', 'mention-9'
      user_id bigint NOT NULL REFERENCES users (id),
      kind text NOT NULL CHECK (kind IN ('mention', 'task-assigned', 'task-overdue', 'address-bounced', 'approval-waiting')),
      title text NOT NULL,
      customer_id bigint REFERENCES customers (id),
      notification_id bigint REFERENCES notifications (id),
      task_id bigint REFERENCES tasks (id),
      approval_id bigint REFERENCES approvals (id),
      at timestamptz NOT NULL,
      mail_id uuid REFERENCES notice_mails (id),
      dropped text                              -- why it was not worth a mail any more
    );
    CREATE INDEX notices_waiting ON notices (user_id, id) WHERE mail_id IS NULL AND dropped IS NULL;
    CREATE INDEX notices_mail ON notices (mail_id) WHERE mail_id IS NOT NULL;
    CREATE INDEX notices_customer ON notices (customer_id) WHERE customer_id IS NOT NULL;

    -- What has been told already, whether the person wanted a mail or not: turning mails on brings no flood.
    ALTER TABLE notifications ADD COLUMN is_told boolean NOT NULL DEFAULT true;
    ALTER TABLE notifications ALTER COLUMN is_told SET DEFAULT false;
    CREATE INDEX notifications_untold ON notifications (id) WHERE audience = 'mention' AND NOT is_told;
    ALTER TABLE tasks ADD COLUMN told_assignee_id bigint, ADD COLUMN told_overdue boolean NOT NULL DEFAULT false;
    UPDATE tasks SET told_assignee_id = assignee_id, told_overdue = overdue_at IS NOT NULL WHERE state IN ('open', 'claimed') AND (assignee_id IS NOT NULL OR overdue_at IS NOT NULL);
    UPDATE tasks SET told_assignee_id = 0 WHERE state = 'open' AND assignee_id IS NULL AND key LIKE 'mail/%/bounced';
    CREATE INDEX tasks_untold ON tasks (id) WHERE state IN ('open', 'claimed') AND assignee_id IS NOT NULL AND (told_assignee_id IS DISTINCT FROM assignee_id OR (overdue_at IS NOT NULL AND NOT told_overdue));
    CREATE INDEX tasks_bounced_untold ON tasks (id) WHERE state = 'open' AND assignee_id IS NULL AND told_assignee_id IS NULL AND key LIKE 'mail/%/bounced';
    ALTER TABLE approvals ADD COLUMN told_role text;
    UPDATE approvals SET told_role = role WHERE state = 'pending';
    CREATE INDEX approvals_untold ON approvals (id) WHERE state = 'pending' AND told_role IS DISTINCT FROM role;
  `);
  const { name, title, kind, version, defaultLanguage, texts } = digestTemplate;
  await knex.raw(
    `WITH made AS (INSERT INTO templates (name, title, kind) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING RETURNING id)
     INSERT INTO template_versions (template_id, version, default_language, texts, note, published_by) SELECT id, ?, ?, ?, 'Built in', 'Dunwell' FROM made`,
    [name, title, kind, version, defaultLanguage, JSON.stringify(texts)]);
  await knex.raw(`UPDATE templates t SET current_version = 1 WHERE name = ? AND current_version IS NULL AND draft IS NULL AND EXISTS (SELECT FROM template_versions v WHERE v.template_id = t.id AND v.version = 1 AND v.published_by = 'Dunwell')`, [name]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX approvals_untold, tasks_bounced_untold, tasks_untold, notifications_untold;
    ALTER TABLE approvals DROP COLUMN told_role;
    ALTER TABLE tasks DROP COLUMN told_assignee_id, DROP COLUMN told_overdue;
    ALTER TABLE notifications DROP COLUMN is_told;
    DROP TABLE notices, notice_mails;
    ALTER TABLE users DROP COLUMN notice_mail, DROP COLUMN time_zone;
    UPDATE templates SET current_version = NULL WHERE name = 'internal-digest';
    ALTER TABLE template_versions DISABLE TRIGGER template_versions_kept;
    DELETE FROM template_versions v USING templates t WHERE t.id = v.template_id AND t.name = 'internal-digest';
    ALTER TABLE template_versions ENABLE TRIGGER template_versions_kept;
    DELETE FROM templates WHERE name = 'internal-digest';
  `);
}
