import type { Knex } from 'knex';
import { appendAudit, systemActor, type Actor } from '../audit';
import { readClock } from '../clock/clock';
import { localDateAt } from '../../domain/calendar/zones';
import { raiseTasks } from '../work/raiseTasks';
import { mailQueue } from './tasks';

/** How an address came to want no mail beyond what is owed. */
export type OptOutVia = 'one-click' | 'reply' | 'person';

/** Those of the addresses that have not asked for less mail. */
export async function withoutOptedOut(trx: Knex.Transaction, addresses: readonly string[]): Promise<string[]> {
  if (!addresses.length) return [];
  const out = new Set(await trx<{ email: string }>('mail_opt_outs').whereIn('email', addresses.map((address) => address.toLowerCase())).pluck('email'));
  return addresses.filter((address) => !out.has(address.toLowerCase()));
}

export interface OptOut {
  addresses: readonly string[];
  via: OptOutVia;
  messageId: string | null;
  customerId: number | null;
  actor?: Actor;
}

/**
 * Remembers that addresses want no statements, segment mails and campaigns any more, and asks a person to agree with the customer how to keep in touch. Reminders of
 * what is owed go on. Again, it changes nothing.
 */
export async function optOut(trx: Knex.Transaction, { addresses, via, messageId, customerId, actor = systemActor }: OptOut): Promise<void> {
  const { now } = await readClock(trx);
  const emails = [...new Set(addresses.map((address) => address.toLowerCase()))];
  if (!emails.length) return;
  const added = await trx('mail_opt_outs').insert(emails.map((email) => ({ email, via, message_id: messageId, at: new Date(now) }))).onConflict('email').ignore().returning<{ email: string }[]>('email');
  if (!added.length) return;
  await raiseTasks(trx, [{
    key: `opt-out/${added[0]!.email}/${now}`, queue: mailQueue, title: 'A customer asked for less mail', customerId, invoiceId: null, dueOn: localDateAt(now, 'UTC'), at: now,
    instructions: `${added.map(({ email }) => email).join(', ')} get no statements, segment mails or campaigns any more. Reminders of single invoices go on. Where the customer got one mail for all that is owed, agree how to keep in touch.`,
  }]);
  await appendAudit(trx, added.map(({ email }) => ({ actor, action: 'address.opted-out', subjectType: 'address', subjectId: email, after: { via, message: messageId } })));
}

/** Takes the wish back, as its owner asked; false when there was none. */
export async function optInAgain(trx: Knex.Transaction, actor: Actor, email: string): Promise<boolean> {
  const removed = await trx('mail_opt_outs').where({ email: email.toLowerCase() }).delete();
  if (removed === 0) return false;
  await appendAudit(trx, [{ actor, action: 'address.opted-in', subjectType: 'address', subjectId: email.toLowerCase() }]);
  return true;
}
