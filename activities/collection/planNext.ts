import { findCollections, lockCollections, markDisarmed, markPlans, strandedMessages } from '../../db/collection/collections';
import { readFacts } from '../../db/collection/facts';
import { assignModes } from '../../db/collection/modes';
import type { NextPlan } from '../../workflows/contracts/plan';
import type { CollectionSettings } from './activities';
import { markOf, notCollected, plansOf, toNextPlan } from './nextPlan';

/** Reads the ledger as it is now, decides what is next for some invoices, and writes back that they have been planned. */
export async function planNexts({ knex, clock: readClock }: CollectionSettings, invoices: readonly string[]): Promise<Map<string, NextPlan>> {
  const asked = await findCollections(knex, invoices);
  const ids = [...asked.values()];
  const clock = await readClock(knex);
  const ledgers = await readFacts(knex, [...new Set(ids.map(({ customerId }) => customerId))], { kind: 'invoices', invoiceIds: ids.map(({ invoiceId }) => invoiceId) });
  const planned = plansOf(ledgers, clock.now);
  const marks = planned.flatMap(markOf);
  const returning = ids.filter(({ batchSegmentId, customerSegmentId }) => batchSegmentId === null && customerSegmentId !== null);
  if (returning.length === 0) await markPlans(knex, marks, clock.now);
  else {
    // At once: in between, one that goes back to its batches would look as if nothing about it were left to do.
    await knex.transaction(async (trx) => {
      await lockCollections(trx, returning.map(({ externalId }) => externalId));
      await markPlans(trx, marks, clock.now);
      await assignModes(trx, returning.map(({ customerId }) => customerId), clock.now);
    });
  }
  await markDisarmed(knex, ids.flatMap(({ invoiceId, batchSegmentId }) => (batchSegmentId === null ? [] : [invoiceId])));
  const stranded = await strandedMessages(knex, ids.map(({ invoiceId }) => invoiceId));
  const plans = new Map(planned.map((each) => [each.collected.invoiceId, each]));
  return new Map(invoices.map((invoice): [string, NextPlan] => {
    const own = asked.get(invoice);
    if (!own) return [invoice, notCollected];
    const plan = plans.get(own.invoiceId);
    if (!plan) throw new Error(`The collection of invoice ${invoice} vanished while it was read.`);
    return [invoice, toNextPlan(plan.customer, plan, clock, stranded.get(own.invoiceId) ?? [])];
  }));
}
