import { systemActor } from '../../db/audit/actor';
import { createCampaign, launchCampaign } from '../../db/campaigns/campaigns';
import { readClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { readCampaign } from '../../domain/campaign/readCampaign';
import { campaignDocument } from '../../domain/campaign/schema';
import type { Deployment } from '../collection/deployment';

/** A campaign of two steps to three customers, on the manual clock, from its launch to its end. Answers the id of its run. */
export async function liveCampaign({ knex, advanceTo, settle }: Deployment): Promise<number> {
  const { now } = await readClock(knex);
  const context = { actor: systemActor, at: new Date(now) };
  const ids = ['ONE', 'TWO', 'THREE'];
  await upsertCustomers(knex, context, ids.map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing', email: `${externalId.toLowerCase()}@example.com` }] })));
  await upsertInvoices(knex, context, ids.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2025-10-01', dueOn: '2025-10-15', currency: 'USD', totalMinor: 100_000 })));
  await settle();
  const document = campaignDocument.parse({
    title: 'Two steps', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 30 } }, schedule: { kind: 'now' },
    steps: [{ id: 'write', afterDays: 3, action: { kind: 'email', template: 'overdue-7' } }, { id: 'call', afterDays: 7, action: { kind: 'task', queue: 'collections', title: 'Call' } }],
  });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { campaign } = read;
  await knex.transaction(async (trx) => launchCampaign(trx, systemActor, await createCampaign(trx, systemActor, 'two-steps', { document, campaign }, now), now));
  await advanceTo(now + 60 * 86_400_000);
  const run = await knex('campaign_runs').where({ state: 'done' }).first<{ id: number }>('id');
  return run.id;
}
