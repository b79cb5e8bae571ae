import type { Knex } from 'knex';
import { localDateAt } from '../../domain/calendar/zones';
import type { InstantMs } from '../../domain/calendar/dates';
import { raiseTasks } from '../work/raiseTasks';

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
  const { rows } = await trx.raw<{ rows: { id: string; customer_id: number; invoice_id: number | null; time_zone: string }[] }>(
    'SELECT m.id, m.customer_id, m.invoice_id, c.time_zone FROM messages m JOIN customers c ON c.id = m.customer_id WHERE m.id = ANY (?)', [tasks.map(({ messageId }) => messageId)]);
  const messages = new Map(rows.map((row) => [row.id, row]));
  await raiseTasks(trx, tasks.flatMap(({ messageId, trouble, title, instructions, at }) => {
    const message = messages.get(messageId);
    if (!message) return [];
    return [{ key: `mail/${messageId}/${trouble}`, queue: mailQueue, title, instructions, customerId: message.customer_id, invoiceId: message.invoice_id, dueOn: localDateAt(at, message.time_zone), at }];
  }));
}

/** Takes back the tasks about messages once the trouble is over by itself, unless a person is on it already. */
export async function withdrawMailTasks(trx: Knex.Transaction, messageIds: readonly string[], trouble: MailTask['trouble'], at: InstantMs): Promise<void> {
  await trx.raw(
    `UPDATE tasks SET state = 'cancelled', closed_at = ?, outcome = 'resolved by itself', row_version = row_version + 1 WHERE key = ANY(?) AND state = 'open'`,
    [new Date(at), messageIds.map((messageId) => `mail/${messageId}/${trouble}`)],
  );
}
