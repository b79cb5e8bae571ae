import type { Knex } from 'knex';
import { containing, readPage, Where, type Page, type PageRequest } from './keyset';

/** What somebody is told of. */
export type NoticeKind = 'mention' | 'group' | 'task-assigned' | 'task-overdue' | 'address-bounced' | 'approval-waiting';
export type NoticeMailState = 'queued' | 'sending' | 'sent' | 'unknown' | 'delivered' | 'bounced' | 'complained' | 'failed';
export interface NoticeMailListItem {
  id: string;
  userId: number;
  userName: string;
  toAddress: string;
  subject: string;
  notices: number;
  state: NoticeMailState;
  stateReason: string | null;
  provider: string;
  attempts: number;
  at: Date;
}
export interface NoticeMailDetail extends NoticeMailListItem {
  bodyText: string;
  providerId: string | null;
  lastAttemptAt: Date | null;
  about: { kind: NoticeKind; title: string; customerId: number | null; customerName: string | null; taskId: number | null }[];
}

const columns = `m.id, m.user_id AS "userId", u.name AS "userName", m.to_address AS "toAddress", m.subject, (SELECT count(*)::int FROM notices n WHERE n.mail_id = m.id) AS notices, m.state, m.state_reason AS "stateReason", m.provider, m.attempts, m.at`;
const from = 'notice_mails m JOIN users u ON u.id = m.user_id';

/** Emails to one's own people, newest first. */
export function listNoticeMails(db: Knex, filter: { state?: readonly NoticeMailState[]; userId?: number; search?: string }, page: PageRequest): Promise<Page<NoticeMailListItem>> {
  const where = new Where().when(filter.userId, 'm.user_id = ?').among('m.state', filter.state);
  if (filter.search !== undefined) where.and('m.subject ILIKE ? OR m.to_address ILIKE ? OR EXISTS (SELECT FROM notices n WHERE n.mail_id = m.id AND n.title ILIKE ?)', ...Array<string>(3).fill(containing(filter.search)));
  return readPage<NoticeMailListItem>(db, { columns, from, where, sort: [{ sql: 'm.at', type: 'timestamptz' }, { sql: 'm.id', type: 'uuid' }], direction: 'desc' }, page);
}

export async function findNoticeMail(db: Knex, id: string): Promise<NoticeMailDetail | null> {
  const { rows } = await db.raw<{ rows: NoticeMailDetail[] }>(
    `SELECT ${columns}, m.body_text AS "bodyText", m.provider_id AS "providerId", m.last_attempt_at AS "lastAttemptAt",
       coalesce((SELECT json_agg(json_build_object('kind', n.kind, 'title', n.title, 'customerId', n.customer_id, 'customerName', c.name, 'taskId', n.task_id) ORDER BY n.id) FROM notices n LEFT JOIN customers c ON c.id = n.customer_id WHERE n.mail_id = m.id), '[]') AS about
     FROM ${from} WHERE m.id = ?`, [id]);
  return rows[0] ?? null;
}
