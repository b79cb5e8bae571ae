import type { Knex } from 'knex';
import type { Role } from '../../domain/access/roles';
import { randomToken, tokenHash } from './tokens';

export const sessionIdleMinutes = 8 * 60;
export const sessionHoursMax = 7 * 24;
/** A session's last use is written no more often than this, so that reading stays reading. */
const touchEverySeconds = 60;

export interface SessionUser {
  id: number;
  email: string;
  name: string;
  role: Role;
}

export async function startSession(db: Knex, userId: number): Promise<string> {
  const token = randomToken();
  await db.raw(`INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (?, ?, now() + make_interval(hours => ?))`, [tokenHash(token), userId, sessionHoursMax]);
  await db.raw('UPDATE users SET last_sign_in_at = now() WHERE id = ?', [userId]);
  return token;
}

/** The user behind a session's token, unless the session has been idle too long, is too old, or the user may no longer sign in. */
export async function findSession(db: Knex, token: string): Promise<SessionUser | null> {
  const { rows } = await db.raw<{ rows: (SessionUser & { stale: boolean })[] }>(
    `SELECT u.id, u.email, u.name, u.role, s.last_seen_at < now() - make_interval(secs => ?) AS stale
       FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.token_hash = ? AND u.active AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(mins => ?)`,
    [touchEverySeconds, tokenHash(token), sessionIdleMinutes]);
  const found = rows[0];
  if (!found) return null;
  if (found.stale) await db.raw('UPDATE sessions SET last_seen_at = now() WHERE token_hash = ?', [tokenHash(token)]);
  return { id: found.id, email: found.email, name: found.name, role: found.role };
}

export async function endSession(db: Knex, token: string): Promise<void> {
  await db.raw('DELETE FROM sessions WHERE token_hash = ?', [tokenHash(token)]);
}
