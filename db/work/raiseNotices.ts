import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { wordTask } from '../../domain/task/wording';
import { audienceNamed } from './queueNames';
import { readSubjects, subjectOf } from './subjects';

export interface NewNotice {
  /** The business fact that people are told of: a key that is there already tells nobody again. */
  key: string;
  /** A role or a queue. */
  audience: string;
  /** May hold the fields of a task in braces. */
  title: string;
  customerId: number;
  invoiceId: number | null;
  /** On the deployment's clock. */
  at: InstantMs;
}

/** Tells groups of people something, as one set, put into words as tasks are. */
export async function raiseNotices(trx: Knex.Transaction, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  const subjects = await readSubjects(trx, notices.filter(({ title }) => title.includes('{')));
  const rows = notices.map((notice) => ({ key: notice.key, audience: notice.audience, title: wordTask(notice.title, subjectOf(notice, subjects)), customer_id: notice.customerId, invoice_id: notice.invoiceId, at: new Date(notice.at) }));
  const columns = 'key, title, customer_id, invoice_id, at';
  await trx.raw(`INSERT INTO notifications (audience, ${columns}) SELECT ${audienceNamed('audience')}, ${columns} FROM jsonb_populate_recordset(NULL::notifications, ?) ON CONFLICT (key) DO NOTHING`, [JSON.stringify(rows)]);
}
