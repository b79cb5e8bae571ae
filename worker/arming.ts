import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { markArmed, insertCollections, markPlans } from '../db/collection/collections';
import { readFacts } from '../db/collection/facts';
import type { TouchedInvoice } from '../db/collection/outbox';
import { parkRefused, type Refusal } from '../db/collection/refusedWorkflows';
import { resolvePolicies } from '../db/policies/resolve';
import { listingOf, markOf, plansOf } from '../activities/collection/nextPlan';
import { invoiceWorkflowId } from '../workflows/contracts/ids';
import { armCollection, wakeCollection } from '../workflows/contracts/client';
import type { Listing } from '../workflows/contracts/searchAttributes';
import { eachAtOnce } from '../domain/eachAtOnce';
import { callPatiently, startsAtOnce, wakeBatches, type RelayDeps } from './waking';

/** What planning a set calls for. */
interface PlannedSet {
  starts: Start[];
  /** Segments whose batches have something new to collect. */
  batches: number[];
}

interface Start {
  invoiceId: number;
  externalId: string;
  /** null: until woken. */
  delayMs: number | null;
  listing: Listing;
}

/** Invoices planned, and noted as armed, at once: while they are, others are started, so that Temporal never waits for the database. */
const plannedAtOnce = 250;

/**
 * Puts invoices under collection, each by the policy that is assigned to it, its customer, a segment of his or everybody: plans them in sets, and starts each
 * one's workflow so that it sleeps up to its first milestone without costing a workflow task; where a segment collects in batches, its workflow is told instead. Safe to repeat after dying in between. Answers how many were started.
 */
export async function arm(deps: RelayDeps, invoices: readonly TouchedInvoice[], requestedSeq: number, signal: AbortSignal): Promise<number> {
  const marks: Promise<void>[] = [];
  let started: number[] = [];
  const refusals: Refusal[] = [];
  let armed = 0;
  const mark = (): void => {
    const marking = markArmed(deps.knex, started);
    // Heard of when all have ended.
    marking.catch(() => undefined);
    marks.push(marking);
    armed += started.length;
    started = [];
  };
  try {
    await eachAtOnce(startsOf(deps, invoices, requestedSeq, signal), startsAtOnce, async (start) => {
      const reason = await callPatiently(deps, invoiceWorkflowId(start.externalId), signal, () => startOrWake(deps, start));
      if (reason === null) started.push(start.invoiceId);
      else refusals.push({ invoice: start.externalId, reason });
      if (started.length >= plannedAtOnce) mark();
    });
  } finally {
    mark();
    marks.push(parkRefused(deps.knex, refusals));
    // Waited for whatever happens; the first of them that failed is told.
    await Promise.allSettled(marks);
  }
  await Promise.all(marks);
  return armed;
}

/** The workflows to be started, one after another: the next set is planned while those of the last are taken. */
async function* startsOf(deps: RelayDeps, invoices: readonly TouchedInvoice[], requestedSeq: number, signal: AbortSignal): AsyncGenerator<Start> {
  let planned = planStarts(deps, invoices.slice(0, plannedAtOnce), requestedSeq);
  for (let from = 0; from < invoices.length; from += plannedAtOnce) {
    const { starts, batches } = await planned;
    planned = planStarts(deps, invoices.slice(from + plannedAtOnce, from + 2 * plannedAtOnce), requestedSeq);
    // Should starting fail, nobody is left to hear whether planning ahead did; what it left undone is found by the next pass.
    planned.catch(() => undefined);
    await wakeBatches(deps, batches, signal);
    yield* starts;
  }
}

const nothing: PlannedSet = { starts: [], batches: [] };

/** Puts invoices under collection and plans them, as one set; answers the workflows to be started, and whose batches collect the others. */
async function planStarts({ knex, log, readClock }: RelayDeps, invoices: readonly TouchedInvoice[], requestedSeq: number): Promise<PlannedSet> {
  if (invoices.length === 0) return nothing;
  const versions = await resolvePolicies(knex, invoices.map(({ invoiceId }) => invoiceId));
  if (versions.size < invoices.length) log.warn({ invoices: invoices.length - versions.size }, 'there is no active policy: these invoices are collected once one is published');
  if (versions.size === 0) return nothing;
  const clock = await readClock(knex);
  await insertCollections(knex, invoices.flatMap(({ invoiceId, customerId }) => {
    const policyVersionId = versions.get(invoiceId);
    return policyVersionId === undefined ? [] : [{ invoiceId, customerId, policyVersionId, requestedSeq, startedAt: clock.now }];
  }));
  const ledgers = await readFacts(knex, [...new Set(invoices.map(({ customerId }) => customerId))], { kind: 'invoices', invoiceIds: invoices.map(({ invoiceId }) => invoiceId) });
  const plans = plansOf(ledgers, clock.now);
  const batched = plans.filter(({ collected, plan }) => collected.batchSegmentId !== null && plan.kind !== 'done');
  // What is due at once in batches is due by its milestone; a workflow would be started without delay.
  const dueAtOnce = batched.flatMap(({ collected: { invoiceId, requestedSeq: seen }, plan }) => (plan.kind === 'act' ? [{ invoiceId, requestedSeq: seen, next: { kind: 'wait' as const, at: clock.now, step: plan.items[0]?.stepId ?? null } }] : []));
  await markPlans(knex, [...plans.flatMap(markOf), ...dueAtOnce], clock.now);
  const starts = plans.flatMap(({ customer, collected, plan }): Start[] => {
    if (plan.kind === 'done' || collected.batchSegmentId !== null) return [];
    const until = plan.kind === 'wait' ? plan.until : clock.now;
    const delayMs = plan.kind === 'act' ? 0 : until === null || clock.mode === 'manual' ? null : Math.max(0, until - clock.now);
    const nextMilestone = until === null ? null : new Date(until).toISOString();
    return [{ invoiceId: collected.invoiceId, externalId: collected.invoice.externalId, delayMs, listing: listingOf(customer, collected, nextMilestone) }];
  });
  return { starts, batches: batched.flatMap(({ collected }) => collected.batchSegmentId ?? []) };
}

/** A workflow that is there already may sleep towards a milestone that is no longer true, as when a database was restored: it is woken to look. */
async function startOrWake({ client, queues }: RelayDeps, { externalId, delayMs, listing }: Start): Promise<void> {
  try {
    await armCollection(client, externalId, delayMs, listing, queues);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await wakeCollection(client, externalId, queues);
  }
}
