import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { unreachable } from '../../domain/contact/reach';
import { appendAudit, type Actor } from '../audit';
import { readAccounts } from '../conditions/readAccounts';
import { lockCustomersOf } from '../ledger';
import { withoutOptedOut } from '../mail/optOuts';
import { queueStatements, writeStatements } from './statements';

export class StatementError extends Error {
  override name = 'StatementError';
}

/**
 * Sends a customer its statement as the account is now. A person decides, so neither pauses nor send windows hold it; that a customer is not to be contacted does. Of one day and one state of the ledger there is one
 * statement: asked again, it is refused. Answers its message's id, or null where there is no such customer.
 */
export async function sendStatement(trx: Knex.Transaction, actor: Actor, customerId: number, template: string, now: InstantMs): Promise<string | null> {
  await lockCustomersOf(trx, [customerId]);
  const [account] = await readAccounts(trx, [customerId], now);
  if (!account) return null;
  const { customer, today } = account.facts;
  const never = unreachable(customer);
  if (never) throw new StatementError(`No statement can be sent: ${never.reason}.`);
  const addresses = await trx<{ customer_id: number; email: string }>('contacts').where({ customer_id: customerId }).pluck('email');
  if ((await withoutOptedOut(trx, addresses)).length === 0) throw new StatementError('No statement can be sent: every address of the customer asked for no mail beyond what is owed.');
  const key = `statement:${customer.externalId}/${today}/v${customer.ledgerVersion}`;
  const { rows: [before] } = await trx.raw<{ rows: { failed: number; standing: boolean }[] }>(
    `SELECT count(*) FILTER (WHERE state IN ('cancelled', 'failed'))::int AS failed, coalesce(bool_or(state NOT IN ('cancelled', 'failed')), false) AS standing FROM messages WHERE customer_id = ? AND starts_with(idempotency_key, ?)`, [customerId, key]);
  if (before?.standing) throw new StatementError('This statement was sent today already, and nothing has moved on the account since.');
  const content = (await writeStatements(trx, [{ customerId, today }])).get(customerId)!;
  const messageId = randomUUID();
  await queueStatements(trx, [{
    messageId, key: before && before.failed > 0 ? `${key}/${before.failed + 1}` : key, customerId, language: customer.language, template, to: ['billing'], ledgerVersion: customer.ledgerVersion, content, segmentId: null, askedBy: `${actor.kind}:${actor.id}`,
  }], now);
  await appendAudit(trx, [{ actor, action: 'statement.sent', subjectType: 'customer', subjectId: customer.externalId, after: { messageId, from: content.from, to: content.to, closing: content.closing } }]);
  return messageId;
}
