import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { addDays, dayNumber, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { cutText } from '../../domain/cutText';
import type { DisputeReason, ReplyKind } from '../../domain/reply/classification';
import type { Actor } from '../audit';
import { optOut } from '../mail/optOuts';
import { mailQueue } from '../mail/tasks';
import { raiseTasks } from '../work/raiseTasks';
import { moveThreadPause } from './moveThreadPause';
import { isFarAway, promiseDaysMax, recordInLedger, type Recorded } from './recordInLedger';
import { replyPauseDays } from './unseen';

/** What a reply is taken as, by the classifier or by a person. */
export interface ReplyDecision {
  kind: ReplyKind;
  on: LocalDate | null;
  /** What is promised, in minor units of its invoices' currency, or the disputed part of the one invoice chosen; null: all that is open. */
  amountMinor: number | null;
  /** Which of the thread's invoices are promised or disputed, as a person chose; left out: all are promised, and those disputed that it names. */
  invoiceIds?: readonly number[];
  disputeReason: DisputeReason | null;
  referredTo: string | null;
}

/** A reply with what its effects need, its customer locked. */
export interface SettledReply {
  id: number;
  /** Grows with each decision about it. */
  version: number;
  customerId: number;
  customerExternalId: string;
  timeZone: string;
  invoiceIds: readonly number[];
  fromAddress: string;
  said: string;
  messageId: string | null;
  pausedUntil: InstantMs | null;
}

/** Absences hold collection up no longer than this, in days; who is away for longer has somebody who stands in. */
const absenceDaysMax = 30;
const paidPauseDays = 7;
const disputePauseDays = 14;
const dayMs = 86_400_000;

/** Does what follows from a decision: moves the pause, and raises what a person has to do. Again, with the same decision, it changes nothing. */
export async function carryOut(trx: Knex.Transaction, reply: SettledReply, decision: ReplyDecision, actor: Actor, now: InstantMs): Promise<void> {
  const inLedger = await recordInLedger(trx, reply, decision, { actor, at: new Date(now) });
  await movePause(trx, reply, inLedger.recorded ? null : pauseOf(reply, decision, now), decision.kind, now);
  if (decision.kind === 'unsubscribe') await optOut(trx, { addresses: [reply.fromAddress], via: 'reply', messageId: reply.messageId, customerId: reply.customerId, actor });
  const task = taskOf(decision, inLedger);
  await withdrawTasks(trx, reply.id, task ? decision.kind : null, now);
  if (task) await raiseTask(trx, reply, decision.kind, task, now);
}

/** Until when the thread's invoices stand still; null: collection goes on. */
function pauseOf({ timeZone, pausedUntil }: SettledReply, { kind, on }: ReplyDecision, now: InstantMs): InstantMs | null {
  const startOf = (date: LocalDate, daysMax: number): InstantMs => Math.min(startOfDay(dayNumber(date), timeZone), now + daysMax * dayMs);
  switch (kind) {
    // The promised day itself is the customer's. A day that nobody would wait for is decided about as soon as one that was not named.
    case 'promise': return on === null || isFarAway(on, timeZone, new Date(now)) ? now + replyPauseDays * dayMs : startOf(addDays(on, 1), promiseDaysMax);
    case 'out-of-office': return on === null ? now + replyPauseDays * dayMs : startOf(on, absenceDaysMax);
    case 'paid': return now + paidPauseDays * dayMs;
    case 'dispute': return now + disputePauseDays * dayMs;
    case 'question': case 'wrong-contact': return Math.max(pausedUntil ?? 0, now + replyPauseDays * dayMs);
    case 'unsubscribe': case 'other': return null;
    default: return assertNever(kind);
  }
}

async function movePause(trx: Knex.Transaction, { id, customerId }: SettledReply, until: InstantMs | null, kind: ReplyKind, at: InstantMs): Promise<void> {
  await trx('replies').where({ id }).update({ paused_until: until === null ? null : new Date(until) });
  await moveThreadPause(trx, { replyId: id, customerId, until, at, reason: `a reply was taken as: ${kind}` });
}

interface TaskText {
  title: string;
  instructions: string;
}

function taskOf({ kind, on, disputeReason, referredTo }: ReplyDecision, inLedger: Recorded): TaskText | null {
  // A promise that is recorded is watched by itself.
  if (kind === 'promise' && inLedger.recorded) return null;
  const left = !inLedger.recorded && inLedger.why !== null ? `It could not be recorded by itself: ${inLedger.why}. ` : '';
  switch (kind) {
    case 'promise': return { title: `A customer promises to pay${on ? ` by ${on}` : ''}`, instructions: `${left}Record the promise; collection stands still for the invoices of this thread meanwhile.` };
    case 'dispute': return { title: 'A customer disputes what is owed', instructions: inLedger.recorded
      ? `Reason given: ${disputeReason ?? 'other'}. What it disputes is held back, the rest is collected: answer, and resolve the dispute.`
      : `${left}Reason given: ${disputeReason ?? 'other'}. Collection of the invoices of this thread stands still meanwhile: open the dispute, and answer.` };
    case 'paid': return { title: 'A customer says that it has paid', instructions: 'Look for the payment in the bank account and among unapplied cash. Collection of the invoices of this thread stands still for a week.' };
    case 'question': return { title: 'A customer asks something', instructions: 'Answer it. Collection of the invoices of this thread stands still for some days.' };
    case 'wrong-contact': return { title: 'A reply says that we write to the wrong person', instructions: `Put the right address into the customer's contacts.${referredTo ? ` It names ${referredTo}.` : ''}` };
    case 'out-of-office': case 'unsubscribe': case 'other': return null;
    default: return assertNever(kind);
  }
}

const quotedMax = 1_000;

async function raiseTask(trx: Knex.Transaction, { id, customerId, invoiceIds, said, timeZone }: SettledReply, kind: ReplyKind, { title, instructions }: TaskText, now: InstantMs): Promise<void> {
  // Braces are fields in a task's text, and a customer's words have none.
  const quoted = cutText(said, quotedMax).replaceAll('{', '(').replaceAll('}', ')');
  await raiseTasks(trx, [{
    key: `reply-${id}/${kind}`, queue: mailQueue, title, instructions: `${instructions}\n\nThe reply:\n${quoted}`, customerId, invoiceId: invoiceIds[0] ?? null, dueOn: localDateAt(now, timeZone), at: now,
  }]);
}

/** What an earlier decision asked for is taken back, unless somebody is on it already. */
async function withdrawTasks(trx: Knex.Transaction, replyId: number, except: ReplyKind | null, now: InstantMs): Promise<void> {
  await trx.raw(
    `UPDATE tasks SET state = 'cancelled', closed_at = ?, outcome = 'the reply was taken as something else', row_version = row_version + 1 WHERE key LIKE ? AND key <> ? AND state = 'open'`,
    [new Date(now), `reply-${replyId}/%`, `reply-${replyId}/${except ?? ''}`],
  );
}
