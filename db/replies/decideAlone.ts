import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { MoneyError, parseMoney } from '../../domain/money/money';
import { mayActAlone, type Classification } from '../../domain/reply/classification';
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
  const decision = await decisionOf(trx, reply, classification);
  return decision ? { decision } : { decision: null, why: 'its amount is not in the currency of its invoices' };
}

/** A promise for a day that is over before anybody could wait for it: whether it was kept, or is worth anything, a person says. */
function isOver({ kind, on }: Classification, { timeZone }: SettledReply, now: InstantMs): boolean {
  return kind === 'promise' && on !== null && on < localDateAt(now, timeZone);
}

/** An amount in the thread's one currency; null when the mail names another, or one that is no amount: then a person reads it. */
async function decisionOf(trx: Knex.Transaction, reply: SettledReply, { kind, on, amount, disputeReason, referredTo }: Classification): Promise<ReplyDecision | null> {
  const decision = { kind, on, disputeReason, referredTo, amountMinor: null };
  if (kind !== 'promise' || amount === null) return decision;
  const { rows } = await trx.raw<{ rows: { currency: string }[] }>('SELECT DISTINCT currency FROM invoices WHERE id = ANY (?)', [[...reply.invoiceIds]]);
  const currency = rows[0]?.currency;
  if (rows.length !== 1 || !currency || (amount.currency !== null && amount.currency !== currency)) return null;
  const amountMinor = amountOf(amount.decimal, currency);
  return amountMinor === null ? null : { ...decision, amountMinor };
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
