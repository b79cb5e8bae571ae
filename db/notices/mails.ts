import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { WaitingNotices } from '../../domain/notice/due';

export interface WaitingPerson extends WaitingNotices {
  userId: number;
}

/** Whom something waits for, with what says when they are written to. */
export async function waitingPeople(knex: Knex): Promise<WaitingPerson[]> {
  const { rows } = await knex.raw<{ rows: { id: number; choice: WaitingPerson['choice']; time_zone: string; oldest: Date; last: Date | null }[] }>(
    `SELECT u.id, u.notice_mail AS choice, u.time_zone, w.oldest, (SELECT max(m.at) FROM notice_mails m WHERE m.user_id = u.id) AS last
     FROM (SELECT user_id, min(at) AS oldest FROM notices WHERE mail_id IS NULL AND dropped IS NULL GROUP BY user_id) w JOIN users u ON u.id = w.user_id ORDER BY u.id LIMIT 1000`);
  return rows.map(({ id, choice, time_zone, oldest, last }) => ({ userId: id, choice, timeZone: time_zone, oldestAt: oldest.getTime(), lastMailAt: last?.getTime() ?? null }));
}

/** Drops what waits for people who have left or want no mails any more, and gives up the mails to those who have left that were not offered yet. */
export async function dropUnwanted(knex: Knex): Promise<void> {
  await knex.raw(`UPDATE notice_mails m SET state = 'failed', state_reason = 'they have left' FROM users u WHERE u.id = m.user_id AND NOT u.active AND m.state = 'queued' AND m.first_attempt_at IS NULL`);
  await knex.raw(`UPDATE notices n SET dropped = 'no mails wanted' FROM users u WHERE u.id = n.user_id AND n.mail_id IS NULL AND n.dropped IS NULL AND (NOT u.active OR u.notice_mail = 'none' OR n.kind = 'group' AND NOT u.notice_groups)`);
}

export interface WaitingNotice {
  id: number;
  kind: string;
  title: string;
  at: Date;
  /** How often it was in a mail that was not sent after all. */
  retold: number;
  taskId: number | null;
  approvalId: number | null;
  customer: { id: number; name: string; number: string } | null;
}

export interface NoticesOfPerson {
  email: string;
  notices: WaitingNotice[];
}

/** What a mail lists at most; the rest is counted. */
export const listedMax = 50;

/**
 * Takes what waits for a person, to be put into a mail by this transaction. What is over meanwhile is dropped: a task that is done or somebody else's, an approval that was answered, what the person has
 * read. Null where nothing is left, the person has left, or the address is one that must not be written to: a customer's contact, or suppressed.
 */
export async function takeNotices(trx: Knex.Transaction, userId: number): Promise<NoticesOfPerson | null> {
  const { rows: [user] } = await trx.raw<{ rows: { email: string; refused: string | null }[] }>(
    `SELECT u.email, CASE WHEN NOT u.active THEN 'they have left' WHEN EXISTS (SELECT FROM contacts c WHERE lower(c.email) = u.email) THEN 'the address is a customer''s' WHEN EXISTS (SELECT FROM suppressed_addresses s WHERE s.email = u.email) THEN 'the address bounced' END AS refused
     FROM users u WHERE u.id = ? FOR NO KEY UPDATE`, [userId]);
  if (!user) return null;
  const waiting = 'n.user_id = ? AND n.mail_id IS NULL AND n.dropped IS NULL';
  await trx.raw(
    `UPDATE notices n SET dropped = coalesce(?, 'over before it was told') WHERE ${waiting} AND (? OR
       n.task_id IS NOT NULL AND NOT EXISTS (SELECT FROM tasks t WHERE t.id = n.task_id AND t.state IN ('open', 'claimed') AND (t.assignee_id = n.user_id OR (n.kind = 'address-bounced' AND t.assignee_id IS NULL)))
       OR n.approval_id IS NOT NULL AND NOT EXISTS (SELECT FROM approvals a WHERE a.id = n.approval_id AND a.state = 'pending')
       OR n.notification_id IS NOT NULL AND EXISTS (SELECT FROM notification_readers f WHERE f.notification_id = n.notification_id AND f.user_id = n.user_id AND f.read_at IS NOT NULL))`,
    [user.refused, userId, user.refused !== null]);
  const { rows } = await trx.raw<{ rows: { id: number; kind: string; title: string; at: Date; retold: number; task_id: number | null; approval_id: number | null; customer_id: number | null; name: string | null; external_id: string | null }[] }>(
    `SELECT n.id, n.kind, n.title, n.at, n.retold, n.task_id, n.approval_id, c.id AS customer_id, c.name, c.external_id FROM notices n LEFT JOIN customers c ON c.id = n.customer_id WHERE ${waiting} ORDER BY n.id LIMIT 2000 FOR UPDATE OF n`, [userId]);
  if (rows.length === 0) return null;
  return {
    email: user.email,
    notices: rows.map(({ id, kind, title, at, retold, task_id, approval_id, customer_id, name, external_id }) => ({
      id, kind, title, at, retold, taskId: task_id, approvalId: approval_id, customer: customer_id === null ? null : { id: customer_id, name: name ?? '', number: external_id ?? '' },
    })),
  };
}

