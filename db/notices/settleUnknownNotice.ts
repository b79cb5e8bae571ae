import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { SettleError } from '../mail/settleUnknown';

/**
 * Settles a mail of notices in state `unknown` by what a person found. What was in one that was not sent waits again, for the next mail to the person, unless it is over by then. Answers how many notices wait
 * again; undefined when there is no such mail. Throws SettleError when nothing is unknown about it.
 */
export async function settleUnknownNotice(trx: Knex.Transaction, actor: Actor, id: string, { sent, reason }: { sent: boolean; reason: string }): Promise<number | undefined> {
  const mail = await trx('notice_mails').where({ id }).forUpdate().first<{ state: string } | undefined>('state');
  if (!mail) return undefined;
  if (mail.state !== 'unknown') throw new SettleError(`The mail is ${mail.state}: there is nothing to find out about it.`);
  const state = sent ? 'sent' : 'failed';
  await trx('notice_mails').where({ id }).update({ state, state_reason: `${actor.name} found that it was ${sent ? '' : 'not '}sent: ${reason}` });
  const again = sent ? 0 : await trx('notices').where({ mail_id: id }).update({ mail_id: null, retold: trx.raw('retold + 1') });
  await appendAudit(trx, [{ actor, action: 'notice.settled', subjectType: 'notice-mail', subjectId: id, before: { state: 'unknown' }, after: { state, reason, again } }]);
  return again;
}
