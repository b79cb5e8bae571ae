import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';

/** So many of each source in one transaction. */
const atOnceMax = 500;

/**
 * Takes down what people are to be told of by email, and marks it as told in the same transaction, so that each is told once: mentions and what their groups are told, tasks that have become somebody's or overdue,
 * addresses that bounced (to whom the customer's account is), approvals that wait. For whoever wants no mails it is only marked. Answers how much was looked at.
 */
export async function collectNotices(knex: Knex, now: InstantMs): Promise<number> {
  return knex.transaction(async (trx) => {
    let looked = 0;
    for (const collect of [notifications, ownTasks, bounced, approvals]) looked += await collect(trx, new Date(now));
    return looked;
  });
}

const wants = `u.active AND u.notice_mail <> 'none'`;

interface Counted {
  rows: { looked: number }[];
}

const answered = ({ rows }: Counted): number => rows[0]?.looked ?? 0;

/** Mentions, and what a group is told, which not everybody wants by mail. */
async function notifications(trx: Knex.Transaction): Promise<number> {
  return answered(await trx.raw<Counted>(
    `WITH taken AS (SELECT notification_id, user_id FROM notification_readers WHERE NOT is_told ORDER BY notification_id, user_id LIMIT ${atOnceMax} FOR UPDATE SKIP LOCKED),
     told AS (UPDATE notification_readers r SET is_told = true FROM taken WHERE taken.notification_id = r.notification_id AND taken.user_id = r.user_id RETURNING r.notification_id, r.user_id),
     made AS (INSERT INTO notices (key, user_id, kind, title, customer_id, notification_id, at)
       SELECT CASE WHEN n.user_id IS NULL THEN 'group-' || n.id || '/' || u.id ELSE 'mention-' || n.id END, u.id, CASE WHEN n.user_id IS NULL THEN 'group' ELSE 'mention' END, n.title, n.customer_id, n.id, n.at
       FROM told t JOIN notifications n ON n.id = t.notification_id JOIN users u ON u.id = t.user_id AND ${wants} AND (n.user_id IS NOT NULL OR u.notice_groups) ORDER BY n.id, u.id ON CONFLICT (key) DO NOTHING)
     SELECT count(*) AS looked FROM told`));
}

async function ownTasks(trx: Knex.Transaction, at: Date): Promise<number> {
  return answered(await trx.raw<Counted>(
    `WITH taken AS (SELECT id, overdue_at IS NOT NULL AND NOT told_overdue AS is_overdue FROM tasks
       WHERE state IN ('open', 'claimed') AND assignee_id IS NOT NULL AND (told_assignee_id IS DISTINCT FROM assignee_id OR (overdue_at IS NOT NULL AND NOT told_overdue))
       ORDER BY id LIMIT ${atOnceMax} FOR UPDATE SKIP LOCKED),
     told AS (UPDATE tasks t SET told_assignee_id = t.assignee_id, told_overdue = t.overdue_at IS NOT NULL FROM taken WHERE taken.id = t.id
       RETURNING t.id, t.assignee_id, t.title, t.customer_id, t.row_version, taken.is_overdue),
     made AS (INSERT INTO notices (key, user_id, kind, title, customer_id, task_id, at)
       SELECT 'task-' || t.id || CASE WHEN is_overdue THEN '/overdue/' ELSE '/assigned/' END || u.id || '/' || t.row_version, u.id, CASE WHEN is_overdue THEN 'task-overdue' ELSE 'task-assigned' END,
         CASE WHEN is_overdue THEN 'Overdue: ' ELSE 'Your task: ' END || t.title, t.customer_id, t.id, ?::timestamptz
       FROM told t JOIN users u ON u.id = t.assignee_id AND ${wants} ORDER BY t.id ON CONFLICT (key) DO NOTHING)
     SELECT count(*) AS looked FROM told`, [at]));
}

/** Where the queue gave the task to nobody; 0 for a customer who is nobody's account, so that it is not looked at for ever. */
async function bounced(trx: Knex.Transaction, at: Date): Promise<number> {
  return answered(await trx.raw<Counted>(
    `WITH taken AS (SELECT t.id, c.owner_id FROM tasks t LEFT JOIN customers c ON c.id = t.customer_id
       WHERE t.state = 'open' AND t.assignee_id IS NULL AND t.told_assignee_id IS NULL AND t.key LIKE 'mail/%/bounced' ORDER BY t.id LIMIT ${atOnceMax} FOR UPDATE OF t SKIP LOCKED),
     told AS (UPDATE tasks t SET told_assignee_id = coalesce(taken.owner_id, 0) FROM taken WHERE taken.id = t.id RETURNING t.id, t.title, t.customer_id, taken.owner_id),
     made AS (INSERT INTO notices (key, user_id, kind, title, customer_id, task_id, at)
       SELECT 'task-' || t.id || '/bounced/' || u.id, u.id, 'address-bounced', t.title, t.customer_id, t.id, ?::timestamptz FROM told t JOIN users u ON u.id = t.owner_id AND ${wants} ORDER BY t.id ON CONFLICT (key) DO NOTHING)
     SELECT count(*) AS looked FROM told`, [at]));
}

/** Everybody who may answer, save who asks. An administrator may answer what a credit manager may, but is told only of what has come to administrators. */
async function approvals(trx: Knex.Transaction, at: Date): Promise<number> {
  return answered(await trx.raw<Counted>(
    `WITH taken AS (SELECT id FROM approvals WHERE state = 'pending' AND told_role IS DISTINCT FROM role ORDER BY id LIMIT ${atOnceMax} FOR UPDATE SKIP LOCKED),
     told AS (UPDATE approvals a SET told_role = a.role FROM taken WHERE taken.id = a.id RETURNING a.id, a.role, a.kind, a.customer_id, a.invoice_id, a.requested_by),
     made AS (INSERT INTO notices (key, user_id, kind, title, customer_id, approval_id, at)
       SELECT 'approval-' || t.id || '/' || t.role || '/' || u.id, u.id, 'approval-waiting',
         CASE t.kind WHEN 'hold' THEN 'A hold waits for approval' WHEN 'handoff' THEN 'A hand-off waits for approval' ELSE 'A write-off waits for approval' END || ': invoice ' || i.number, t.customer_id, t.id, ?::timestamptz
       FROM told t JOIN invoices i ON i.id = t.invoice_id JOIN users u ON u.role = t.role AND ${wants} AND t.requested_by <> 'user:' || u.id ORDER BY t.id, u.id ON CONFLICT (key) DO NOTHING)
     SELECT count(*) AS looked FROM told`, [at]));
}
