import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { markArmed, insertCollections, markPlans } from '../db/collection/collections';
import { readFacts } from '../db/collection/facts';
import type { TouchedInvoice } from '../db/collection/outbox';
import { resolvePolicies } from '../db/policies/resolve';
import { listingOf, markOf, plansOf } from '../activities/collection/nextPlan';
import { armCollection, wakeCollection } from '../workflows/contracts/client';
import type { Listing } from '../workflows/contracts/searchAttributes';
import { eachAtOnce } from './patience';
import { callPatiently, startsAtOnce, type RelayDeps } from './waking';

interface Start {
  invoiceId: number;
  externalId: string;
  /** null: until woken. */
  delayMs: number | null;
  listing: Listing;
}

/** Invoices planned at once: the next are planned while these are started, so that Temporal never waits for the database. */
const plannedAtOnce = 250;

/**
 * Puts invoices under collection, each by the policy that is assigned to it, its customer, a segment of his or everybody: plans them in sets, and starts each
 * one's workflow so that it sleeps up to its first milestone without costing a workflow task. Safe to repeat after dying in between. Answers how many were started.
 */
export async function arm(deps: RelayDeps, invoices: readonly TouchedInvoice[], requestedSeq: number, signal: AbortSignal): Promise<number> {
  let armed = 0;
  let planned = planStarts(deps, invoices.slice(0, plannedAtOnce), requestedSeq);
  for (let from = 0; from < invoices.length; from += plannedAtOnce) {
    const starts = await planned;
    planned = planStarts(deps, invoices.slice(from + plannedAtOnce, from + 2 * plannedAtOnce), requestedSeq);
    // Should starting fail, nobody is left to hear whether planning ahead did; what it left undone is found by the next pass.
    planned.catch(() => undefined);
    armed += await startAll(deps, starts, signal);
  }
  return armed;
}

/** Puts invoices under collection and plans them, as one set; answers the workflows to be started. */
async function planStarts({ knex, log, readClock }: RelayDeps, invoices: readonly TouchedInvoice[], requestedSeq: number): Promise<Start[]> {
  if (invoices.length === 0) return [];
  const versions = await resolvePolicies(knex, invoices.map(({ invoiceId }) => invoiceId));
  if (versions.size < invoices.length) log.warn({ invoices: invoices.length - versions.size }, 'there is no active policy: these invoices are collected once one is published');
  if (versions.size === 0) return [];
  const clock = await readClock(knex);
  await insertCollections(knex, invoices.flatMap(({ invoiceId, customerId }) => {
    const policyVersionId = versions.get(invoiceId);
    return policyVersionId === undefined ? [] : [{ invoiceId, customerId, policyVersionId, requestedSeq, startedAt: clock.now }];
  }));
  const ledgers = await readFacts(knex, [...new Set(invoices.map(({ customerId }) => customerId))], { kind: 'invoices', invoiceIds: invoices.map(({ invoiceId }) => invoiceId) });
  const plans = plansOf(ledgers, clock.now);
  await markPlans(knex, plans.flatMap(markOf), clock.now);
  return plans.flatMap(({ customer, collected, plan }): Start[] => {
    if (plan.kind === 'done') return [];
    const until = plan.kind === 'wait' ? plan.until : clock.now;
    const delayMs = plan.kind === 'act' ? 0 : until === null || clock.mode === 'manual' ? null : Math.max(0, until - clock.now);
    const nextMilestone = until === null ? null : new Date(until).toISOString();
    return [{ invoiceId: collected.invoiceId, externalId: collected.invoice.externalId, delayMs, listing: listingOf(customer, collected, nextMilestone) }];
  });
}

async function startAll(deps: RelayDeps, starts: readonly Start[], signal: AbortSignal): Promise<number> {
  const armed: number[] = [];
  await eachAtOnce(starts, startsAtOnce, async (start) => {
    if (await callPatiently(deps, start.externalId, signal, () => startOrWake(deps, start))) armed.push(start.invoiceId);
  });
  await markArmed(deps.knex, armed);
  return armed.length;
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
