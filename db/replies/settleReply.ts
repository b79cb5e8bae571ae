import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Classification, ReplyKind } from '../../domain/reply/classification';
import { cutText } from '../../domain/cutText';
import { storableText } from '../../domain/storableText';
import { localDateAt } from '../../domain/calendar/zones';
import { appendAudit, systemActor, type Actor } from '../audit';
import { readClock } from '../clock/clock';
import { recordEvents } from '../events';
import { continueDepth } from '../events/depth';
import { lockCustomersOf } from '../ledger';
import { decideAlone, type Alone } from './decideAlone';
import { carryOut, type ReplyDecision, type SettledReply } from './effects';
import { openInvoicesOf } from './matchReply';

export class ReplyError extends Error {
  override name = 'ReplyError';
  constructor(readonly code: 'changed' | 'impossible', message: string) {
    super(message);
  }
}

/** A reply that waits to be classified. */
export interface UnreadReply {
  id: number;
  subject: string;
  said: string;
  automatic: boolean;
  /** The customer's local date on which it was written. */
  today: string;
}

/** Replies that nobody has classified yet and that are not to wait for another try, the oldest first. */
export async function unclassified(knex: Knex, limit: number): Promise<UnreadReply[]> {
  const { rows } = await knex.raw<{ rows: (Omit<UnreadReply, 'today'> & { timeZone: string; writtenAt: Date })[] }>(
    `SELECT r.id, r.subject, r.said, r.automatic = 'auto-reply' IS TRUE AS automatic, coalesce(c.time_zone, 'UTC') AS "timeZone", coalesce(r.written_at, r.received_at) AS "writtenAt" FROM replies r LEFT JOIN customers c ON c.id = r.customer_id
     WHERE r.state = 'received' AND r.next_attempt_at <= now() ORDER BY r.received_at, r.id LIMIT ?`, [limit]);
  return rows.map(({ timeZone, writtenAt, ...reply }) => ({ ...reply, today: localDateAt(writtenAt.getTime(), timeZone) }));
}

/**
 * Counts a try at a reply that failed: it is tried again after `waitsMs`, and once these are used up it waits for a person, with why. Those behind it do not wait.
 * Answers when it is tried again, in milliseconds; null: no more, or somebody else has seen to it.
 */
export async function classificationFailed(knex: Knex, id: number, reason: string, waitsMs: readonly number[]): Promise<number | null> {
  const { rows } = await knex.raw<{ rows: { waitMs: number | null }[] }>(
    `UPDATE replies SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => coalesce((CAST(:waits AS float8[]))[attempts + 1], 0) / 1000),
       state = CASE WHEN attempts < cardinality(CAST(:waits AS float8[])) THEN state ELSE 'triage' END, reason = CASE WHEN attempts < cardinality(CAST(:waits AS float8[])) THEN reason ELSE :reason END
     WHERE id = :id AND state = 'received' RETURNING CASE WHEN state = 'received' THEN (CAST(:waits AS float8[]))[attempts] END AS "waitMs"`,
    { id, waits: [...waitsMs], reason: `Dunwell could not read it: ${cutText(storableText(reason), failureMax)}` });
  return rows[0]?.waitMs ?? null;
}
const failureMax = 500;

interface ReplyRow {
  id: number;
  state: 'received' | 'triage' | 'settled' | 'ignored';
  customer_id: number | null;
  message_id: string | null;
  matched_by: string | null;
  automatic: string | null;
  sender_known: boolean | null;
  from_address: string;
  said: string;
  kind: string | null;
  decided_kind: string | null;
  paused_until: Date | null;
  row_version: number;
}

/**
 * Keeps what a classifier made of a reply, with its confidence and reason. Where it is sure, and the reply is proven to answer a message of ours, what follows is done at once;
 * all else waits for a person. Does nothing to a reply that has been classified meanwhile.
 */
