import type { Knex } from 'knex';
import { localDateAt } from '../../domain/calendar/zones';
import type { InstantMs } from '../../domain/calendar/dates';

/** Where mail that needs a person goes. */
export const mailQueue = 'Customer Care';

export interface MailTask {
  messageId: string;
  /** What is wrong with it: part of the task's key, so that it is raised once. */
  trouble: 'bounced' | 'complained' | 'failed' | 'unknown';
  title: string;
  instructions: string;
  at: InstantMs;
}

/** Raises tasks about messages, one for each message and trouble, due the day they are raised. */
export async function raiseMailTasks(trx: Knex.Transaction, tasks: readonly MailTask[]): Promise<void> {
  if (!tasks.length) return;
  await trx.raw(
    `INSERT INTO tasks (key, queue, title, instructions, customer_id, invoice_id, due_on, created_at)
     SELECT t.key, ?, t.title, t.instructions, m.customer_id, m.invoice_id, t.due_on, t.at
     FROM jsonb_to_recordset(?::jsonb) AS t (key text, message_id uuid, title text, instructions text, due_on date, at timestamptz)
     JOIN messages m ON m.id = t.message_id
     ON CONFLICT (key) DO NOTHING`,
    [mailQueue, JSON.stringify(tasks.map(({ messageId, trouble, title, instructions, at }) => ({
      key: `mail/${messageId}/${trouble}`, message_id: messageId, title, instructions, due_on: localDateAt(at, 'UTC'), at: new Date(at).toISOString(),
    })))],
  );
}

/** Takes back the task about a message once the trouble is over by itself, unless a person is on it already. */
export async function withdrawMailTask(trx: Knex.Transaction, messageId: string, trouble: MailTask['trouble'], at: InstantMs): Promise<void> {
  await trx.raw(
    `UPDATE tasks SET state = 'cancelled', closed_at = ?, outcome = 'resolved by itself', row_version = row_version + 1 WHERE key = ? AND state = 'open'`,
    [new Date(at), `mail/${messageId}/${trouble}`],
  );
}
