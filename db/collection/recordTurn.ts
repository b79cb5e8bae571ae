import type { Knex } from 'knex';
import type { Turn } from '../../domain/collection/decision';
import { recordApprovals } from '../approvals/recordApprovals';
import type { CustomerLedger } from './facts';
import { decided, insertDecisions } from './decisions';
import { applyEffects } from './effects';
import { queueContacts } from './contacts';
import { queueNotices } from './notices';

/** A customer's turn, and the ledger on which it was decided. */
export interface LedgerTurn {
  ledger: CustomerLedger;
  turn: Turn;
}

/**
 * Writes turns as one set: their messages, their decisions, and what they do, all in the caller's transaction, in which the customers are locked. Answers for
 * each turn with the ids of the messages that it queued.
 */
export async function recordTurns(trx: Knex.Transaction, turns: readonly LedgerTurn[]): Promise<string[][]> {
  const made = turns.flatMap(({ ledger, turn }) => decided(ledger, turn.decisions));
  const messages = await queueContacts(trx, turns, made);
  for (const [decision, message] of await queueNotices(trx, made)) messages.set(decision, message);
  await insertDecisions(trx, made, messages);
  await recordApprovals(trx, made);
  await applyEffects(trx, made.filter(({ decision: { outcome } }) => outcome === 'executed'));
  return turns.map(({ turn }) => [...new Set(turn.decisions.flatMap((decision) => messages.get(decision) ?? []))]);
}
