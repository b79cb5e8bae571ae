import type { Knex } from 'knex';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from './problem';

/** Sign-ins from one network address in a quarter of an hour, whomever they are for; the account's own lock-out comes on top. */
const signInsPerWindow = 30;
const signInWindowSeconds = 900;

export interface Limits {
  /** Counts a request of a caller; answers with what is left, for the headers. */
  request(caller: string): Promise<{ limit: number; remaining: number; resetSeconds: number }>;
  signIn(address: string): Promise<void>;
}

/** Requests are counted in this process; sign-ins in PostgreSQL, so that neither a restart nor a second process forgets them. */
export function createLimits(knex: Knex, requestsPerMinute: number): Limits {
  const requests = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  const signIns = new RateLimiterPostgres({
    storeClient: knex, storeType: 'knex', tableName: 'sign_in_rates', tableCreated: true, clearExpiredByTimeout: false,
    points: signInsPerWindow, duration: signInWindowSeconds,
  });
  return {
    async request(caller) {
      const spent = await consume(requests, caller);
      return { limit: requestsPerMinute, remaining: spent.remainingPoints, resetSeconds: Math.ceil(spent.msBeforeNext / 1000) };
    },
    async signIn(address) {
      await consume(signIns, address);
    },
  };
}

async function consume(limiter: RateLimiterMemory | RateLimiterPostgres, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw tooMany(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)), 'Too many requests');
  }
}

export function tooMany(seconds: number, what: string): ProblemError {
  return new ProblemError(429, 'too-many-requests', `${what}: try again in ${seconds} s.`, [], { 'retry-after': String(seconds) });
}
