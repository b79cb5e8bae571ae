import type { Knex } from 'knex';
import { cutText } from '../../domain/cutText';
import { storableText } from '../../domain/storableText';

/** What a provider's event told of a mail that is to be fetched. */
export interface Announced {
  ref: string;
  envelope: { from: string; to: readonly string[]; subject: string; messageId: string };
}

/** Remembers a mail that Resend announced; false when it was announced before. */
export async function announceMail(knex: Knex, { ref, envelope }: Announced): Promise<boolean> {
  const { rowCount } = await knex.raw<{ rowCount: number }>(`INSERT INTO inbound_fetches (source, ref, envelope) VALUES ('resend', ?, ?) ON CONFLICT (source, ref) DO NOTHING`, [ref, JSON.stringify(envelope)]);
  return rowCount > 0;
}

export interface Fetch extends Announced {
  attempts: number;
}

/** Takes mails that are due to be fetched, for a while: a worker that dies leaves them to be taken again. */
export async function leaseFetches(knex: Knex, limit: number, leaseMs: number): Promise<Fetch[]> {
  const { rows } = await knex.raw<{ rows: Fetch[] }>(
    `UPDATE inbound_fetches f SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ?)
     WHERE (source, ref) IN (SELECT source, ref FROM inbound_fetches WHERE state = 'waiting' AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED)
     RETURNING ref, envelope, attempts`, [leaseMs / 1_000, limit]);
  return rows;
}

export async function fetched(knex: Knex, ref: string): Promise<void> {
  await knex('inbound_fetches').where({ source: 'resend', ref }).update({ state: 'fetched', last_error: null });
}

/** `afterMs` null: it is not tried again. */
export async function fetchFailed(knex: Knex, ref: string, reason: string, afterMs: number | null): Promise<void> {
  await knex.raw(
    `UPDATE inbound_fetches SET last_error = ?, state = CASE WHEN ? THEN 'failed' ELSE state END, next_attempt_at = now() + make_interval(secs => ?) WHERE source = 'resend' AND ref = ?`,
    [cutText(storableText(reason), 1_000), afterMs === null, (afterMs ?? 0) / 1_000, ref]);
}

export async function readPosition(knex: Knex, mailbox: string): Promise<{ uidValidity: number; lastUid: number } | null> {
  const { rows } = await knex.raw<{ rows: { uidValidity: number; lastUid: number }[] }>('SELECT uid_validity AS "uidValidity", last_uid AS "lastUid" FROM inbound_mailboxes WHERE name = ?', [mailbox]);
  return rows[0] ?? null;
}

export async function storePosition(knex: Knex, mailbox: string, { uidValidity, lastUid }: { uidValidity: number; lastUid: number }): Promise<void> {
  await knex.raw(
    'INSERT INTO inbound_mailboxes (name, uid_validity, last_uid) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET uid_validity = EXCLUDED.uid_validity, last_uid = EXCLUDED.last_uid', [mailbox, uidValidity, lastUid]);
}
