import { assertNever } from '../../domain/assertNever';
import type { InstantMs } from '../../domain/calendar/dates';
import type { FindResult, MailProvider, SendResult, Sought } from '../../integrations/mail/provider';

/** What an attempt tells about a mail, a message to a customer or a notice to one's own people alike: the one rule by which nothing is sent twice. */
export type Outcome =
  | { kind: 'taken'; providerId: string; delivered: boolean; note: string | null }
  | { kind: 'refused'; reason: string }
  /** Only a person can find out. */
  | { kind: 'unknown'; reason: string }
  /** `fresh`: the provider certainly has not taken it, so that the next offer is a first one. */
  | { kind: 'again'; afterMs: number; fresh: boolean; reason: string };

/** A mail that was offered before. */
export interface Offered {
  /** Under whose key; null: nobody's. */
  provider: string | null;
  /** Attempts so far. */
  attempts: number;
  /** Both on the wall clock. */
  firstAttemptAt: InstantMs;
  lastAttemptAt: InstantMs;
}

/** A key is believed to be forgotten somewhat before it is, so that clocks that differ and slow calls do no harm. */
const keyMarginMs = 10 * 60_000;
/** What was just offered may take this long to show up in the provider's lists. */
const lookUpSettlesMs = 2 * 60_000;
const againFirstMs = 1_000;
const againMostMs = 15 * 60_000;
const busyMs = 2_000;

/** Why a mail that may have been taken must not be offered again; null while the provider knows its key, and takes the same bytes for the same mail. */
export function forgotten(provider: MailProvider, { provider: offeredTo, firstAttemptAt }: Pick<Offered, 'provider' | 'firstAttemptAt'>, wallNow: InstantMs): string | null {
  if (offeredTo !== provider.name) return `it was offered to ${offeredTo ?? 'no provider'}, and the provider is now ${provider.name}`;
  return wallNow - firstAttemptAt < provider.keyLifetimeMs - keyMarginMs ? null : 'the provider no longer remembers the key under which it was offered';
}

/** What follows from a provider's answer. `fresh`: it was the first offer, `attempts`: with this one. */
export function outcomeOfSend({ name, keyLifetimeMs, find }: MailProvider, result: SendResult, { fresh, attempts }: { fresh: boolean; attempts: number }, random = Math.random): Outcome {
  switch (result.kind) {
    case 'accepted': return { kind: 'taken', providerId: result.providerId, delivered: result.delivered, note: result.note ?? null };
    case 'rejected': return { kind: 'refused', reason: `${name} refused the message: ${result.reason}` };
    case 'throttled': return { kind: 'again', afterMs: result.retryAfterMs + spread(againFirstMs, random), fresh, reason: result.reason };
    case 'unavailable': return { kind: 'again', afterMs: backoff(attempts, random), fresh, reason: result.reason };
    case 'unknown':
      if (keyLifetimeMs === 0 && !find) return { kind: 'unknown', reason: `${name} may or may not have taken the message: ${result.reason}` };
      return { kind: 'again', afterMs: backoff(attempts, random), fresh: false, reason: result.reason };
    case 'busy': return { kind: 'again', afterMs: busyMs + spread(busyMs, random), fresh: false, reason: `${name} is still working on an earlier request for this message` };
    case 'conflict': return { kind: 'unknown', reason: `${name} has taken another message under this one's key: ${result.reason}` };
    default: return assertNever(result);
  }
}

/** Looks a mail up that must not be offered again, and says what follows. `why`: it must not. */
export async function outcomeOfLookUp(provider: MailProvider, sought: Sought, offered: Offered, why: string, { wallNow, signal, random = Math.random }: { wallNow: InstantMs; signal: AbortSignal; random?: () => number }): Promise<Outcome> {
  const { name } = provider;
  if (!provider.find || offered.provider !== name) return { kind: 'unknown', reason: `Whether the message was sent is not known: ${why}, and it cannot be looked up.` };
  const settledMs = offered.lastAttemptAt + lookUpSettlesMs - wallNow;
  if (settledMs > 0 && name !== 'outbox') return { kind: 'again', afterMs: settledMs, fresh: false, reason: `it will be looked up at ${name}: ${why}` };
  const found: FindResult = await provider.find(sought, signal);
  switch (found.kind) {
    case 'found': return { kind: 'taken', providerId: found.providerId, delivered: false, note: null };
    case 'absent': return { kind: 'again', afterMs: 0, fresh: true, reason: `${name} does not have it: ${why}` };
    case 'unavailable': return { kind: 'again', afterMs: backoff(offered.attempts, random), fresh: false, reason: found.reason };
    case 'cannot-tell': return { kind: 'unknown', reason: `Whether the message was sent is not known: ${why}, and looking it up did not tell: ${found.reason}` };
    default: return assertNever(found);
  }
}

/** Doubling up to a bound, spread by half so that an outage does not end in a stampede. */
function backoff(attempts: number, random: () => number): number {
  const fullMs = Math.min(againMostMs, againFirstMs * 2 ** Math.min(attempts, 20));
  return fullMs / 2 + spread(fullMs / 2, random);
}

const spread = (mostMs: number, random: () => number): number => Math.round(random() * mostMs);
