import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { reserveIdempotencyKey, storeAnswer, type StoredAnswer } from '../../db/access/idempotency';
import { ProblemError } from './problem';

const keyPattern = /^[\x21-\x7e]{1,200}$/;

export function idempotencyKeyOf(request: Request): string | null {
  const key = request.header('idempotency-key');
  if (key === undefined || request.method !== 'POST') return null;
  if (!keyPattern.test(key)) throw new ProblemError(400, 'invalid-request', 'Idempotency-Key must have 1 to 200 printable characters without spaces.', [{ path: 'Idempotency-Key', message: 'must have 1 to 200 printable characters without spaces' }]);
  return key;
}

/**
 * Of everything that makes one request different from another: method, path, query, body, and the content of an uploaded file.
 * Where the body holds a password, `credential` is what the caller signed in with, which is stored nowhere: a plain digest
 * would let whoever reads the table try passwords on it.
 */
export async function requestHashOf(request: Request, credential: string | null): Promise<Buffer> {
  const body: unknown = request.body;
  const hash = credential === null ? createHash('sha256') : createHmac('sha256', credential);
  hash.update(`${request.method} ${request.originalUrl}\n`).update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null));
  if (request.file) {
    hash.update(`\n${request.file.originalname}\n`);
    for await (const chunk of createReadStream(request.file.path)) hash.update(chunk as Buffer);
  }
  return hash.digest();
}

/** Carries a request out once for its key: a repeat within 24 hours gets the stored answer. */
export async function once(
  trx: Knex.Transaction, caller: { actor: string; key: string; hash: Buffer; secret: boolean }, carryOut: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { repeated: boolean }> {
  const reservation = await reserveIdempotencyKey(trx, caller.actor, caller.key, caller.hash);
  switch (reservation.kind) {
    case 'running': throw new ProblemError(409, 'request-running', 'A request with this Idempotency-Key is being carried out: repeat it in a moment.', [], { 'retry-after': '1' });
    case 'other-request': throw new ProblemError(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another request: every request needs a key of its own.');
    case 'done': {
      if (caller.secret) throw new ProblemError(409, 'secret-shown-once', 'This request was carried out before; the secret in its answer is shown once only.');
      return { ...reservation.answer, repeated: true };
    }
    case 'ours': {
      const answer = await carryOut();
      await storeAnswer(trx, caller.actor, caller.key, caller.hash, caller.secret ? { ...answer, body: null } : answer);
      return { ...answer, repeated: false };
    }
  }
}