export interface FrozenNoticeMail {
  id: string;
  idempotencyKey: string;
  userId: number;
  to: string;
  from: string;
  template: string;
  templateVersion: number;
  subject: string;
  html: string;
  text: string;
  payload: string;
  provider: string;
  at: InstantMs;
  /** Wall clock: it is offered from then on. */
  offeredFrom: InstantMs;
}

/** Stores a mail with its exact bytes, and that these notices are in it: from then on they are in no other. */
export async function storeNoticeMail(trx: Knex.Transaction, mail: FrozenNoticeMail, noticeIds: readonly number[]): Promise<void> {
  await trx('notice_mails').insert({
    id: mail.id, idempotency_key: mail.idempotencyKey, user_id: mail.userId, to_address: mail.to, from_address: mail.from, template: mail.template, template_version: mail.templateVersion,
    subject: mail.subject, html: mail.html, body_text: mail.text, payload: mail.payload, provider: mail.provider, at: new Date(mail.at), next_at: new Date(mail.offeredFrom), written_at: new Date(mail.offeredFrom),
  });
  await trx.raw('UPDATE notices SET mail_id = ? WHERE id = ANY (?)', [mail.id, [...noticeIds]]);
}

export interface OfferedNoticeMail {
  id: string;
  idempotencyKey: string;
  payload: string;
  from: string;
  to: string;
  provider: string;
  subject: string;
  text: string;
  /** With this one. */
  attempts: number;
  /** No earlier attempt can have been taken. */
  fresh: boolean;
  /** On the wall clock, as are the next two. */
  writtenAt: InstantMs;
  firstAttemptAt: InstantMs;
  /** Of the attempt before this one; this one's where it is the first. */
  lastAttemptAt: InstantMs;
}

/** So long nobody else takes a mail that is being offered: longer than a provider may take to answer. */
const leaseMs = 120_000;

/** Takes mails whose time has come and counts the attempt, committed before the provider is called. */
export async function takeNoticeMails(knex: Knex, wallNow: InstantMs, limit: number): Promise<OfferedNoticeMail[]> {
  const { rows } = await knex.raw<{ rows: (Omit<OfferedNoticeMail, 'writtenAt' | 'firstAttemptAt' | 'lastAttemptAt'> & { written: Date; first: Date; last: Date | null })[] }>(
    `WITH taken AS (SELECT id, first_attempt_at IS NULL AS fresh, last_attempt_at AS last FROM notice_mails WHERE state IN ('queued', 'sending') AND next_at <= :now AND (first_attempt_at IS NOT NULL OR EXISTS (SELECT FROM users u WHERE u.id = user_id AND u.active)) ORDER BY next_at LIMIT :limit FOR UPDATE SKIP LOCKED)
     UPDATE notice_mails m SET state = 'sending', attempts = m.attempts + 1, first_attempt_at = coalesce(m.first_attempt_at, :now), last_attempt_at = :now, next_at = :until
     FROM taken WHERE taken.id = m.id
     RETURNING m.id, m.idempotency_key AS "idempotencyKey", m.payload, m.from_address AS "from", m.to_address AS "to", m.provider, m.subject, m.body_text AS text, m.attempts, taken.fresh, m.written_at AS written, m.first_attempt_at AS first, taken.last`,
    { now: new Date(wallNow), until: new Date(wallNow + leaseMs), limit });
  return rows.map(({ written, first, last, ...mail }) => ({ ...mail, writtenAt: written.getTime(), firstAttemptAt: first.getTime(), lastAttemptAt: (last ?? first).getTime() }));
}

export type NoticeMailEnd =
  | { state: 'sent' | 'delivered'; providerId: string; reason: string | null }
  | { state: 'failed' | 'unknown'; reason: string }
  /** `fresh`: it was certainly not taken, so that the next attempt is a first one. */
  | { state: 'again'; afterMs: number; fresh: boolean; reason: string };

export async function settleNoticeMail(knex: Knex, id: string, wallNow: InstantMs, end: NoticeMailEnd): Promise<void> {
  if (end.state === 'again') {
    await knex('notice_mails').where({ id, state: 'sending' }).update({
      state: end.fresh ? 'queued' : 'sending', state_reason: end.reason, next_at: new Date(wallNow + end.afterMs), ...(end.fresh ? { first_attempt_at: null } : {}),
    });
    return;
  }
  await knex('notice_mails').where({ id, state: 'sending' }).update({ state: end.state, state_reason: end.reason, ...('providerId' in end ? { provider_id: end.providerId } : {}) });
}
