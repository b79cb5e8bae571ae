import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { advanceRun } from '../../../db/campaigns/advance';
import { beginDueRuns, createCampaign, launchCampaign } from '../../../db/campaigns/campaigns';
import { readClock, startManualClock } from '../../../db/clock/clock';
import { readUnrest } from '../../../db/clock/milestones';
import { insertCollections } from '../../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { referencePolicy } from '../../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const now = Date.parse('2026-03-10T09:00:00Z');
const context = { actor: systemActor, at: new Date(now) };
const call = { id: 'call', afterDays: 0, action: { kind: 'task', queue: 'collections', title: 'Call', dueInDays: 1 } };

let database: FreshDatabase;
let knex: Knex;
let policyVersionId: number;
beforeEach(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await startManualClock(knex, now);
  policyVersionId = (await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }))).id;
});
afterEach(() => database.destroy());

/** A campaign for whoever is billed, launched. Answers its run. */
async function launchForBilled(changes: object = {}): Promise<number> {
  const document = campaignDocument.parse({ title: 'Billed', schedule: { kind: 'event', event: 'invoice.created' }, audience: {}, steps: [call], ...changes });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  await knex.transaction(async (trx) => {
    await launchCampaign(trx, systemActor, await createCampaign(trx, systemActor, 'billed', { document, campaign: read.campaign }, now), now);
    await beginDueRuns(trx, now);
  });
  return (await knex('campaign_runs').first<{ id: number }>('id')).id;
}

/** Customers named after what each is billed, in cents, by one invoice. */
async function bill(...totals: number[]): Promise<void> {
  await upsertCustomers(knex, context, totals.map((total) => ({ externalId: `c-${total}`, name: 'Ada', contacts: [{ role: 'billing', email: `c${total}@example.com` }] })));
  await upsertInvoices(knex, context, totals.map((totalMinor) => ({ externalId: `i-${totalMinor}`, customerExternalId: `c-${totalMinor}`, issuedOn: '2026-03-10', dueOn: '2026-04-10', currency: 'EUR', totalMinor })));
}

/** What the relay does: puts all open invoices under collection and notes that it has told of them. */
async function relay(): Promise<void> {
  const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices i WHERE NOT EXISTS (SELECT FROM collections c WHERE c.invoice_id = i.id) ORDER BY id');
  await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId, requestedSeq: 1, startedAt: now })));
  await knex('outbox').whereNull('relayed_at').update({ relayed_at: knex.fn.now() });
}

/** Pages of two, as many as there are. */
async function advance(run: number): Promise<string[]> {
  const kinds: string[] = [];
  for (let page = 0; page < 20 && !['wait', 'ended'].includes(kinds.at(-1) ?? ''); page += 1) {
    kinds.push((await knex.transaction(async (trx) => advanceRun(trx, run, await readClock(trx), { enrol: 2, act: 2, deliver: 2 }, 'by-pages'))).kind);
  }
  return kinds;
}

async function members(): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { member: string }[] }>(`SELECT c.external_id || ' ' || m.state || coalesce(' ' || m.reason, '') AS member FROM campaign_members m JOIN customers c ON c.id = m.customer_id ORDER BY c.id`);
  return rows.map(({ member }) => member);
}

const large = { audience: { when: { field: 'invoice.balance', op: '>', value: { EUR: '500.00' } } } };

test('pages of customers on whom the condition does not hold keep nobody behind them from joining, and the run comes to rest', async () => {
  const run = await launchForBilled(large);
  await bill(1_000, 1_001, 1_002, 1_003, 1_004, 90_000);
  await relay();
  expect((await advance(run)).at(-1)).toBe('wait');
  expect(await members()).toEqual(['c-90000 done']);
  expect(await knex('tasks').pluck('title')).toEqual(['Call']);
  await knex('campaign_runs').update({ told_seq: knex.ref('change_seq') });
  expect((await readUnrest(knex, now)).campaigns).toBe(false);
});

test('what happens while pages are looked at is looked at next, also for customers who were behind', async () => {
  const run = await launchForBilled(large);
  await bill(1_000, 1_001, 1_002, 1_003);
  await relay();
  const page = () => knex.transaction(async (trx) => advanceRun(trx, run, await readClock(trx), { enrol: 2, act: 2, deliver: 2 }, 'by-pages'));
  expect((await page()).kind).toBe('more');
  await upsertInvoices(knex, context, [{ externalId: 'second', customerExternalId: 'c-1000', issuedOn: '2026-03-10', dueOn: '2026-04-10', currency: 'EUR', totalMinor: 80_000 }]);
  await relay();
  await advance(run);
  await advance(run);
  expect(await members()).toEqual(['c-1000 done']);
});

test('who has joined is acted upon while others still join', async () => {
  const run = await launchForBilled();
  await bill(1_000, 1_001, 1_002, 1_003);
  await relay();
  expect((await knex.transaction(async (trx) => advanceRun(trx, run, await readClock(trx), { enrol: 2, act: 2, deliver: 2 }, 'by-pages'))).kind).toBe('more');
  expect(await members()).toEqual(['c-1000 done', 'c-1001 done']);
});

test('an invoice that the relay has not come to yet: its customer joins once it is under collection, and is acted upon', async () => {
  const run = await launchForBilled();
  await bill(1_000);
  await relay();
  await bill(1_001);
  expect((await advance(run)).at(-1)).toBe('wait');
  expect(await members()).toEqual(['c-1000 done']);
  await knex('campaign_runs').update({ told_seq: knex.ref('change_seq') });
  // It is told again until then.
  expect((await readUnrest(knex, now)).campaigns).toBe(true);
  await relay();
  await advance(run);
  expect(await members()).toEqual(['c-1000 done', 'c-1001 done']);
  expect(await knex('tasks').pluck('title')).toEqual(['Call', 'Call']);
  expect((await readUnrest(knex, now)).campaigns).toBe(false);
});

test('the same with a condition, and while other customers join', async () => {
  const run = await launchForBilled(large);
  await bill(90_000);
  await advance(run);
  await bill(90_001, 90_002, 90_003);
  await advance(run);
  expect(await members()).toEqual([]);
  await relay();
  await advance(run);
  expect(await members()).toEqual(['c-90000 done', 'c-90001 done', 'c-90002 done', 'c-90003 done']);
});

test('where there is no policy for an invoice nobody waits for it', async () => {
  const run = await launchForBilled();
  await bill(1_000);
  await knex('outbox').update({ relayed_at: knex.fn.now() });
  expect((await advance(run)).at(-1)).toBe('wait');
  await knex('campaign_runs').update({ told_seq: knex.ref('change_seq') });
  expect((await readUnrest(knex, now)).campaigns).toBe(false);
});

test('a campaign that begins right after an import waits until what was imported is under collection', async () => {
  await bill(80_000, 80_001, 80_002);
  await relay();
  await bill(90_000, 90_001, 90_002);
  const run = await launchForBilled({ schedule: { kind: 'now' }, ...large });
  expect((await advance(run)).at(-1)).toBe('wait');
  expect(await members()).toEqual(['c-80000 done', 'c-80001 done', 'c-80002 done']);
  await knex('campaign_runs').update({ told_seq: knex.ref('change_seq') });
  expect((await readUnrest(knex, now)).campaigns).toBe(true);
  await relay();
  expect((await advance(run)).at(-1)).toBe('ended');
  expect(await members()).toEqual([80_000, 80_001, 80_002, 90_000, 90_001, 90_002].map((total) => `c-${total} done`));
});
