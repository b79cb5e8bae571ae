import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { ClockReading } from '../db/clock/clock';
import { eachAtOnce } from '../domain/eachAtOnce';
import { batchWorkflowId, wakeBatch } from '../workflows/contracts/batch';
import { wakeCollection } from '../workflows/contracts/client';
import { invoiceWorkflowId } from '../workflows/contracts/ids';
import type { TaskQueues } from '../workflows/contracts/queues';
import { isTransient, patiently } from './patience';

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

/** An invoice, and by whom it is woken: its own workflow, or that of the segment whose batches collect it. */
export interface Wakeable {
  externalId: string;
  batchSegmentId: number | null;
}

/** Tells whoever collects these invoices to look at the ledger, a segment's batches once for all of them; starts what does not run. */
export async function wakeAll(deps: RelayDeps, invoices: readonly Wakeable[], signal: AbortSignal): Promise<void> {
  await wakeBatches(deps, invoices.flatMap(({ batchSegmentId }) => batchSegmentId ?? []), signal);
  await wakeWorkflows(deps, invoices.flatMap(({ externalId, batchSegmentId }) => (batchSegmentId === null ? [externalId] : [])), signal);
}

/** Tells the workflows of these invoices to look, whoever collects them: one whose invoice is collected in batches does what is left to it and ends. */
export async function wakeWorkflows(deps: RelayDeps, invoices: readonly string[], signal: AbortSignal): Promise<void> {
  const { client, queues } = deps;
  await eachAtOnce(invoices, startsAtOnce, async (invoice) => {
    await callPatiently(deps, invoiceWorkflowId(invoice), signal, () => wakeCollection(client, invoice, queues));
  });
}

/** Tells the workflows of these segments' batches to look. */
export async function wakeBatches(deps: RelayDeps, segmentIds: readonly number[], signal: AbortSignal): Promise<void> {
  const { client, queues } = deps;
  for (const segmentId of new Set(segmentIds)) await callPatiently(deps, batchWorkflowId(segmentId), signal, () => wakeBatch(client, segmentId, queues));
}

/**
 * Repeats a call to one workflow while Temporal is away or overloaded. One that Temporal refuses for good, such as an id that is too long, is
 * logged and left, since it would hold up all that come after it. Answers whether the call was taken.
 */
export async function callPatiently({ log }: RelayDeps, workflowId: string, signal: AbortSignal, call: () => Promise<void>): Promise<boolean> {
  try {
    await patiently(call, signal, (error, attempt) => {
      if (attempt === 1 || attempt % 10 === 0) log.warn({ err: error, attempt, workflowId }, 'Temporal did not take a call; it is repeated');
    });
    return true;
  } catch (error) {
    if (signal.aborted || isTransient(error)) throw error;
    log.error({ err: error, workflowId }, 'Temporal refuses to run this workflow; what it collects is not collected');
    return false;
  }
}
