import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { ClockReading } from '../db/clock/clock';
import { wakeCollection } from '../workflows/contracts/client';
import { invoiceWorkflowId } from '../workflows/contracts/ids';
import type { TaskQueues } from '../workflows/contracts/queues';
import { eachAtOnce, isTransient, patiently } from './patience';

/** What the relay and the clock's driver need to reach the workflows. */
export interface RelayDeps {
  knex: Knex;
  client: Client;
  queues: TaskQueues;
  log: Logger;
  readClock: (knex: Knex) => Promise<ClockReading>;
}

/** Calls to Temporal at a time: more of them only wait in the server (measured: 32 reach its rate on two cores). */
export const startsAtOnce = 32;

/** Tells the workflows of these invoices to look at the ledger; starts those that do not run. */
export async function wakeAll(deps: RelayDeps, invoices: readonly string[], signal: AbortSignal): Promise<void> {
  const { client, queues } = deps;
  await eachAtOnce(invoices, startsAtOnce, async (invoice) => {
    await callPatiently(deps, invoice, signal, () => wakeCollection(client, invoice, queues));
  });
}

/**
 * Repeats a call about one invoice while Temporal is away or overloaded. One that Temporal refuses for good, such as an id that is too long, is
 * logged and left, since it would hold up all that come after it. Answers whether the call was taken.
 */
export async function callPatiently({ log }: RelayDeps, invoice: string, signal: AbortSignal, call: () => Promise<void>): Promise<boolean> {
  const workflowId = invoiceWorkflowId(invoice);
  try {
    await patiently(call, signal, (error, attempt) => {
      if (attempt === 1 || attempt % 10 === 0) log.warn({ err: error, attempt, workflowId }, 'Temporal did not take a call; it is repeated');
    });
    return true;
  } catch (error) {
    if (signal.aborted || isTransient(error)) throw error;
    log.error({ err: error, workflowId }, 'Temporal refuses to run this workflow; its invoice is not collected');
    return false;
  }
}
