import type { Knex } from 'knex';
import { idempotencyHours } from './idempotency';
import { sessionIdleMinutes } from './sessions';

/** Removes what has expired. Safe to run at any time, from several processes. */
export async function removeExpired(db: Knex): Promise<void> {
  await db.raw('DELETE FROM sessions WHERE expires_at < now() OR last_seen_at < now() - make_interval(mins => ?)', [sessionIdleMinutes]);
  await db.raw('DELETE FROM idempotency_keys WHERE created_at < now() - make_interval(hours => ?)', [idempotencyHours]);
  await db.raw(`DELETE FROM login_attempts WHERE last_at < now() - interval '7 days'`);
  await db.raw('DELETE FROM sign_in_rates WHERE expire < extract(epoch FROM now()) * 1000');
}
