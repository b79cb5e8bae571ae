import type { Knex } from 'knex';
import { localDateAt } from '../../domain/calendar/zones';
import { readClock } from '../clock/clock';
import type { MailEvent, MailEventMeaning, RecordedEvent } from '../mail/recordProviderEvent';
import { statesBefore, type MessageState } from '../mail/states';
import { lockCustomers, suppressReported } from '../mail/suppressions';
import { mailQueue } from '../mail/tasks';
import { raiseTasks } from '../work/raiseTasks';

interface Found {
  id: string;
  to_address: string;
  name: string;
}

/**
 * Records what a provider reports about a notice to one's own people: moves its state forward, never back, as that of a message. A bounce that will not pass, or a complaint, suppresses the address, so that no
 * further notice goes there, and raises a task. A report that changes nothing was recorded before.
 */
export async function recordNoticeEvent(trx: Knex.Transaction, event: MailEvent): Promise<RecordedEvent> {
  const mail = await findMail(trx, event);
  if (!mail) return 'unmatched';
  const reached = reachedBy(event.meaning);
  if (!reached) return 'recorded';
  const condemned = event.meaning.kind === 'complained' || (event.meaning.kind === 'bounced' && event.meaning.permanent);
  const emails = condemned ? [mail.to_address.toLowerCase()] : [];
  const customers = await lockCustomers(trx, null, emails);
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    'UPDATE notice_mails SET state = :state, state_reason = :reason, provider_id = coalesce(provider_id, :providerId) WHERE id = :id AND state = ANY (:before)',
    { id: mail.id, state: reached.state, reason: reached.reason, providerId: event.providerId, before: statesBefore(reached.state) });
  if (rowCount === 0) return 'repeated';
  if (condemned) await askForAnotherAddress(trx, mail, reached);
  await suppressReported(trx, { emails, reason: event.meaning.kind === 'complained' ? 'complained' : 'bounced', about: { notice: mail.id } }, customers);
  return 'recorded';
}

async function findMail(trx: Knex.Transaction, { provider, providerId, messageId }: MailEvent): Promise<Found | null> {
  const { rows } = await trx.raw<{ rows: Found[] }>(
    `SELECT m.id, m.to_address, u.name FROM notice_mails m JOIN users u ON u.id = m.user_id
     WHERE m.provider = :provider AND (m.provider_id = :providerId OR m.provider_id IS NULL AND m.id = CAST(:messageId AS uuid))`, { provider, providerId, messageId });
  return rows[0] ?? null;
}

interface Reached {
  state: MessageState;
  reason: string | null;
}

/** Null: the provider keeps trying. */
function reachedBy(meaning: MailEventMeaning): Reached | null {
  switch (meaning.kind) {
    case 'delayed': return null;
    case 'sent': return { state: 'sent', reason: null };
    // It cannot have been opened without having arrived.
    case 'delivered':
    case 'opened':
    case 'clicked': return { state: 'delivered', reason: null };
    case 'complained': return { state: 'complained', reason: 'the recipient marked it as spam' };
    case 'bounced':
    case 'failed': return { state: meaning.kind, reason: meaning.reason };
  }
}

async function askForAnotherAddress(trx: Knex.Transaction, { id, to_address, name }: Found, { state, reason }: Reached): Promise<void> {
  const { now } = await readClock(trx);
  await raiseTasks(trx, [{
    key: `notice-mail/${id}/${state}`, queue: mailQueue, title: `${name} cannot be told by email`, customerId: null, invoiceId: null, dueOn: localDateAt(now, 'UTC'), at: now,
    instructions: `${reason ?? 'An email to them came back.'}\nNothing is sent to ${to_address} any more, and what ${name} is to be told stands in the console only. Have the mailbox put right and release the address under Messages, or add ${name} under another address.`,
  }]);
}
