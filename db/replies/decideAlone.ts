import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { MoneyError, parseMoney } from '../../domain/money/money';
import { mayActAlone, type Classification } from '../../domain/reply/classification';
import { namedInvoices, speaksOfOthers } from '../../domain/reply/namedInvoices';
import type { ReplyDecision, SettledReply } from './effects';
import { isAskedAgain } from './unseen';

/** Where a mail comes from, as far as it says whose word it is. */
export interface Provenance {
  matchedBy: string | null;
  automatic: string | null;
  senderKnown: boolean | null;
}

/** What is done about a reply without a person, or else why a person decides; `why` is null where the classification itself says so. */
export type Alone = { decision: ReplyDecision } | { decision: null; why: string | null };

/** Whether a classifier's word is enough, for a reply whose customer is locked. */
export async function decideAlone(trx: Knex.Transaction, reply: SettledReply, { matchedBy, automatic, senderKnown }: Provenance, classification: Classification, now: InstantMs): Promise<Alone> {
  if (senderKnown === false) return { decision: null, why: 'its sender is none of the customer\'s contacts' };
  const isProven = matchedBy === 'address' || matchedBy === 'references';
  // A sender's address proves nothing, and a report or a newsletter is nobody's word.
  const isTheirs = isProven && (automatic === null || (automatic === 'auto-reply' && classification.kind === 'out-of-office'));
  if (!isTheirs || !mayActAlone(classification)) return { decision: null, why: null };
  if (isOver(classification, reply, now)) return { decision: null, why: 'its day was past when it was read' };
  if (await isAskedAgain(trx, reply, classification)) return { decision: null, why: 'an earlier reply was taken as the same, and nobody has looked since' };
  return decisionOf(trx, reply, classification);
}

/** A promise for a day that is over before anybody could wait for it: whether it was kept, or is worth anything, a person says. */
function isOver({ kind, on }: Classification, { timeZone }: SettledReply, now: InstantMs): boolean {
  return kind === 'promise' && on !== null && on < localDateAt(now, timeZone);
}

interface NamedInvoice {
  id: number;
  number: string;
  currency: string;
  /** Whether the message that is answered is about it. */
  ofThread: boolean;
}

/** What it decides. A promise is about the invoices that it names, if it names any; where it sets some apart, or names others than the message that it answers, a person reads it. */
async function decisionOf(trx: Knex.Transaction, reply: SettledReply, { kind, on, amount, disputeReason, referredTo }: Classification): Promise<Alone> {
  const decision = { kind, on, disputeReason, referredTo, amountMinor: null };
  if (kind !== 'promise' && kind !== 'dispute') return { decision };
  const invoices = await invoicesOf(trx, reply);
  const [named, ofThread] = [namedInvoices(reply.said, invoices), invoices.filter((invoice) => invoice.ofThread)];
  if (named.some((invoice) => !invoice.ofThread)) return { decision: null, why: 'it names an invoice that the message was not about' };
  if (named.length > 0 && ofThread.length > 1 && speaksOfOthers(reply.said)) return { decision: null, why: 'it names some invoices and speaks of others' };
  // A dispute finds by itself what it names.
  if (kind === 'dispute') return { decision };
  const [promised, invoiceIds] = named.length > 0 ? [named, { invoiceIds: named.map(({ id }) => id) }] : [ofThread, {}];
  if (amount === null) return { decision: { ...decision, ...invoiceIds } };
  const amountMinor = amountIn(promised, amount);
  return amountMinor === null ? { decision: null, why: 'its amount is not in the currency of its invoices' } : { decision: { ...decision, ...invoiceIds, amountMinor } };
}

/** Of the thread, and what else the customer owes. */
async function invoicesOf(trx: Knex.Transaction, { customerId, invoiceIds }: SettledReply): Promise<NamedInvoice[]> {
  const { rows } = await trx.raw<{ rows: NamedInvoice[] }>(
    `SELECT id, number, currency, id = ANY (:thread) AS "ofThread" FROM invoices WHERE customer_id = :customerId AND (id = ANY (:thread) OR (open_minor > 0 AND document_state = 'issued')) ORDER BY id = ANY (:thread) DESC, id LIMIT :most`,
    { thread: [...invoiceIds], customerId, most: invoicesMax });
  return rows;
}
const invoicesMax = 2_000;

/** An amount in the one currency of its invoices; null when the mail names another, or one that is no amount. */
function amountIn(invoices: readonly NamedInvoice[], { decimal, currency: named }: NonNullable<Classification['amount']>): number | null {
  const [currency, ...further] = new Set(invoices.map((invoice) => invoice.currency));
  if (currency === undefined || further.length > 0 || (named !== null && named !== currency)) return null;
  return amountOf(decimal, currency);
}

/** Customers write amounts with decimals that a currency has not, and such as no integer holds. */
function amountOf(decimal: string, currency: string): number | null {
  try {
    return parseMoney(decimal, currency);
  } catch (error) {
    if (error instanceof MoneyError) return null;
    throw error;
  }
}
