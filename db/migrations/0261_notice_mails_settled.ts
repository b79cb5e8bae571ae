import type { Knex } from 'knex';

/** Notices to one's own people are listed, hear what the provider reports of them, are settled by a person where nobody else can, and are given up after days. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE notice_mails DROP CONSTRAINT notice_mails_state_check;
    ALTER TABLE notice_mails ADD CONSTRAINT notice_mails_state_check CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'delivered', 'bounced', 'complained', 'failed'));
    ALTER TABLE notice_mails ADD COLUMN written_at timestamptz NOT NULL DEFAULT now();   -- wall clock
    CREATE INDEX notice_mails_at ON notice_mails (at, id);
    CREATE INDEX notice_mails_provider ON notice_mails (provider_id) WHERE provider_id IS NOT NULL;

    -- How often it was taken out of a mail that turned out not to have been sent: part of the key of the next.
    ALTER TABLE notices ADD COLUMN retold integer NOT NULL DEFAULT 0;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE notices DROP COLUMN retold;
    DROP INDEX notice_mails_provider, notice_mails_at;
    ALTER TABLE notice_mails DROP COLUMN written_at;
    ALTER TABLE notice_mails DROP CONSTRAINT notice_mails_state_check;
    UPDATE notice_mails SET state = CASE state WHEN 'delivered' THEN 'sent' ELSE 'failed' END WHERE state IN ('delivered', 'bounced', 'complained');
    ALTER TABLE notice_mails ADD CONSTRAINT notice_mails_state_check CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown'));
  `);
}
