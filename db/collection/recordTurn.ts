import type { Knex } from 'knex';
import type { Turn } from '../../domain/collection/decision';
import type { CustomerLedger } from './facts';
import { insertDecisions } from './decisions';
import { applyEffects } from './effects';
import { queueContacts } from './contacts';

/**
 * Writes a turn: its messages, its decisions, and what they do, all in the caller's transaction, in which the customer is locked. Answers with
 * the ids of the messages that it queued.
 */
export async function recordTurn(trx: Knex.Transaction, ledger: CustomerLedger, turn: Turn): Promise<string[]> {
  const messages = await queueContacts(trx, ledger, turn.contacts);
  await insertDecisions(trx, ledger, turn.decisions, messages);
  await applyEffects(trx, ledger, turn.decisions.filter(({ outcome }) => outcome === 'executed'));
  return [...new Set(messages.values())];
}
