import { readClock } from '../../db/clock/clock';
import { moveMessage, noteReason, returnToQueue } from '../../db/mail/moves';
import type { MessageState } from '../../db/mail/states';
import { raiseMailTasks } from '../../db/mail/tasks';
import { assertNever } from '../../domain/assertNever';
import type { FindResult, SendResult } from '../../integrations/mail/provider';
import type { MailDependencies } from './dependencies';
import { handOverSets, type HandOverSets } from './handOverSets';
import type { Prepared } from './prepare';
import { failedTask, unknownTask } from './taskTexts';

/** Where an attempt to deliver a message has led. */
export type Delivery =
  | { kind: 'settled'; state: MessageState }
  /** It may not leave yet. */
  | { kind: 'wait'; afterMs: number; reason: string }
  /** It was offered, or could not be. */
  | { kind: 'retry'; afterMs: number; reason: string };

/** One hand-over, and at most one look-up with the hand-over that follows from it. */
const roundsMax = 3;
const defaultCallTimeoutMs = 30_000;
/** What was just offered may take this long to show up in the provider's lists. */
const lookUpSettlesMs = 2 * 60_000;
const retryFirstMs = 1_000;
const retryMostMs = 15 * 60_000;
const busyRetryMs = 2_000;

/**
 * Delivers a message at most once, whatever happens in between: safe to call again at any point, after any failure.
 * Answers where the message ended, or when to call again. A provider that has not answered after `callTimeoutMs` may have taken it.
 */
export async function deliver(deps: MailDependencies, messageId: string, sets: HandOverSets = handOverSets(deps), callTimeoutMs = defaultCallTimeoutMs): Promise<Delivery> {
  for (let round = 0; round < roundsMax; round += 1) {
    const delivery = await act(deps, sets, messageId, await sets.prepare(messageId), callTimeoutMs);
    if (delivery) return delivery;
  }
  return { kind: 'retry', afterMs: retryFirstMs, reason: 'the message changed under our hands' };
}

/** Null: prepare again, the message is as if never offered. */
async function act(deps: MailDependencies, sets: HandOverSets, messageId: string, prepared: Prepared, callTimeoutMs: number): Promise<Delivery | null> {
  switch (prepared.kind) {
    case 'settled':
      if (prepared.state === 'cancelled' || prepared.state === 'failed') deps.observe?.(prepared.state, deps.provider.name);
      return prepared;
    case 'wait':
      deps.observe?.('deferred', deps.provider.name);
      return { kind: 'wait', afterMs: Math.max(0, prepared.untilMs - prepared.nowMs), reason: prepared.reason };
    case 'hand-over':
      return record(deps, sets, messageId, prepared, await deps.provider.send(prepared.handOver, AbortSignal.timeout(callTimeoutMs)));
    case 'look-up':
      return lookUp(deps, sets, messageId, prepared, callTimeoutMs);
    default:
      return assertNever(prepared);
  }
}

async function record(deps: MailDependencies, sets: HandOverSets, messageId: string, offer: Extract<Prepared, { kind: 'hand-over' }>, result: SendResult): Promise<Delivery> {
  const { name, keyLifetimeMs, find } = deps.provider;
  switch (result.kind) {
    case 'accepted':
      deps.observe?.(result.delivered ? 'delivered' : 'sent', name);
      return sets.accept({ messageId, providerId: result.providerId, state: result.delivered ? 'delivered' : 'sent', note: result.note ?? null });
    case 'rejected':
      deps.observe?.('failed', name);
      return failed(deps, messageId, `${name} refused the message: ${result.reason}`);
    case 'throttled':
    case 'unavailable': {
      deps.observe?.(result.kind, name);
      const afterMs = result.kind === 'throttled' ? result.retryAfterMs + spread(deps, retryFirstMs) : backoff(deps, offer.attempts);
      await deps.knex.transaction((trx) => (offer.fresh ? returnToQueue(trx, messageId, result.reason) : noteReason(trx, messageId, result.reason)));
      return { kind: 'retry', afterMs, reason: result.reason };
    }
    case 'unknown':
      deps.observe?.('unanswered', name);
      if (keyLifetimeMs === 0 && !find) return unknown(deps, messageId, `${name} may or may not have taken the message: ${result.reason}`);
      await deps.knex.transaction((trx) => noteReason(trx, messageId, result.reason));
      return { kind: 'retry', afterMs: backoff(deps, offer.attempts), reason: result.reason };
    case 'busy':
      return { kind: 'retry', afterMs: busyRetryMs + spread(deps, busyRetryMs), reason: `${name} is still working on an earlier request for this message` };
    case 'conflict':
      return unknown(deps, messageId, `${name} has taken another message under this one's key: ${result.reason}`);
    default:
      return assertNever(result);
  }
}

async function lookUp(deps: MailDependencies, sets: HandOverSets, messageId: string, { sought, askable, attempts, lastAttemptAt, reason }: Extract<Prepared, { kind: 'look-up' }>, callTimeoutMs: number): Promise<Delivery | null> {
  const { name, find } = deps.provider;
  if (!askable || !find) return unknown(deps, messageId, `Whether the message was sent is not known: ${reason}, and it cannot be looked up.`);
  const settledMs = lastAttemptAt + lookUpSettlesMs - (deps.wallNow ?? Date.now)();
  if (settledMs > 0 && name !== 'outbox') return { kind: 'retry', afterMs: settledMs, reason: `it will be looked up at ${name}: ${reason}` };
  const result: FindResult = await find.call(deps.provider, sought, AbortSignal.timeout(callTimeoutMs));
  switch (result.kind) {
    case 'found':
      deps.observe?.('sent', name);
      return sets.accept({ messageId, providerId: result.providerId, state: 'sent', note: null });
    case 'absent':
      await deps.knex.transaction((trx) => returnToQueue(trx, messageId, `${name} does not have it: ${reason}`));
      return null;
    case 'unavailable':
      return { kind: 'retry', afterMs: backoff(deps, attempts), reason: result.reason };
    case 'cannot-tell':
      return unknown(deps, messageId, `Whether the message was sent is not known: ${reason}, and looking it up did not tell: ${result.reason}`);
    default:
      return assertNever(result);
  }
}

function failed(deps: MailDependencies, messageId: string, reason: string): Promise<Delivery> {
  return deps.knex.transaction(async (trx): Promise<Delivery> => {
    const { now } = await readClock(trx);
    if (await moveMessage(trx, messageId, 'failed', { state_reason: reason })) await raiseMailTasks(trx, [failedTask(messageId, reason, now)]);
    return { kind: 'settled', state: 'failed' };
  });
}

function unknown(deps: MailDependencies, messageId: string, reason: string): Promise<Delivery> {
  deps.observe?.('unknown', deps.provider.name);
  return deps.knex.transaction(async (trx): Promise<Delivery> => {
    const { now } = await readClock(trx);
    if (await moveMessage(trx, messageId, 'unknown', { state_reason: reason })) await raiseMailTasks(trx, [unknownTask(messageId, reason, now)]);
    return { kind: 'settled', state: 'unknown' };
  });
}

/** Doubling up to a bound, spread by half so that an outage does not end in a stampede. */
function backoff(deps: MailDependencies, attempts: number): number {
  const fullMs = Math.min(retryMostMs, retryFirstMs * 2 ** Math.min(attempts, 20));
  return fullMs / 2 + spread(deps, fullMs / 2);
}

function spread(deps: MailDependencies, mostMs: number): number {
  return Math.round((deps.random ?? Math.random)() * mostMs);
}
