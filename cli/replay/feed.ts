import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { systemActor } from '../../db/audit/actor';
import { moveClock, readClock, requestAdvance } from '../../db/clock/clock';
import { isQuiet, nextMilestone, readUnrest } from '../../db/clock/milestones';
import { openDispute, resolveDispute } from '../../db/disputes';
import { recordCreditNotes, recordPayments, recordsMax, refundPayments, reversePayments, upsertInvoices, type LedgerContext, type RecordResult } from '../../db/ledger';
import { recordPromise } from '../../db/promises';
import type { InstantMs } from '../../domain/calendar/dates';
import { creditOf } from '../../domain/dispute/dispute';
import type { DisputeRecord, FiledRefund, PromiseRecord } from '../../domain/ledger/records';
import type { LedgerEvent } from '../../domain/simulation/timeline';
import { persistently } from '../../db/away';

const pollMs = 8;

export interface FeedOptions {
  knex: Knex;
  /** What happens, in order; see mergeTimelines. */
  instants: readonly LedgerInstant[];
  /** The last instant to which the clock is advanced. */
  end: InstantMs;
  onProgress?: (at: InstantMs) => void;
}

/** All that happens to a ledger at one instant. */
export interface LedgerInstant {
  at: InstantMs;
  events: readonly LedgerEvent[];
}

/**
 * Lets a ledger happen on the running system: advances the clock to each instant at which something happens, writes it all in one transaction with
 * the clock's step, and goes on to the end. It speaks to the database alone, so that workers may run anywhere, and may die and come back.
 */
export async function feedLedger({ knex, instants, end, onProgress }: FeedOptions): Promise<void> {
  for (const { at, events } of instants) {
    // To just before: what falls on this very instant sees what happens at it.
    await advance(knex, at - 1);
    await persistently(() => knex.transaction(async (trx) => {
      await moveClock(trx, at);
      await write(trx, events, at);
    }));
    onProgress?.(at);
  }
  await advance(knex, end, onProgress);
  await persistently(() => moveClock(knex, end));
  await until(knex, async () => isQuiet(await readUnrest(knex, (await readClock(knex)).now)));
}

async function advance(knex: Knex, target: InstantMs, onProgress?: (at: InstantMs) => void): Promise<void> {
  if (await persistently(() => isNothingBefore(knex, target))) return;
  await persistently(() => requestAdvance(knex, target));
  await until(knex, async () => {
    const clock = await readClock(knex);
    onProgress?.(clock.now);
    return clock.target === null;
  });
}

/** Nothing moves and nothing is planned up to there: the clock may be set further without stepping. */
async function isNothingBefore(knex: Knex, target: InstantMs): Promise<boolean> {
  const { now } = await readClock(knex);
  return now >= target || (isQuiet(await readUnrest(knex, now)) && (await nextMilestone(knex, now, target)) === null);
}

async function until(knex: Knex, holds: () => Promise<boolean>): Promise<void> {
  while (!(await persistently(holds))) await sleep(pollMs);
}

/** Invoices come before the credit notes and payments of the same instant, and those before what goes back, as in the simulator. */
async function write(trx: Knex.Transaction, events: readonly LedgerEvent[], at: InstantMs): Promise<void> {
  const context = { actor: systemActor, at: new Date(at) };
  const invoices = events.flatMap((event) => (event.kind === 'invoice' ? [event.invoice] : []));
  const creditNotes = events.flatMap((event) => (event.kind === 'credit-note' ? [event.creditNote] : []));
  const payments = events.flatMap((event) => (event.kind === 'payment' ? [event.payment] : []));
  for (const piece of pieces(invoices)) accepted(await upsertInvoices(trx, context, piece));
  for (const piece of pieces(creditNotes)) accepted(await recordCreditNotes(trx, context, piece));
  // One by one: each is for what the one before has left.
  for (const event of events) if (event.kind === 'dispute') await dispute(trx, context, event.dispute);
  for (const event of events) if (event.kind === 'dispute-resolved') await resolve(trx, context, event.dispute);
  for (const event of events) if (event.kind === 'promise') await promise(trx, context, event.customer, event.promise);
  for (const piece of pieces(payments)) accepted(await recordPayments(trx, context, piece));
  for (const event of events) if (event.kind === 'refund') accepted([await refund(trx, context, event.refund)]);
}

async function refund(trx: Knex.Transaction, context: LedgerContext, { externalId, paymentExternalId, kind, amountMinor, reason }: FiledRefund): Promise<RecordResult> {
  const [result] = kind === 'refund'
    ? await refundPayments(trx, context, [{ externalId, paymentExternalId, amountMinor, reason }])
    : await reversePayments(trx, context, [{ externalId: paymentExternalId, kind, reason }]);
  if (!result) throw new Error(`The ${kind} ${externalId} was given no answer.`);
  return result;
}

async function promise(trx: Knex.Transaction, context: LedgerContext, customerExternalId: string, { externalId, invoiceExternalId, currency, amountMinor, promisedOn }: PromiseRecord): Promise<void> {
  await recordPromise(trx, context, { externalId, customerExternalId, invoiceExternalIds: [invoiceExternalId], currency, amountMinor, promisedOn, source: 'api', atMost: true });
}

async function dispute(trx: Knex.Transaction, context: LedgerContext, { externalId, invoiceExternalId, amountMinor, reason }: DisputeRecord): Promise<void> {
  await openDispute(trx, context, { externalId, invoiceExternalId, ...(amountMinor === null ? {} : { amountMinor }), reason, source: 'api', atMost: true });
}

async function resolve(trx: Knex.Transaction, context: LedgerContext, { externalId, resolved }: DisputeRecord): Promise<void> {
  const { rows: [row] } = await trx.raw<{ rows: { id: number; disputed_minor: number }[] }>(
    `SELECT d.id, least(d.amount_minor, i.open_minor) AS disputed_minor FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE d.external_id = ?`, [externalId]);
  if (!row || !resolved) return;
  // Paid meanwhile, there may be too little left to split: the simulator credits nothing then either.
  const resolution = creditOf(resolved.resolution, row.disputed_minor) === null ? { kind: 'invalid' as const } : resolved.resolution;
  await resolveDispute(trx, context, row.id, resolution, null);
}

function pieces<T>(records: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(records.length / recordsMax) }, (_, index) => records.slice(index * recordsMax, (index + 1) * recordsMax));
}

function accepted(results: readonly RecordResult[]): void {
  for (const { externalId, status, errors } of results) {
    if (status === 'refused') throw new Error(`The ledger refuses ${externalId}: ${errors?.map(({ field, reason }) => `${field} ${reason}`).join('; ')}.`);
  }
}

/** The timelines of all customers as one, instant by instant; within an instant in the order of customers. Leaves out what lies at or after `endOf` the customer. */
export function mergeTimelines(timelines: ReadonlyMap<string, readonly LedgerEvent[]>, endOf: (customer: string) => InstantMs): LedgerInstant[] {
  const instants = new Map<InstantMs, LedgerEvent[]>();
  for (const customer of [...timelines.keys()].sort()) {
    const end = endOf(customer);
    for (const event of timelines.get(customer) ?? []) {
      if (event.at >= end) continue;
      const events = instants.get(event.at);
      if (events) events.push(event);
      else instants.set(event.at, [event]);
    }
  }
  return [...instants].sort(([a], [b]) => a - b).map(([at, events]) => ({ at, events }));
}
