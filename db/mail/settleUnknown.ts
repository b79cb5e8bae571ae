import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf, touchLedger } from '../ledger';
import { localDateAt } from '../../domain/calendar/zones';
import { raiseTasks } from '../work/raiseTasks';
import { moveMessage } from './moves';
import { mailQueue } from './tasks';

export class SettleError extends Error {
  override name = 'SettleError';
}

/** What a person found out about a message of which nobody could say whether it was sent. */
export interface Finding {
  sent: boolean;
  reason: string;
  userId: number | null;
}

interface UnknownRow {
  id: string;
  idempotency_key: string;
  customer_id: number;
  invoice_id: number | null;
  state: string;
  source: string;
  template: string;
}

/**
 * Settles a message in state `unknown` by what a person found. One that was not sent has failed, and the same is queued afresh under a key of its own: it is
 * put into words and checked against the ledger like any other when it leaves; one about no invoice is left to a person, save a statement. Answers with the new one's id, null where there is none; undefined when there
 * is no such message. Throws SettleError when nothing is unknown about it.
 */
export async function settleUnknown(trx: Knex.Transaction, actor: Actor, id: string, finding: Finding, at: Date): Promise<string | null | undefined> {
  const message = await lockUnknown(trx, id);
  if (!message) return undefined;
  if (message.state !== 'unknown') throw new SettleError(`The message is ${message.state}: there is nothing to find out about it.`);
  const found = `${actor.name} found that it was ${finding.sent ? '' : 'not '}sent: ${finding.reason}`;
  const moved = await moveMessage(trx, id, finding.sent ? 'sent' : 'failed', { state_reason: found, ...(finding.sent ? { sent_at: at } : {}) });
  if (!moved) throw new SettleError('The provider reported on the message meanwhile: look at it again.');
  const again = finding.sent ? null : message.invoice_id === null && message.source !== 'statement' ? await askForAnother(trx, message, at) : await queueAgain(trx, message, at);
  await trx.raw(
    `UPDATE tasks SET state = 'done', outcome = 'done', note = ?, closed_at = ?, assignee_id = coalesce(assignee_id, ?), row_version = row_version + 1 WHERE key = ? AND state IN ('open', 'claimed')`,
    [found, at, finding.userId, `mail/${id}/unknown`]);
  // Whoever delivers messages of the invoice hears that there is one.
  if (again !== null && message.invoice_id !== null) await touchLedger(trx, [{ customerId: message.customer_id, invoiceIds: [message.invoice_id], kind: 'message.queued-again' }]);
  await appendAudit(trx, [{ actor, action: 'message.settled', subjectType: 'message', subjectId: id, before: { state: 'unknown' }, after: { state: finding.sent ? 'sent' : 'failed', reason: finding.reason, again } }]);
  return again;
}

async function lockUnknown(trx: Knex.Transaction, id: string): Promise<UnknownRow | null> {
  const { rows: [owner] } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT customer_id FROM messages WHERE id = ?', [id]);
  if (!owner) return null;
  await lockCustomersOf(trx, [owner.customer_id]);
  const { rows } = await trx.raw<{ rows: UnknownRow[] }>('SELECT id, idempotency_key, customer_id, invoice_id, state, source, template FROM messages WHERE id = ? FOR UPDATE', [id]);
  return rows[0] ?? null;
}

/** A message about no invoice, as an announcement, is delivered by what wrote it, which is over: a person sends it again, or lets it be. */
async function askForAnother(trx: Knex.Transaction, { id, customer_id, source, template }: UnknownRow, at: Date): Promise<null> {
  await trx.raw('UPDATE messages SET contact_on = NULL WHERE id = ?', [id]);
  await raiseTasks(trx, [{
    key: `mail/${id}/not-sent`, queue: mailQueue, title: 'Send a message again, if it is still wanted', customerId: customer_id, invoiceId: null, dueOn: localDateAt(at.getTime(), 'UTC'), at: at.getTime(),
    instructions: `The ${source} message "${template}" was not sent. It is about no invoice, so it is not sent again by itself.`,
  }]);
  return null;
}

/** The one that failed counts as no contact any more, since nobody got it; the decisions that queued it go on with the new one. */
async function queueAgain(trx: Knex.Transaction, { id, idempotency_key }: UnknownRow, at: Date): Promise<string> {
  const again = randomUUID();
  await trx.raw(
    `INSERT INTO messages (id, idempotency_key, customer_id, invoice_id, template, language, to_addresses, attach_invoice, contact_on, ledger_version, queued_at, source, content)
     SELECT ?, ?, customer_id, invoice_id, template, language, to_addresses, attach_invoice, contact_on, ledger_version, ?, source, content FROM messages WHERE id = ?`,
    [again, `${idempotency_key}/again`, at, id]);
  await trx.raw('INSERT INTO message_invoices (message_id, invoice_id, step) SELECT ?, invoice_id, step FROM message_invoices WHERE message_id = ?', [again, id]);
  await trx.raw('UPDATE messages SET contact_on = NULL WHERE id = ?', [id]);
  for (const table of ['segment_decisions', 'campaign_acts', 'statements']) await trx.raw(`UPDATE ${table} SET message_id = ? WHERE message_id = ?`, [again, id]);
  await trx.raw(`UPDATE decisions SET message_id = ? WHERE message_id = ? AND outcome IN ('executed', 'covered')`, [again, id]);
  return again;
}
