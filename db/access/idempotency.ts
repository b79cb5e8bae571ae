import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  /** null: there was none, or it held a secret that is shown once only. */
  body: string | null;
}

export type Reservation =
  | { kind: 'ours' }
  /** The same request is being carried out at this moment. */
  | { kind: 'running' }
  /** The key was used for something else. */
  | { kind: 'other-request' }
  | { kind: 'done'; answer: StoredAnswer };

export const idempotencyHours = 24;

/**
 * Takes a key for the rest of the transaction. What the request does is written in the same transaction as its answer, so
 * a process that dies on the way leaves neither, and the repeat starts afresh.
 */
export async function reserveIdempotencyKey(trx: Knex.Transaction, actor: string, key: string, requestHash: Buffer): Promise<Reservation> {
  const lock = createHash('sha256').update(`${actor}\n${key}`).digest().readBigInt64BE().toString();
  const { rows: locks } = await trx.raw<{ rows: { taken: boolean }[] }>('SELECT pg_try_advisory_xact_lock(?::bigint) AS taken', [lock]);
  if (!locks[0]?.taken) return { kind: 'running' };
  const { rows } = await trx.raw<{ rows: (StoredAnswer & { same: boolean })[] }>(
    `SELECT status, headers, body, request_hash = ? AS same FROM idempotency_keys WHERE actor = ? AND key = ? AND created_at > now() - make_interval(hours => ?)`,
    [requestHash, actor, key, idempotencyHours]);
  const found = rows[0];
  if (!found) return { kind: 'ours' };
  return found.same ? { kind: 'done', answer: { status: found.status, headers: found.headers, body: found.body } } : { kind: 'other-request' };
}

export async function storeAnswer(trx: Knex.Transaction, actor: string, key: string, requestHash: Buffer, answer: StoredAnswer): Promise<void> {
  await trx.raw(
    `INSERT INTO idempotency_keys (actor, key, request_hash, status, headers, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (actor, key) DO UPDATE SET request_hash = EXCLUDED.request_hash, status = EXCLUDED.status, headers = EXCLUDED.headers, body = EXCLUDED.body, created_at = now()`,
    [actor, key, requestHash, answer.status, JSON.stringify(answer.headers), answer.body]);
}
