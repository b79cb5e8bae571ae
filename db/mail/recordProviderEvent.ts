import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { readClock } from '../clock/clock';
import { recordEvents } from '../events';
import { continueDepth } from '../events/depth';
import { recordNoticeEvent } from '../notices/noticeEvents';
import { moveMessage, type MoveDetails } from './moves';
import type { MessageSource } from './queueMessage';
import type { MessageState } from './states';
import { lockCustomers, suppressReported } from './suppressions';
import { raiseMailTasks, withdrawMailTasks, type MailTask } from './tasks';

/** A provider's report about a message; the shape in which integrations read it. */
export interface MailEvent {
  id: string;
  provider: string;
  type: string;
  meaning: MailEventMeaning;
  at: number;
  providerId: string;
  messageId: string | null;
  addresses: readonly string[];
  payload: unknown;
}

export type MailEventMeaning =
  | { kind: 'sent' } | { kind: 'delivered' } | { kind: 'opened' } | { kind: 'clicked' } | { kind: 'delayed' } | { kind: 'complained' }
  | { kind: 'bounced'; permanent: boolean; reason: string }
  | { kind: 'failed'; reason: string };

/** `repeated`: this very report was recorded before; `unmatched`: it is about a message that is not ours. Neither changes anything. */
export type RecordedEvent = 'recorded' | 'repeated' | 'unmatched';

interface Found {
  id: string;
  idempotency_key: string;
  customer_id: number;
  invoice_id: number | null;
  to_addresses: string[];
  source: MessageSource;
  template: string;
}

/**
 * Records what a provider reports about a message: moves its state forward, never back; a bounce or complaint suppresses the address, raises a task
 * and has every customer with that address looked at again. All in one transaction, once for each report. What is no message of ours may be a notice.
 */
export function recordProviderEvent(knex: Knex, event: MailEvent): Promise<RecordedEvent> {
  return knex.transaction(async (trx): Promise<RecordedEvent> => {
    const message = await findMessage(trx, event);
    if (!message) return recordNoticeEvent(trx, event);
    const suppressed = addressesToSuppress(event, message);
    const customers = await lockCustomers(trx, message.customer_id, suppressed);
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      'INSERT INTO message_events (id, message_id, type, at, payload) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
      [event.id, message.id, event.type, new Date(event.at), JSON.stringify(event.payload)],
    );
    if (rowCount === 0) return 'repeated';
    await trx('messages').where({ id: message.id }).forUpdate().first('id');
    await apply(trx, event, message, suppressed);
    await recordHappening(trx, event, message);
    await suppressReported(trx, { emails: suppressed, reason: event.meaning.kind === 'complained' ? 'complained' : 'bounced', about: { message: message.id } }, customers);
    return 'recorded';
  });
}

/** By the provider's id; an event that comes before the answer to our request is matched by the tag it carries. */
async function findMessage(trx: Knex.Transaction, { provider, providerId, messageId }: MailEvent): Promise<Found | null> {
  const columns = ['id', 'idempotency_key', 'customer_id', 'invoice_id', 'to_addresses', 'source', 'template'] as const;
  const known = await trx('messages').where({ provider, provider_id: providerId }).first<Found | undefined>([...columns]);
  if (known) return known;
  if (!messageId) return null;
  const tagged = await trx('messages').where({ provider, id: messageId }).whereNull('provider_id').first<Found | undefined>([...columns]);
  return tagged ?? null;
}

