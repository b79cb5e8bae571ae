import type { Knex } from 'knex';
import { readResponses } from '../../db/campaigns/responses';
import { readClock } from '../../db/clock/clock';
import { readAddresses, readDueContents, type Addresses, type DueContent } from '../../db/mail/content';
import { withoutOptedOut } from '../../db/mail/optOuts';
import { lockMessages, type LockedMessage, type MessageCustomer, type MessageRow } from '../../db/mail/messageRow';
import { moveMessage } from '../../db/mail/moves';
import { storeFirstOffers, storeRepeatedOffer, type FrozenMessage } from '../../db/mail/offer';
import { dropItems, isRefused, readdress, suppressDecisions } from '../../db/mail/refuse';
import { doNotContact, readStandings, type StandingItem } from '../../db/mail/standing';
import { isSettled, type MessageState } from '../../db/mail/states';
import { raiseMailTasks } from '../../db/mail/tasks';
import { publishedTemplates } from '../../db/templates/published';
import { recipientCalendar } from '../../domain/calendar/sendingCalendar';
import { localDateAt } from '../../domain/calendar/zones';
import type { Response } from '../../domain/campaign/decideMember';
import type { ReasonCode } from '../../domain/collection/facts';
import type { MessageTemplate } from '../../domain/templates/types';
import { renderMessage, TemplateError } from '../../emails/render';
import type { HandOver, Sought } from '../../integrations/mail/provider';
import type { MailDependencies } from './dependencies';
import { messageCustomer } from './messageCustomer';
import { forgotten, type Offered } from './outcome';
import { staleStatement, statementInvoices } from './statements';
import { failedTask } from './taskTexts';
import { consoleLink, isOptional, threadingOf } from './threading';

/** What is to be done with a message now. Everything it says has been committed. */
export type Prepared =
  | { kind: 'settled'; state: MessageState }
  | { kind: 'wait'; untilMs: number; nowMs: number; reason: string }
  /** `fresh`: no earlier attempt may have been taken. */
  | { kind: 'hand-over'; handOver: HandOver; fresh: boolean; attempts: number }
  | { kind: 'look-up'; sought: Sought; offered: Offered; reason: string };

/** A message authorised by hand outside the window may leave this long after it; beyond that it waits for the window like any other. */
const outsideGraceMs = 60 * 60_000;
const pauseLookMs = 15 * 60_000;

/**
 * Reads the ledger again for some messages, and either ends each or makes it ready: rendered once, stored with its exact bytes and marked as offered, all in
 * one committed transaction before anything is handed over.
 */
export function prepareHandOvers(deps: MailDependencies, messageIds: readonly string[]): Promise<Map<string, Prepared>> {
  return deps.knex.transaction(async (trx) => {
    const locked = await lockMessages(trx, messageIds);
    const { now, mode } = await readClock(trx);
    const read = await readLedger(trx, [...locked.values()].filter(({ message }) => !isSettled(message.state)), now);
    const prepared = new Map<string, Prepared>();
    for (const messageId of messageIds) {
      const one = locked.get(messageId);
      if (!one) throw new Error(`There is no message ${messageId}: it was to be handed over, but is not in the send ledger.`);
      prepared.set(messageId, await prepareOne(trx, deps, read, one, { now, mode }));
    }
    await storeFirstOffers(trx, read.offers, new Date((deps.wallNow ?? Date.now)()));
    return prepared;
  });
}

/** What was read for all messages of a set at once, and what is to be stored for them at once. */
interface LedgerRead {
  standings: ReadonlyMap<string, StandingItem[]>;
  addresses: ReadonlyMap<string, Addresses>;
  contents: ReadonlyMap<number, DueContent>;
  templates: ReadonlyMap<string, MessageTemplate>;
  /** How customers have answered the campaigns whose messages these are. */
  responses: ReadonlyMap<string, Response>;
  offers: Map<string, FrozenMessage>;
}

async function readLedger(trx: Knex.Transaction, messages: readonly LockedMessage[], now: number): Promise<LedgerRead> {
  const standings = await readStandings(trx, messages, now);
  const queued = messages.filter(({ message }) => message.state === 'queued');
  const addresses = await readAddresses(trx, queued.map(({ message }) => message));
  const invoicesOf = (some: readonly LockedMessage[]): number[] => [...new Set(some.flatMap(({ message }) => standings.get(message.id)?.map(({ invoiceId }) => invoiceId) ?? []))];
  // One whose leader was settled may attach what it did not: the documents of whatever might be attached are read.
  const contents = await readDueContents(trx, [...new Set(queued.map(({ customer }) => customer.id))], invoicesOf(queued), invoicesOf(queued.filter(({ message }) => message.attach_invoice || (standings.get(message.id)?.length ?? 0) > 1)));
  const templates = await publishedTemplates(trx, queued.map(({ message }) => message.template));
  const responses = await readResponses(trx, queued.flatMap(({ message }) => (message.source === 'campaign' ? [message.id] : [])));
  return { standings, addresses, templates, responses, contents: new Map(contents.map((content) => [content.id, content])), offers: new Map() };
}

