import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { ClockReading } from '../db/clock/clock';
import { parkRefused, type Refusal } from '../db/collection/refusedWorkflows';
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

/**
 * Tells whoever collects these invoices to look at the ledger, a segment's batches once for all of them; starts what does not run. Answers the
 * external ids of those whose workflow Temporal refused, which are parked.
 */
export async function wakeAll(deps: RelayDeps, invoices: readonly Wakeable[], signal: AbortSignal): Promise<ReadonlySet<string>> {
  await wakeBatches(deps, invoices.flatMap(({ batchSegmentId }) => batchSegmentId ?? []), signal);
  return wakeWorkflows(deps, invoices.flatMap(({ externalId, batchSegmentId }) => (batchSegmentId === null ? [externalId] : [])), signal);
}

/** Tells the workflows of these invoices to look, whoever collects them: one whose invoice is collected in batches does what is left to it and ends. Answers those that were refused, and parks them. */
export async function wakeWorkflows(deps: RelayDeps, invoices: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { client, queues, knex } = deps;
  const refusals: Refusal[] = [];
  await eachAtOnce(invoices, startsAtOnce, async (invoice) => {
    const reason = await callPatiently(deps, invoiceWorkflowId(invoice), signal, () => wakeCollection(client, invoice, queues));
    if (reason !== null) refusals.push({ invoice, reason });
  });
  await parkRefused(knex, refusals);
  return new Set(refusals.map(({ invoice }) => invoice));
}

/** Tells the workflows of these segments' batches to look. */
export async function wakeBatches(deps: RelayDeps, segmentIds: readonly number[], signal: AbortSignal): Promise<void> {
  const { client, queues } = deps;
  for (const segmentId of new Set(segmentIds)) await callPatiently(deps, batchWorkflowId(segmentId), signal, () => wakeBatch(client, segmentId, queues));
}

/** Whose refusal this process has told: what is tried again for days is told once. */
const told = new Set<string>();
const toldMax = 10_000;

/**
 * Repeats a call to one workflow while Temporal is away or overloaded. One that Temporal refuses for good, such as an id that is too long, is
 * left, since it would hold up all that come after it. Answers null when the call was taken, else why it was refused.
 */
export async function callPatiently({ log }: RelayDeps, workflowId: string, signal: AbortSignal, call: () => Promise<void>): Promise<string | null> {
  try {
    await patiently(call, signal, (error, attempt) => {
      if (attempt === 1 || attempt % 10 === 0) log.warn({ err: error, attempt, workflowId }, 'Temporal did not take a call; it is repeated');
    });
    return null;
  } catch (error) {
    if (signal.aborted || isTransient(error)) throw error;
    if (told.size >= toldMax) told.clear();
    if (!told.has(workflowId)) log.error({ err: error, workflowId }, 'Temporal refuses to run this workflow; what it collects is not collected');
    told.add(workflowId);
    return reasonOf(error);
  }
}

/** What the server said, which the client wraps into a sentence of its own. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return said instanceof Error ? said.message : String(said);
}
