import type { Knex } from 'knex';

/**
 * A notification is read by each person for themselves. Whom it reaches is written down when it is raised; what was read by one before stays read for all, and nobody is sent an email about anything that
 * is there already, nor gets emails to their groups unasked.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE notification_readers (
      notification_id bigint NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      read_at timestamptz,                      -- wall clock
      -- Whether it was considered for an email.
      is_told boolean NOT NULL DEFAULT false,
      PRIMARY KEY (user_id, notification_id)
    );
    CREATE INDEX notification_readers_unread ON notification_readers (user_id, notification_id) WHERE read_at IS NULL;
    CREATE INDEX notification_readers_untold ON notification_readers (notification_id, user_id) WHERE NOT is_told;
    CREATE INDEX notification_readers_of ON notification_readers (notification_id);

    -- Whom an audience means: a role, a queue's people and its lead, whose account the customer is, or one person by their address. One that means nobody who is here reaches the credit managers,
    -- or administrators where there are none: what a policy tells is not lost for a name.
    CREATE FUNCTION people_of_audience(audience text, customer bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
      WITH named AS (
        SELECT u.id FROM users u WHERE u.active AND (u.role = lower(audience) OR u.email = lower(audience))
        UNION SELECT u.id FROM task_queues q JOIN users u ON u.active AND (u.id = q.lead_id OR EXISTS (SELECT FROM task_queue_members m WHERE m.queue_id = q.id AND m.user_id = u.id)) WHERE lower(q.name) = lower(audience)
        UNION SELECT u.id FROM customers c JOIN users u ON u.id = c.owner_id AND u.active WHERE lower(audience) = 'owner' AND c.id = customer
      )
      SELECT id FROM named
      UNION ALL SELECT u.id FROM users u WHERE u.active AND NOT EXISTS (SELECT FROM named)
        AND u.role = CASE WHEN EXISTS (SELECT FROM users m WHERE m.active AND m.role = 'credit-manager') THEN 'credit-manager' ELSE 'admin' END
    $$;

    INSERT INTO notification_readers (notification_id, user_id, read_at, is_told) SELECT id, user_id, read_at, audience <> 'mention' OR is_told FROM notifications WHERE user_id IS NOT NULL;
    WITH reached AS (SELECT a.audience, a.customer_id, p.id AS user_id FROM (SELECT DISTINCT audience, CASE WHEN lower(audience) = 'owner' THEN customer_id END AS customer_id FROM notifications WHERE user_id IS NULL) a, people_of_audience(a.audience, a.customer_id) AS p (id))
    INSERT INTO notification_readers (notification_id, user_id, read_at, is_told)
      SELECT n.id, r.user_id, n.read_at, true FROM notifications n JOIN reached r ON r.audience = n.audience AND (r.customer_id IS NULL OR r.customer_id = n.customer_id) WHERE n.user_id IS NULL;

    DROP INDEX notifications_unread, notifications_untold;
    ALTER TABLE notifications DROP COLUMN read_at, DROP COLUMN is_told;

    -- A task that was given to somebody is told of as such: its notification is for the console only.
    CREATE FUNCTION notifications_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO notification_readers (notification_id, user_id, is_told) SELECT id, user_id, audience <> 'mention' FROM new_rows WHERE user_id IS NOT NULL;
      INSERT INTO notification_readers (notification_id, user_id) SELECT n.id, p.id FROM new_rows n, people_of_audience(n.audience, n.customer_id) AS p (id) WHERE n.user_id IS NULL;
      RETURN NULL;
    END $$;
    CREATE TRIGGER notifications_inserted AFTER INSERT ON notifications REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION notifications_inserted();

    ALTER TABLE users ADD COLUMN notice_groups boolean NOT NULL DEFAULT false;
    ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
    ALTER TABLE notices ADD CONSTRAINT notices_kind_check CHECK (kind IN ('mention', 'group', 'task-assigned', 'task-overdue', 'address-bounced', 'approval-waiting'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DELETE FROM notices WHERE kind = 'group';
    ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
    ALTER TABLE notices ADD CONSTRAINT notices_kind_check CHECK (kind IN ('mention', 'task-assigned', 'task-overdue', 'address-bounced', 'approval-waiting'));
    ALTER TABLE users DROP COLUMN notice_groups;
    DROP TRIGGER notifications_inserted ON notifications;
    DROP FUNCTION notifications_inserted;
    ALTER TABLE notifications ADD COLUMN read_at timestamptz, ADD COLUMN is_told boolean NOT NULL DEFAULT true;
    ALTER TABLE notifications ALTER COLUMN is_told SET DEFAULT false;
    UPDATE notifications n SET read_at = r.read_at FROM (SELECT notification_id, min(read_at) AS read_at FROM notification_readers GROUP BY 1) r WHERE r.notification_id = n.id;
    CREATE INDEX notifications_unread ON notifications (user_id, at, id) WHERE read_at IS NULL;
    CREATE INDEX notifications_untold ON notifications (id) WHERE audience = 'mention' AND NOT is_told;
    DROP TABLE notification_readers;
    DROP FUNCTION people_of_audience;
  `);
}
