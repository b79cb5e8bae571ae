import { readClock } from '../../db/clock/clock';
import { moveMessage, noteReason, returnToQueue } from '../../db/mail/moves';
import type { MessageState } from '../../db/mail/states';
import { raiseMailTasks } from '../../db/mail/tasks';
import { assertNever } from '../../domain/assertNever';
import type { SendResult } from '../../integrations/mail/provider';
import type { MailDependencies } from './dependencies';
import { handOverSets, type HandOverSets } from './handOverSets';
import { outcomeOfLookUp, outcomeOfSend, type Outcome } from './outcome';
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
const retryFirstMs = 1_000;

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
  observeAnswer(deps, result);
  return settle(deps, sets, messageId, outcomeOfSend(deps.provider, result, offer, deps.random));
}

async function lookUp(deps: MailDependencies, sets: HandOverSets, messageId: string, { sought, offered, reason }: Extract<Prepared, { kind: 'look-up' }>, callTimeoutMs: number): Promise<Delivery | null> {
  const outcome = await outcomeOfLookUp(deps.provider, sought, offered, reason, { wallNow: (deps.wallNow ?? Date.now)(), signal: AbortSignal.timeout(callTimeoutMs), random: deps.random });
  if (outcome.kind === 'taken') deps.observe?.('sent', deps.provider.name);
  const delivery = await settle(deps, sets, messageId, outcome);
  return outcome.kind === 'again' && outcome.fresh ? null : delivery;
}

async function settle(deps: MailDependencies, sets: HandOverSets, messageId: string, outcome: Outcome): Promise<Delivery> {
  switch (outcome.kind) {
    case 'taken':
      return sets.accept({ messageId, providerId: outcome.providerId, state: outcome.delivered ? 'delivered' : 'sent', note: outcome.note });
    case 'refused':
      return failed(deps, messageId, outcome.reason);
    case 'unknown':
      return unknown(deps, messageId, outcome.reason);
    case 'again':
      await deps.knex.transaction((trx) => (outcome.fresh ? returnToQueue(trx, messageId, outcome.reason) : noteReason(trx, messageId, outcome.reason)));
      return { kind: 'retry', afterMs: outcome.afterMs, reason: outcome.reason };
    default:
      return assertNever(outcome);
  }
}

function observeAnswer({ observe, provider: { name } }: MailDependencies, result: SendResult): void {
  switch (result.kind) {
    case 'accepted': return observe?.(result.delivered ? 'delivered' : 'sent', name);
    case 'rejected': return observe?.('failed', name);
    case 'throttled':
    case 'unavailable': return observe?.(result.kind, name);
    case 'unknown': return observe?.('unanswered', name);
    case 'busy':
    case 'conflict': return undefined;
    default: return assertNever(result);
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
