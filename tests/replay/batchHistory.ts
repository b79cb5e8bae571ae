import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { createSegment } from '../../db/segments/segments';
import { setBatched } from '../../db/segments/setBatched';
import type { Deployment } from '../collection/deployment';

/** A segment of three customers that collects in batches, on the manual clock, through four weeks of their ladders. Answers the segment's id. */
export async function liveBatch({ knex, advanceTo, settle }: Deployment): Promise<number> {
  const { now } = await readClock(knex);
  const context = { actor: systemActor, at: new Date(now) };
  const ids = ['ONE', 'TWO', 'THREE'];
  await upsertCustomers(knex, context, ids.map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing', email: `${externalId.toLowerCase()}@example.com` }] })));
  const segmentId = await knex.transaction(async (trx) => {
    const { id } = await createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, now);
    await setBatched(trx, systemActor, id, true, now);
    return id;
  });
  await settle();
  await upsertInvoices(knex, context, ids.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100_000 })));
  await settle();
  await advanceTo(now + 28 * 86_400_000);
  return segmentId;
}
