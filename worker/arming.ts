import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { markArmed, insertCollections, markPlans } from '../db/collection/collections';
import { readFacts } from '../db/collection/facts';
import type { TouchedInvoice } from '../db/collection/outbox';
import { resolvePolicies } from '../db/policies/resolve';
import { listingOf, markOf, planOf } from '../activities/collection/nextPlan';
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

/**
 * Puts invoices under collection, each by the policy that is assigned to it, its customer, a segment of his or everybody: plans them all as one set, and starts each one's workflow so that it sleeps up to its first
 * milestone without costing a workflow task. Safe to repeat after dying in between. Answers how many were started.
 */
export async function arm(deps: RelayDeps, invoices: readonly TouchedInvoice[], requestedSeq: number, signal: AbortSignal): Promise<number> {
  const { knex, log, readClock } = deps;
  const versions = await resolvePolicies(knex, invoices.map(({ invoiceId }) => invoiceId));
  if (versions.size < invoices.length) log.warn({ invoices: invoices.length - versions.size }, 'there is no active policy: these invoices are collected once one is published');
  if (versions.size === 0) return 0;
  const clock = await readClock(knex);
  await insertCollections(knex, invoices.flatMap(({ invoiceId, customerId }) => {
    const policyVersionId = versions.get(invoiceId);
    return policyVersionId === undefined ? [] : [{ invoiceId, customerId, policyVersionId, requestedSeq, startedAt: clock.now }];
  }));
  const ledgers = await readFacts(knex, [...new Set(invoices.map(({ customerId }) => customerId))], { kind: 'invoices', invoiceIds: invoices.map(({ invoiceId }) => invoiceId) });
  const plans = ledgers.flatMap(({ customer, collected }) => collected.map((each) => ({ customer, planned: planOf(customer, each, clock.now) })));
  await markPlans(knex, plans.flatMap(({ planned }) => markOf(planned)), clock.now);

  const starts = plans.flatMap(({ customer, planned: { collected, plan } }): Start[] => {
    if (plan.kind === 'done') return [];
    const until = plan.kind === 'wait' ? plan.until : clock.now;
    const delayMs = plan.kind === 'act' ? 0 : until === null || clock.mode === 'manual' ? null : Math.max(0, until - clock.now);
    const nextMilestone = until === null ? null : new Date(until).toISOString();
    return [{ invoiceId: collected.invoiceId, externalId: collected.invoice.externalId, delayMs, listing: listingOf(customer, collected, nextMilestone) }];
  });
  const armed: number[] = [];
  await eachAtOnce(starts, startsAtOnce, async (start) => {
    if (await callPatiently(deps, start.externalId, signal, () => startOrWake(deps, start))) armed.push(start.invoiceId);
  });
  await markArmed(knex, armed);
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