async function prepareOne(trx: Knex.Transaction, deps: MailDependencies, read: LedgerRead, { message, customer }: LockedMessage, { now, mode }: { now: number; mode: 'real' | 'manual' }): Promise<Prepared> {
  if (isSettled(message.state)) return { kind: 'settled', state: message.state };
  const standing = read.standings.get(message.id) ?? [];
  // A manual clock stands still until all messages are out, so there nothing can come in between.
  const items = mode === 'real' && message.state === 'queued' ? withoutPaused(standing, now) : standing;
  const wait = mode === 'real' ? waitForPause(items, now) ?? waitForWindow(message, customer, items, now) : null;
  return message.state === 'sending'
    ? repeatOffer(trx, deps, message, items, wait)
    : firstOffer(trx, deps, { message, customer, items, wait, now, read });
}

/** What is paused leaves a message that has something else to say, and comes again: a dispute about one invoice holds up no reminder of another. */
function withoutPaused(items: readonly StandingItem[], now: number): readonly StandingItem[] {
  const isPaused = ({ pause }: StandingItem): boolean => pause !== null && (pause.until === null || pause.until.getTime() > now);
  if (items.every((item) => isRefused(item) || isPaused(item))) return items;
  return items.map((item) => (isPaused(item) && !isRefused(item)
    ? { ...item, refusal: { code: 'taken-back' as const, reason: 'a person paused its collection before the message was handed over: it comes again' } }
    : item));
}

/** Null when nobody has paused what the message is about. A pause that may end at any time is looked at again now and then. */
function waitForPause(items: readonly StandingItem[], now: number): Extract<Prepared, { kind: 'wait' }> | null {
  const ends = items.flatMap(({ refusal, pause }) => (refusal || !pause ? [] : [pause.until?.getTime() ?? Infinity])).filter((until) => until > now);
  if (ends.length === 0) return null;
  return { kind: 'wait', untilMs: Math.min(Math.max(...ends), now + pauseLookMs), nowMs: now, reason: 'a person has paused the collection of what it is about' };
}

/** Null when the message may leave now, else until when it may not. A message that waited past its window leaves in the next one. */
function waitForWindow(message: MessageRow, customer: MessageCustomer, items: readonly StandingItem[], now: number): Extract<Prepared, { kind: 'wait' }> | null {
  const policy = items.find((item) => !item.refusal && item.policy)?.policy;
  if (!policy) return null;
  const calendar = recipientCalendar(policy.calendar, { timeZone: customer.time_zone, country: customer.country, region: customer.region });
  if (calendar.isOpen(now)) return null;
  const queuedAt = message.queued_at.getTime();
  if (!calendar.isOpen(queuedAt) && now - queuedAt < outsideGraceMs) return null;
  return { kind: 'wait', untilMs: calendar.nextOpening(now), nowMs: now, reason: 'outside the send window; it leaves when the next one opens' };
}

interface Situation {
  message: MessageRow;
  customer: MessageCustomer;
  items: readonly StandingItem[];
  wait: Extract<Prepared, { kind: 'wait' }> | null;
  now: number;
  read: LedgerRead;
}

async function firstOffer(trx: Knex.Transaction, deps: MailDependencies, { message, customer, items, wait, now, read }: Situation): Promise<Prepared> {
  const standing = items.filter((item) => !isRefused(item));
  // What a campaign announces need not be about an invoice; then only the customer can refuse it.
  const aboutNothing = message.source !== 'ladder' && items.length === 0;
  if (aboutNothing && customer.do_not_contact && message.source !== 'internal') return cancel(trx, message, items, doNotContact.reason);
  const stale = staleStatement(message, customer, now);
  if (stale) return cancel(trx, message, items, stale);
  const response = read.responses.get(message.id);
  if (response) return cancel(trx, message, items, `the customer has ${response} since it joined the campaign, before the message was handed over`);
  if (!standing.length && !aboutNothing) return cancel(trx, message, items);
  const left = items.filter(isRefused);
  const { current: addresses, reachable } = (left.length > 0 ? await readdress(trx, message, standing) : read.addresses.get(message.id)) ?? { current: [], reachable: [] };
  const to = isOptional(message) ? await withoutOptedOut(trx, reachable) : reachable;
  if (reachable.length && !to.length) return cancel(trx, message, items, 'every address of the message asked for no mail beyond what is owed');
  if (!to.length) {
    const code: ReasonCode = addresses.length ? 'address-suppressed' : 'no-address';
    const reason = addresses.length ? 'every address of the message has bounced or complained' : message.source === 'internal' ? 'none of one\'s own people has an address to write to' : 'the customer has no address to write to';
    return cancel(trx, message, items.map((item) => ({ ...item, refusal: item.refusal ?? { code, reason } })), reason);
  }
  if (wait) return wait;

  const led = await dropItems(trx, message, left, standing);
  const frozen = await freeze(trx, deps, { message: led, customer, standing, to, now, read });
  if (frozen.kind === 'failed') return frozen.prepared;
  read.offers.set(message.id, frozen.message);
  return {
    kind: 'hand-over', fresh: true, attempts: message.attempts + 1,
    handOver: { idempotencyKey: message.idempotency_key, payload: frozen.message.payload, from: frozen.message.from, to },
  };
}