export function recordClassification(knex: Knex, id: number, classification: Classification, classifier: string): Promise<'settled' | 'triage' | 'known'> {
  return knex.transaction(async (trx) => {
    const row = await lockReply(trx, id);
    if (!row || row.state !== 'received') return 'known';
    const { now } = await readClock(trx);
    const { kind, confidence, reason, ...details } = classification;
    const reply = await settledReply(trx, row);
    const alone: Alone = reply ? await decideAlone(trx, reply, { matchedBy: row.matched_by, automatic: row.automatic, senderKnown: row.sender_known }, classification, now) : { decision: null, why: null };
    const said = alone.decision === null && alone.why !== null ? `${reason} But ${alone.why}: a person decides.` : reason;
    await trx('replies').where({ id }).update({ kind, confidence, reason: said, classifier, details: JSON.stringify(details) });
    if (!reply || alone.decision === null) {
      await trx('replies').where({ id }).update({ state: 'triage' });
      await recordClass(trx, row, { class: kind, confidence, decidedBy: 'classifier' }, now);
      return 'triage';
    }
    await trx('replies').where({ id }).update({ state: 'settled', decided_kind: kind, decided_details: JSON.stringify(alone.decision), decided_by: classifier, decided_at: new Date(now) });
    await carryOut(trx, reply, alone.decision, systemActor, now);
    await recordClass(trx, row, { class: kind, confidence, decidedBy: 'classifier' }, now);
    return 'settled';
  });
}

/**
 * What a reply says is something that happened to the customer: once for each kind that it is taken for, so that a person who says otherwise is heard, and one who agrees is not heard again. What
 * answers an automation's email follows from that: two machines could write to each other for ever. What somebody else says in a customer's thread is the customer's word once a person says so.
 */
async function recordClass(trx: Knex.Transaction, { id, customer_id, message_id, automatic, sender_known }: ReplyRow, told: { class: ReplyKind; confidence: number | null; decidedBy: 'classifier' | 'person' }, now: InstantMs, chosen?: readonly number[]): Promise<void> {
  if (customer_id === null || (automatic !== null && automatic !== 'auto-reply') || (sender_known === false && told.decidedBy === 'classifier')) return;
  const message = message_id === null ? undefined : await trx('messages').where({ id: message_id }).first<{ idempotency_key: string } | undefined>('idempotency_key');
  if (message) await continueDepth(trx, message.idempotency_key);
  const invoices = chosen ?? await trx<{ reply_id: number; invoice_id: number }>('reply_invoices').where({ reply_id: id }).orderBy('invoice_id').limit(1).pluck('invoice_id');
  await recordEvents(trx, [{ kind: 'reply.classified', key: `reply-${id}/${told.class}`, customerId: customer_id, invoiceId: invoices[0] ?? null, at: new Date(now), data: { reply: id, ...told } }]);
}

/** What a person makes of a reply: accepts the suggestion or says otherwise, and names the customer where nobody was found. */
export interface PersonsDecision extends ReplyDecision {
  version: number;
  /** For a reply that belongs to nobody yet. */
  customerId: number | null;
}

/**
 * Takes a reply as what a person says that it is; false when there is no such reply. May be said again, otherwise: the pause and the task follow, but what was already
 * answered or recorded stays. Throws ReplyError.
 */
export async function decideReply(trx: Knex.Transaction, actor: Actor, id: number, decision: PersonsDecision): Promise<boolean> {
  const found = await lockReply(trx, id);
  if (!found) return false;
  if (found.row_version !== decision.version) throw new ReplyError('changed', 'Somebody decided about this reply since it was read.');
  const row = { ...(found.customer_id === null && decision.customerId !== null ? await attach(trx, found, decision.customerId) : found), row_version: found.row_version + 1 };
  const reply = await settledReply(trx, row);
  const { now } = await readClock(trx);
  if (!reply && decision.kind !== 'other' && decision.kind !== 'out-of-office') throw new ReplyError('impossible', 'Say first which customer wrote it: customerId.');
  if (reply) refuseChoice(reply, decision);
  const { version: _version, customerId: _customerId, ...kept } = decision;
  await trx('replies').where({ id }).update({
    state: 'settled', decided_kind: kept.kind, decided_details: JSON.stringify(kept), decided_by: `${actor.kind}:${actor.id}`, decided_at: new Date(now), row_version: row.row_version,
  });
  if (reply) await carryOut(trx, reply, kept, actor, now);
  await recordClass(trx, row, { class: kept.kind, confidence: null, decidedBy: 'person' }, now, kept.invoiceIds?.length ? kept.invoiceIds : undefined);
  await appendAudit(trx, [{
    actor, action: found.kind === kept.kind ? 'reply.accepted' : 'reply.corrected', subjectType: 'reply', subjectId: String(id), before: { kind: found.decided_kind ?? found.kind }, after: { ...kept, customerId: row.customer_id },
  }]);
  return true;
}

