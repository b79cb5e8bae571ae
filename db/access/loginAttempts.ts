import type { Knex } from 'knex';

const failuresAllowed = 5;
const firstLockSeconds = 30;
const longestLockSeconds = 3600;

/** How long a lock lasts after so many failures in a row: doubles each time, from half a minute up to an hour. */
export function lockSeconds(failures: number): number {
  if (failures < failuresAllowed) return 0;
  return Math.min(longestLockSeconds, firstLockSeconds * 2 ** Math.min(failures - failuresAllowed, 12));
}

/**
 * Takes an attempt, and answers how many seconds the address must wait first; 0: try now. An attempt counts as failed until
 * forgetFailures says otherwise: if failures were counted only once they are known, guesses that come all at once would each find
 * the address unlocked. Addresses that are no user's are counted too, so that an answer never tells which are.
 */
export async function takeAttempt(db: Knex, email: string): Promise<number> {
  return db.transaction(async (trx) => {
    await trx.raw('INSERT INTO login_attempts (email, failures, last_at) VALUES (lower(?), 0, now()) ON CONFLICT (email) DO NOTHING', [email]);
    const { rows } = await trx.raw<{ rows: { failures: number; wait: number }[] }>(
      'SELECT failures, greatest(0, coalesce(ceil(extract(epoch FROM locked_until - clock_timestamp())), 0))::int AS wait FROM login_attempts WHERE email = lower(?) FOR UPDATE', [email]);
    const { failures, wait } = rows[0] ?? { failures: 0, wait: 0 };
    if (wait > 0) return wait;
    const seconds = lockSeconds(failures + 1);
    await trx.raw(
      'UPDATE login_attempts SET failures = failures + 1, last_at = now(), locked_until = CASE WHEN ? > 0 THEN clock_timestamp() + make_interval(secs => ?) END WHERE email = lower(?)', [seconds, seconds, email]);
    return 0;
  });
}

export async function forgetFailures(db: Knex, email: string): Promise<void> {
  await db.raw('DELETE FROM login_attempts WHERE email = lower(?)', [email]);
}
