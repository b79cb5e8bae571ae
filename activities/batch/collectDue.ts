import { batchOutlook, dueOfCustomers, findDueCustomers, lockFreeCustomers } from '../../db/collection/dueBatch';
import { externalIdsOf, strandedMessages, type CollectedId } from '../../db/collection/collections';
import { assignModes } from '../../db/collection/modes';
import type { BatchStep } from '../../workflows/contracts/batch';
import type { CollectionSettings } from '../collection/activities';
import { decideDue, performSteps, tellDecisions, type RecordedTurn } from '../collection/performStep';
import { duePages } from './duePages';

export interface BatchLimits {
  /** Customers in one transaction, who wait for it. */
  customersPerPage: number;
  /** Pages side by side: while one is decided, the others' rows are read or written. More of them than the database has cores, since each waits for the disk too. */
  pagesAtOnce: number;
  /** Messages after which the pages under way are the last: their ids are in the workflow's history. */
  messagesMax: number;
}

/** How many invoices are looked through for each customer of the pages under way: some have several that are due. */
const invoicesPerCustomer = 4;
/** Somebody else holds what is due: a workflow, or the ledger being written. */
const heldWaitMs = 250;
/** A customer for whom it cannot be decided is tried again after so long; the log says why. */
const failedWaitMs = 30_000;

/**
 * Decides and does what is due of a segment's invoices, page after page, each in a transaction of its own, until nothing is. What is done is found done by a repeat,
 * so it may die anywhere; `isCancelled` lets it stop between two pages, as when its worker ends. A customer for whom it cannot be decided keeps no other from it.
 */
export async function collectDue(settings: CollectionSettings, segmentId: number, limits: BatchLimits, isCancelled: () => boolean, onFailure: (error: unknown, customerId: number) => void): Promise<BatchStep> {
  const deliver: string[] = [];
  const failed = new Set<number>();
  const invoicesMax = limits.customersPerPage * limits.pagesAtOnce * invoicesPerCustomer;
  const pages = duePages(async (except) => {
    const { now } = await settings.clock(settings.knex);
    return findDueCustomers(settings.knex, segmentId, now, { invoicesMax, except: [...except, ...failed] });
  }, limits);
  const lane = async (): Promise<void> => {
    while (!isCancelled() && deliver.length < limits.messagesMax) {
      const page = await pages.next();
      if (page === null) return;
      const { messages, locked } = await collectPage(settings, segmentId, page, failed, onFailure);
      pages.done(page, page.filter((customerId) => !locked.has(customerId)));
      deliver.push(...messages);
    }
  };
  await Promise.all(Array.from({ length: limits.pagesAtOnce }, lane));
  if (deliver.length >= limits.messagesMax || isCancelled()) return { kind: 'more', deliver };
  const clock = await settings.clock(settings.knex);
  const { isDue, nextAt, isNeeded } = await batchOutlook(settings.knex, segmentId, clock.now);
  if (isDue) return { kind: 'wait', waitMs: failed.size > 0 ? failedWaitMs : heldWaitMs, at: null, deliver };
  if (!isNeeded) return { kind: 'done', deliver };
  // On a manual clock its driver wakes it.
  const waitMs = nextAt === null || clock.mode === 'manual' ? null : Math.max(1, nextAt - clock.now);
  return { kind: 'wait', waitMs, at: nextAt === null ? null : new Date(nextAt).toISOString(), deliver };
}

/** Locks, decides and records one page of customers; answers the messages that it queued, and whom nobody else held. */
async function collectPage(settings: CollectionSettings, segmentId: number, page: readonly number[], failed: Set<number>, onFailure: (error: unknown, customerId: number) => void): Promise<{ messages: string[]; locked: ReadonlySet<number> }> {
  let locked: ReadonlySet<number> = new Set();
  let asked: readonly CollectedId[] = [];
  try {
    const done = await settings.knex.transaction(async (trx) => {
      locked = new Set(await lockFreeCustomers(trx, page));
      // The clock is read behind the locks: whoever held them may have decided at a later instant.
      const clock = await settings.clock(trx);
      asked = await dueOfCustomers(trx, segmentId, clock.now, [...locked]);
      if (asked.length === 0) return null;
      const { recorded } = await decideDue(trx, asked, clock);
      const awaiting = recorded.filter(({ turn }) => turn.decisions.some(({ code }) => code === 'approval'));
      if (awaiting.length > 0) await assignModes(trx, awaiting.map(({ customerId }) => customerId), clock.now);
      return { recorded, messages: [...recorded.flatMap(({ messages }) => messages), ...await strandedOf(asked, recorded, (ids) => strandedMessages(trx, ids))] };
    });
    if (done === null) return { messages: [], locked };
    tellDecisions(settings, done.recorded);
    return { messages: done.messages, locked };
  } catch (error) {
    if (asked.length === 0) throw error;
    return { messages: await oneByOne(settings, asked, failed, onFailure), locked };
  }
}

/** Nothing new to hand over may mean that whoever queued the messages died before passing them on. */
async function strandedOf(asked: readonly CollectedId[], recorded: readonly RecordedTurn[], read: (ids: number[]) => Promise<Map<number, string[]>>): Promise<string[]> {
  const served = new Set(recorded.filter(({ messages }) => messages.length > 0).map(({ customerId }) => customerId));
  return [...(await read(asked.filter(({ customerId }) => !served.has(customerId)).map(({ invoiceId }) => invoiceId))).values()].flat();
}

/** A page that failed is done customer by customer, so that one for whom it cannot be decided keeps no other from it. */
async function oneByOne(settings: CollectionSettings, asked: readonly CollectedId[], failed: Set<number>, onFailure: (error: unknown, customerId: number) => void): Promise<string[]> {
  const messages: string[] = [];
  for (const customerId of new Set(asked.map((each) => each.customerId))) {
    try {
      const invoices = await externalIdsOf(settings.knex, asked.filter((each) => each.customerId === customerId).map(({ invoiceId }) => invoiceId));
      const plans = await performSteps(settings, invoices);
      messages.push(...[...plans.values()].flatMap(({ deliver }) => deliver));
    } catch (error) {
      failed.add(customerId);
      onFailure(error, customerId);
    }
  }
  return messages;
}
