import { findCollection, markPlans, strandedMessages } from '../../db/collection/collections';
import { readFacts } from '../../db/collection/facts';
import type { NextPlan } from '../../workflows/contracts/plan';
import type { CollectionSettings } from './activities';
import { markOf, planOf, toNextPlan } from './nextPlan';

/** Reads the ledger as it is now, decides what is next for one invoice, and writes back that it has been planned. */
export async function planNext({ knex, clock: readClock }: CollectionSettings, invoice: string): Promise<NextPlan> {
  const ids = await findCollection(knex, invoice);
  // Woken for an invoice that was settled before it was ever collected: there is nothing to do and nothing to write.
  if (!ids) return { kind: 'done', outcome: 'settled', listing: null, deliver: [] };
  const clock = await readClock(knex);
  const [ledger] = await readFacts(knex, [ids.customerId], { kind: 'invoices', invoiceIds: [ids.invoiceId] });
  const collected = ledger?.collected[0];
  if (!ledger || !collected) throw new Error(`The collection of invoice ${invoice} vanished while it was read.`);
  const planned = planOf(ledger.customer, collected, clock.now);
  await markPlans(knex, markOf(planned), clock.now);
  return toNextPlan(ledger.customer, planned, clock, await strandedMessages(knex, ids.invoiceId));
}