async function apply(trx: Knex.Transaction, event: MailEvent, message: Found, suppressed: readonly string[]): Promise<void> {
  const { now } = await readClock(trx);
  const { meaning } = event;
  const task = (trouble: MailTask['trouble'], title: string, instructions: string): MailTask => ({ messageId: message.id, trouble, title, instructions, at: now });
  switch (meaning.kind) {
    case 'sent':
    case 'delivered':
      await move(trx, event, message, meaning.kind, now);
      break;
    case 'opened':
    case 'clicked':
      // It cannot have been opened without having arrived.
      await move(trx, event, message, 'delivered', now);
      await trx('messages').where({ id: message.id }).update({ [`${meaning.kind}_at`]: trx.raw('least(??, ?::timestamptz)', [`${meaning.kind}_at`, new Date(event.at)]) });
      break;
    case 'delayed':
      await trx('messages').where({ id: message.id, state: 'sent' }).update({ state_reason: 'the receiving server is putting it off; the provider keeps trying', updated_at: trx.fn.now() });
      break;
    case 'bounced':
      await move(trx, event, message, 'bounced', now, { state_reason: meaning.reason });
      await raiseMailTasks(trx, [task('bounced', 'A message came back', bounceInstructions(meaning.reason, message, suppressed))]);
      break;
    case 'complained':
      await move(trx, event, message, 'complained', now, { state_reason: 'the recipient marked it as spam' });
      await raiseMailTasks(trx, [task('complained', 'A recipient marked a message as spam', `${message.to_addresses.join(', ')} complained. Nothing is sent to this address any more: call, and ask for another.`)]);
      break;
    case 'failed':
      await move(trx, event, message, 'failed', now, { state_reason: meaning.reason });
      await raiseMailTasks(trx, [task('failed', 'A message could not be sent', `${meaning.reason}\nReach ${message.source === 'internal' ? message.to_addresses.join(', ') : 'the customer'} another way, and put right what stood in the way.`)]);
      break;
    default:
      assertNever(meaning);
  }
}

const happenings = { opened: 'email.opened', clicked: 'email.clicked', bounced: 'email.bounced', complained: 'email.complained' } as const;

/** The first time that a message is opened, followed, comes back or is complained of is something that happened to the customer. */
async function recordHappening(trx: Knex.Transaction, { meaning }: MailEvent, message: Found): Promise<void> {
  // What a colleague does with a notice is nothing that happened to the customer.
  if (!(meaning.kind in happenings) || message.source === 'internal') return;
  const { now } = await readClock(trx);
  await continueDepth(trx, message.idempotency_key);
  const kind = happenings[meaning.kind as keyof typeof happenings];
  await recordEvents(trx, [{ kind, key: message.id, customerId: message.customer_id, invoiceId: message.invoice_id, at: new Date(now), data: { message: message.id, template: message.template, sender: message.source, ...(meaning.kind === 'bounced' ? { permanent: meaning.permanent } : {}) } }]);
}

/** Any report from the provider proves that it has taken the message: so it has an id there, and the question whether it was sent is answered. */
async function move(trx: Knex.Transaction, event: MailEvent, message: Found, to: MessageState, now: number, details: MoveDetails = {}): Promise<void> {
  await moveMessage(trx, message.id, to, { state_reason: null, ...details });
  await trx('messages').where({ id: message.id }).whereNull('provider_id').update({ provider_id: event.providerId });
  await trx('messages').where({ id: message.id }).whereNull('sent_at').update({ sent_at: new Date(now) });
  await withdrawMailTasks(trx, [message.id], 'unknown', now);
}

function bounceInstructions(reason: string, { to_addresses, source }: Found, suppressed: readonly string[]): string {
  const consequence = suppressed.length
    ? `Nothing is sent to ${suppressed.join(', ')} any more. ${source === 'internal' ? 'It was a notice to a colleague: put the right address into the policy, or the user.' : "Find out the right address, and put it into the customer's contacts."}`
    : `Nothing was suppressed: it may pass, or which of ${to_addresses.join(', ')} is wrong was not said.`;
  return `${reason}\n${consequence}`;
}

/** The addresses that a report condemns: the one it is about, or of several those that its reason names. */
function addressesToSuppress({ meaning, addresses }: MailEvent, message: Found): string[] {
  if (meaning.kind !== 'complained' && !(meaning.kind === 'bounced' && meaning.permanent)) return [];
  const ours = message.to_addresses.map((address) => address.toLowerCase());
  const about = addresses.map((address) => address.toLowerCase()).filter((address) => ours.includes(address));
  const candidates = about.length ? about : ours;
  if (candidates.length === 1) return candidates;
  const reason = meaning.kind === 'bounced' ? meaning.reason.toLowerCase() : '';
  return candidates.filter((address) => reason.includes(address));
}
