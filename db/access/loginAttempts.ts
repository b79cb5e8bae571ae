import type { Knex } from 'knex';

const failuresAllowed = 5;
const firstLockSeconds = 30;
const longestLockSeconds = 3600;

/** How long a lock lasts after so many failures in a row: doubles each time, from half a minute up to an hour. */
export function lockSeconds(failures: number): number {
  if (failures < failuresAllowed) return 0;
  return Math.min(longestLockSeconds, firstLockSeconds * 2 ** Math.min(failures - failuresAllowed, 12));
}

/** Seconds until the address may try again; 0: now. */
export async function lockedForSeconds(db: Knex, email: string): Promise<number> {
  const { rows } = await db.raw<{ rows: { seconds: number }[] }>(
    'SELECT ceil(extract(epoch FROM locked_until - now()))::int AS seconds FROM login_attempts WHERE email = lower(?) AND locked_until > now()', [email]);
  return rows[0]?.seconds ?? 0;
}

/** Counts a failure, whether or not the address is a user's, so that an answer never tells which it is. */
export async function recordFailure(db: Knex, email: string): Promise<void> {
  const { rows } = await db.raw<{ rows: { failures: number }[] }>(
    `INSERT INTO login_attempts (email, failures, last_at) VALUES (lower(?), 1, now())
     ON CONFLICT (email) DO UPDATE SET failures = login_attempts.failures + 1, last_at = now() RETURNING failures`, [email]);
  const seconds = lockSeconds(rows[0]?.failures ?? 0);
  if (seconds > 0) await db.raw('UPDATE login_attempts SET locked_until = now() + make_interval(secs => ?) WHERE email = lower(?)', [seconds, email]);
}

export async function forgetFailures(db: Knex, email: string): Promise<void> {
  await db.raw('DELETE FROM login_attempts WHERE email = lower(?)', [email]);
}