function refuseChoice({ invoiceIds: ofThread }: SettledReply, { kind, invoiceIds, amountMinor }: PersonsDecision): void {
  if (invoiceIds && kind !== 'promise' && kind !== 'dispute') throw new ReplyError('impossible', 'Only of a promise and of a dispute it is said which invoices they are about.');
  const other = invoiceIds?.find((id) => !ofThread.includes(id));
  if (other !== undefined) throw new ReplyError('impossible', `Invoice ${other} is none of those that the reply is about.`);
  if (kind === 'dispute' && amountMinor !== null && invoiceIds?.length !== 1) throw new ReplyError('impossible', 'A part is disputed of one invoice: choose which.');
}

async function attach(trx: Knex.Transaction, row: ReplyRow, customerId: number): Promise<ReplyRow> {
  await lockCustomersOf(trx, [customerId]);
  const { rows } = await trx.raw<{ rows: unknown[] }>('SELECT 1 FROM customers WHERE id = ?', [customerId]);
  if (rows.length === 0) throw new ReplyError('impossible', `There is no customer ${customerId}.`);
  await trx('replies').where({ id: row.id }).update({ customer_id: customerId, matched_by: 'person' });
  const invoices = await openInvoicesOf(trx, customerId);
  if (invoices.length > 0) await trx('reply_invoices').insert(invoices.map((invoice_id) => ({ reply_id: row.id, invoice_id }))).onConflict(['reply_id', 'invoice_id']).ignore();
  return { ...row, customer_id: customerId, matched_by: 'person' };
}

/** First the customer, as everyone does who takes both. */
async function lockReply(trx: Knex.Transaction, id: number): Promise<ReplyRow | null> {
  const { rows } = await trx.raw<{ rows: { customer_id: number | null }[] }>('SELECT customer_id FROM replies WHERE id = ?', [id]);
  if (!rows[0]) return null;
  if (rows[0].customer_id !== null) await lockCustomersOf(trx, [rows[0].customer_id]);
  const row = await trx('replies').where({ id }).forUpdate().first<ReplyRow | undefined>(['id', 'state', 'customer_id', 'message_id', 'matched_by', 'automatic', 'sender_known', 'from_address', 'said', 'kind', 'decided_kind', 'paused_until', 'row_version']);
  return row ?? null;
}

async function settledReply(trx: Knex.Transaction, row: ReplyRow): Promise<SettledReply | null> {
  if (row.customer_id === null) return null;
  const customer = await trx('customers').where({ id: row.customer_id }).first<{ time_zone: string; external_id: string } | undefined>('time_zone', 'external_id');
  if (!customer) throw new Error(`Customer ${row.customer_id} vanished while a reply of it was being settled.`);
  const invoiceIds = await trx<{ reply_id: number; invoice_id: number }>('reply_invoices').where({ reply_id: row.id }).orderBy('invoice_id').pluck('invoice_id');
  return {
    id: row.id, customerId: row.customer_id, customerExternalId: customer.external_id, version: row.row_version, timeZone: customer.time_zone, invoiceIds, fromAddress: row.from_address, said: row.said, messageId: row.message_id, pausedUntil: row.paused_until?.getTime() ?? null,
  };
}
