import type { Knex } from 'knex';
import { openDispute, resolveDisputes } from '../disputes';
import { recordPromise, withdrawPromise } from '../promises';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { cutText } from '../../domain/cutText';
import type { DisputeReason as LedgerReason } from '../../domain/dispute/dispute';
import type { DisputeReason } from '../../domain/reply/classification';
import { namedInvoices } from '../../domain/reply/namedInvoices';
import type { LedgerContext, RecordResult } from '../ledger/context';
import type { ReplyDecision, SettledReply } from './effects';

/** `recorded`: the promise or dispute itself now holds back what it is about, to the cent. Otherwise why not; the thread stays paused, and a person sees to it. */
export type Recorded = { recorded: true } | { recorded: false; why: string | null };

const reasons: Readonly<Record<DisputeReason, LedgerReason>> = { amount: 'price', quality: 'quality', 'not-received': 'not-delivered', duplicate: 'duplicate', 'not-ordered': 'not-ordered', other: 'other' };

interface ThreadInvoice {
  external_id: string;
  number: string;
  currency: string;
}

/** Nobody has to look at a promise that is kept within so many days. One of years would silence all that is owed. */
export const promiseDaysMax = 60;

/** Whether a promised day is so far away that a person has to agree to it. */
export function isFarAway(on: LocalDate, timeZone: string, at: Date): boolean {
  return on > addDays(localDateAt(at.getTime(), timeZone), promiseDaysMax);
}

/** Writes a reply's promise or dispute into the ledger, once for each version of the decision; what an earlier decision promised or disputed is taken back first. */
export async function recordInLedger(trx: Knex.Transaction, reply: SettledReply, decision: ReplyDecision, context: LedgerContext): Promise<Recorded> {
  await withdrawEarlier(trx, reply.id, context);
  if (decision.kind !== 'promise' && decision.kind !== 'dispute') return { recorded: false, why: null };
  const { rows: invoices } = await trx.raw<{ rows: ThreadInvoice[] }>(
    `SELECT external_id, number, currency FROM invoices WHERE id = ANY (?) AND open_minor > 0 AND document_state = 'issued' ORDER BY due_on, external_id COLLATE "C"`, [[...(decision.invoiceIds ?? reply.invoiceIds)]]);
  if (invoices.length === 0) return { recorded: false, why: 'nothing is open of what it answers' };
  return decision.kind === 'promise' ? recordPromised(trx, reply, decision, invoices, context) : recordDisputed(trx, reply, decision, invoices, context);
}

async function recordPromised(trx: Knex.Transaction, { id, customerExternalId, version, said, timeZone }: SettledReply, { on, amountMinor }: ReplyDecision, invoices: readonly ThreadInvoice[], context: LedgerContext): Promise<Recorded> {
  const currencies = new Set(invoices.map(({ currency }) => currency));
  if (on === null) return { recorded: false, why: 'it names no day' };
  if (context.actor.kind === 'system' && isFarAway(on, timeZone, context.at)) return { recorded: false, why: `its day is more than ${promiseDaysMax} days away` };
  if (currencies.size > 1) return { recorded: false, why: 'its invoices are in several currencies' };
  return outcome(await recordPromise(trx, context, {
    externalId: `reply-${id}/${version}`, customerExternalId, invoiceExternalIds: invoices.map(({ external_id }) => external_id), currency: invoices[0]!.currency, ...(amountMinor === null ? {} : { amountMinor }),
    promisedOn: on, source: 'reply', note: cutText(said, noteMax),
  }));
}

/** Those that a person chose, the invoices that it names, or the only one it can be about. Of several, none named, a person chooses. */
async function recordDisputed(trx: Knex.Transaction, { id, version, said }: SettledReply, { disputeReason, invoiceIds, amountMinor }: ReplyDecision, invoices: readonly ThreadInvoice[], context: LedgerContext): Promise<Recorded> {
  const named = invoiceIds ? invoices : namedInvoices(said, invoices);
  const disputed = named.length > 0 ? named : invoices.length === 1 ? invoices : [];
  if (disputed.length === 0) return { recorded: false, why: 'it names none of its invoices' };
  for (const invoice of disputed) {
    const result = outcome(await openDispute(trx, context, {
      externalId: `reply-${id}/${version}/${invoice.external_id}`, invoiceExternalId: invoice.external_id, reason: reasons[disputeReason ?? 'other'], ...(amountMinor === null ? {} : { amountMinor }), detail: cutText(said, noteMax), source: 'reply',
    }));
    if (!result.recorded) return result;
  }
  return { recorded: true };
}

const noteMax = 1_000;
const takenOtherwise = 'the reply was taken as something else';

function outcome({ status, errors }: RecordResult): Recorded {
  if (status !== 'refused') return { recorded: true };
  return { recorded: false, why: errors?.map(({ field, reason }) => `${field} ${reason}`).join('; ') ?? 'it was refused' };
}

/** A dispute that was none ends as one in which the customer is not right: nothing is credited, and collection goes on. */
async function withdrawEarlier(trx: Knex.Transaction, replyId: number, context: LedgerContext): Promise<void> {
  const open = async (table: 'promises' | 'disputes', state: string): Promise<number[]> =>
    (await trx.raw<{ rows: { id: number }[] }>('SELECT id FROM ?? WHERE external_id LIKE ? AND state = ? ORDER BY id', [table, `reply-${replyId}/%`, state])).rows.map(({ id }) => id);
  for (const id of await open('promises', 'pending')) await withdrawPromise(trx, context, id, takenOtherwise);
  await resolveDisputes(trx, context, (await open('disputes', 'open')).map((id) => ({ id, resolution: { kind: 'invalid' }, note: takenOtherwise })));
}