async function cancel(trx: Knex.Transaction, message: MessageRow, items: readonly StandingItem[], otherwise = 'it was about nothing any more'): Promise<Prepared> {
  const refused = items.filter(isRefused);
  await suppressDecisions(trx, message, refused);
  await moveMessage(trx, message.id, 'cancelled', { state_reason: refused[0]?.refusal.reason ?? otherwise });
  return { kind: 'settled', state: 'cancelled' };
}

type Frozen = { kind: 'frozen'; message: FrozenMessage } | { kind: 'failed'; prepared: Prepared };

async function freeze(
  trx: Knex.Transaction,
  deps: MailDependencies,
  { message, customer, standing, to, now, read }: Pick<Situation, 'message' | 'customer' | 'now' | 'read'> & { standing: readonly StandingItem[]; to: string[] },
): Promise<Frozen> {
  const invoiceIds = [...new Set(standing.map(({ invoiceId }) => invoiceId))];
  try {
    // One whose leader was settled takes the template of the next, which may not be among those that were read.
    const template = read.templates.get(message.template) ?? (await publishedTemplates(trx, [message.template])).get(message.template);
    if (!template) throw new TemplateError(`There is no published template "${message.template}".`);
    const rendered = await renderMessage({
      ...message.content,
      ...linkedNotice(deps, message, customer.id, invoiceIds),
      template,
      language: message.language,
      messageId: message.id,
      sender: deps.sender,
      customerName: customer.name,
      customer: messageCustomer(customer),
      today: localDateAt(now, customer.time_zone),
      invoices: message.content.statement ? statementInvoices(message.content.statement) : invoiceIds.flatMap((id) => read.contents.get(id) ?? []),
      attachInvoices: message.attach_invoice,
    });
    const content = { from: deps.from, to, ...threadingOf(deps, message), ...rendered };
    const payload = await deps.provider.compose({ id: message.id, ...content });
    return { kind: 'frozen', message: { ...content, payload, provider: deps.provider.name, renderedVersion: customer.ledger_version, templateVersion: template.version } };
  } catch (error) {
    // A template that does not exist will not come to exist by trying again: a person has to look.
    if (!(error instanceof TemplateError)) throw error;
    await moveMessage(trx, message.id, 'failed', { state_reason: error.message });
    await raiseMailTasks(trx, [failedTask(message.id, error.message, now)]);
    return { kind: 'failed', prepared: { kind: 'settled', state: 'failed' } };
  }
}

/** A notice to one's own people leads to the invoice that it is about, or where it is about several, to their customer. */
function linkedNotice(deps: MailDependencies, { content: { notice } }: MessageRow, customerId: number, invoiceIds: readonly number[]): Pick<MessageRow['content'], 'notice'> {
  if (!notice || notice.url !== null) return {};
  return { notice: { ...notice, url: consoleLink(deps, invoiceIds.length === 1 ? `/invoices/${invoiceIds[0]}` : `/customers/${customerId}`) } };
}

/**
 * A message that was offered before and whose answer is not known. While the provider remembers the key, the same bytes are offered again, which
 * cannot send twice. Once it does not, or when something in the message has been settled meanwhile, the provider is asked what it has.
 */
async function repeatOffer(trx: Knex.Transaction, deps: MailDependencies, message: MessageRow, items: readonly StandingItem[], wait: Extract<Prepared, { kind: 'wait' }> | null): Promise<Prepared> {
  const wallNow = (deps.wallNow ?? Date.now)();
  const firstAttemptAt = message.first_attempt_at?.getTime() ?? wallNow;
  const offered: Offered = { provider: message.provider, attempts: message.attempts, firstAttemptAt, lastAttemptAt: message.last_attempt_at?.getTime() ?? wallNow };
  const lookUp = (reason: string): Prepared => ({
    kind: 'look-up', reason, offered, sought: { messageId: message.id, to: message.to_addresses, subject: message.subject ?? '', text: message.body_text ?? '', firstAttemptAt },
  });
  const why = forgotten(deps.provider, offered, wallNow);
  if (why !== null) return lookUp(why);
  if (items.some(isRefused)) return lookUp('something in it has been settled since it was offered');
  if (wait) return wait;
  if (message.payload === null || message.from_address === null) throw new Error(`Message ${message.id} is being sent but has no stored payload: the send ledger was changed by hand.`);
  await storeRepeatedOffer(trx, message.id, new Date(wallNow));
  return {
    kind: 'hand-over', fresh: false, attempts: message.attempts + 1,
    handOver: { idempotencyKey: message.idempotency_key, payload: message.payload, from: message.from_address, to: message.to_addresses },
  };
}
