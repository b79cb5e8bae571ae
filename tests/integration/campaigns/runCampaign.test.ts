import { systemActor } from '../../../db/audit';
import { createCampaign, launchCampaign, moveCampaign } from '../../../db/campaigns/campaigns';
import { readClock } from '../../../db/clock/clock';
import { readCollectedByDay, readExperimentSums, readFunnel, readMoney } from '../../../db/readmodels/campaignResults';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { campaignWorkflowId } from '../../../workflows/contracts/campaign';
import { startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(300_000);

const source = `
policy: quiet
version: 1
title: Asks for nothing by itself
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri], holidays: none }
contact: { minimumDaysBetween: 2, merge: same-day }
steps:
  - { id: much-later, title: Much later, anchor: due, offset: { days: 900 }, actions: [{ notify: { audience: collections, title: Look } }] }
`;

let deployment: Deployment;
let counter = 0;
const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);

beforeAll(async () => {
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  deployment = await startDeployment({ startsAt: '2026-03-02T10:00:00Z', policy: { policy: parsed.policy, source } });
});
afterAll(() => deployment?.stop());

async function context(): Promise<{ actor: typeof systemActor; at: Date }> {
  return { actor: systemActor, at: new Date((await readClock(deployment.knex)).now) };
}

/** Customers of a tier of their own, each with one invoice of 100.00 EUR. */
async function customers(count: number): Promise<{ tier: string; ids: string[] }> {
  counter += 1;
  const tier = `t${counter}`;
  const ids = Array.from({ length: count }, (_, index) => `${tier}-${index + 1}`);
  await upsertCustomers(deployment.knex, await context(), ids.map((externalId) => ({ externalId, name: externalId, tier, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${externalId}@example.com` }] })));
  await upsertInvoices(deployment.knex, await context(), ids.map((id) => ({ externalId: `i-${id}`, customerExternalId: id, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 100_00 })));
  await deployment.settle();
  return { tier, ids };
}

async function pay(customer: string, amountMinor = 100_00): Promise<void> {
  const { actor, at } = await context();
  await recordPayments(deployment.knex, { actor, at }, [{ externalId: `p-${customer}-${amountMinor}`, invoiceExternalId: `i-${customer}`, receivedAt: at.toISOString(), currency: 'EUR', amountMinor }]);
  await deployment.settle();
}

async function launch(tier: string, changes: object = {}): Promise<number> {
  counter += 1;
  const document = campaignDocument.parse({
    title: 'Spring', audience: { when: { field: 'customer.tier', op: '=', value: tier } }, schedule: { kind: 'now' },
    steps: [
      { id: 'first', afterDays: 0, action: { kind: 'email', template: 'overdue-7' } }, { id: 'second', afterDays: 7, action: { kind: 'email', template: 'overdue-30' } },
      { id: 'call', afterDays: 7, action: { kind: 'task', queue: 'collections', title: 'Call' } },
    ], ...changes,
  });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { now } = await readClock(deployment.knex);
  const id = await deployment.knex.transaction((trx) => createCampaign(trx, systemActor, `k${counter}`, { document, campaign: read.campaign }, now));
  await deployment.knex.transaction((trx) => launchCampaign(trx, systemActor, id, now));
  return id;
}

async function acts(campaignId: number): Promise<string[]> {
  const { rows } = await deployment.knex.raw<{ rows: { act: string }[] }>(
    `SELECT c.external_id || ' ' || a.step || ' ' || to_char(a.at AT TIME ZONE 'UTC', 'MM-DD') || coalesce(' ' || m.state, '') AS act FROM campaign_acts a JOIN campaign_runs r ON r.id = a.run_id JOIN customers c ON c.id = a.customer_id
     LEFT JOIN messages m ON m.id = a.message_id WHERE r.campaign_id = ? ORDER BY a.at, c.external_id`, [campaignId]);
  return rows.map(({ act }) => act);
}

async function members(campaignId: number): Promise<Record<string, string>> {
  const { rows } = await deployment.knex.raw<{ rows: { id: string; standing: string }[] }>(
    `SELECT c.external_id AS id, m.state || coalesce(': ' || m.reason, '') AS standing FROM campaign_members m JOIN campaign_runs r ON r.id = m.run_id JOIN customers c ON c.id = m.customer_id WHERE r.campaign_id = ?`, [campaignId]);
  return Object.fromEntries(rows.map(({ id, standing }) => [id, standing]));
}

const stateOf = async (id: number): Promise<string> => (await deployment.knex('campaigns').where({ id }).first<{ state: string }>('state')).state;

test('day 0: all are written to; day 3: one pays; day 7: the others are written to again; day 14: a task for who has not answered', async () => {
  const { tier, ids: [a, b] } = await customers(2);
  const id = await launch(tier);
  await deployment.settle();
  expect(await acts(id)).toEqual([`${a} first 03-02 delivered`, `${b} first 03-02 delivered`]);
  await deployment.advanceTo(day('2026-03-05'));
  await pay(a!, 10_00);
  await deployment.advanceTo(day('2026-03-20'));
  expect(await acts(id)).toEqual([`${a} first 03-02 delivered`, `${b} first 03-02 delivered`, `${b} second 03-09 delivered`, `${b} call 03-16`]);
  expect(await members(id)).toEqual({ [a!]: 'stopped: paid', [b!]: 'done' });
  expect(await stateOf(id)).toBe('ended');
  const run = await deployment.knex('campaign_runs').where({ campaign_id: id }).first<{ id: number }>('id');
  expect(await deployment.client.workflow.getHandle(campaignWorkflowId(run.id)).result()).toBe('ended');
});

test('the worker is stopped and started again and again while a campaign runs: nobody is written to twice, and nobody is left out', async () => {
  const { tier, ids } = await customers(40);
  const id = await launch(tier, { steps: [{ id: 'only', afterDays: 0, action: { kind: 'email', template: 'overdue-7' } }] });
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await deployment.stopWorker();
    await deployment.startWorker();
  }
  await deployment.advanceTo((await readClock(deployment.knex)).now + 5 * 86_400_000);
  expect(await acts(id)).toHaveLength(ids.length);
  const { rows } = await deployment.knex.raw<{ rows: { customers: number; messages: number; sent: number }[] }>(
    `SELECT count(DISTINCT m.customer_id)::int AS customers, count(*)::int AS messages, count(*) FILTER (WHERE m.state = 'delivered')::int AS sent FROM messages m JOIN customers c ON c.id = m.customer_id WHERE c.tier = ?`, [tier]);
  expect(rows[0]).toEqual({ customers: ids.length, messages: ids.length, sent: ids.length });
});

test('held out: some get nothing, each has its group before anything is sent, and keeps it', async () => {
  const { tier, ids } = await customers(30);
  const id = await launch(tier, {
    steps: [{ id: 'first', afterDays: 1, action: { kind: 'email', template: 'overdue-7' } }],
    experiment: { holdoutPercent: 40, horizonDays: 14, variants: [{ name: 'a', percent: 30 }, { name: 'b', percent: 30, templates: { first: 'overdue-30' } }] },
  });
  await deployment.settle();
  const groups = (): Promise<{ customer_id: number; experiment_group: string }[]> => deployment.knex('campaign_members as m').join('campaign_runs as r', 'r.id', 'm.run_id').where({ campaign_id: id }).orderBy('customer_id').select('customer_id', 'experiment_group');
  const before = await groups();
  expect(before).toHaveLength(ids.length);
  expect(await acts(id)).toEqual([]);
  await deployment.advanceTo((await readClock(deployment.knex)).now + 10 * 86_400_000);
  expect(await groups()).toEqual(before);
  const heldOut = before.filter(({ experiment_group }) => experiment_group === 'holdout').length;
  expect(heldOut).toBeGreaterThan(0);
  expect(await acts(id)).toHaveLength(ids.length - heldOut);
  const { rows } = await deployment.knex.raw<{ rows: { experiment_group: string; template: string }[] }>(
    `SELECT DISTINCT b.experiment_group, m.template FROM campaign_acts a JOIN messages m ON m.id = a.message_id JOIN campaign_members b ON b.run_id = a.run_id AND b.customer_id = a.customer_id JOIN campaign_runs r ON r.id = a.run_id WHERE r.campaign_id = ? ORDER BY 1`, [id]);
  expect(rows).toEqual([{ experiment_group: 'a', template: 'overdue-7' }, { experiment_group: 'b', template: 'overdue-30' }]);
});

test('results: who was sent what and answered how, and what was collected of what was open', async () => {
  await deployment.advanceTo('2026-04-20T10:00:00Z');
  const { tier, ids: [a, b] } = await customers(3);
  const id = await launch(tier, { experiment: { holdoutPercent: 0, horizonDays: 10, variants: [{ name: 'a', percent: 99 }, { name: 'b', percent: 1 }] } });
  await deployment.advanceTo('2026-04-22T10:00:00Z');
  await pay(a!);
  await deployment.advanceTo('2026-04-24T10:00:00Z');
  await pay(b!, 25_00);
  const run = await deployment.knex('campaign_runs').where({ campaign_id: id }).first<{ id: number }>('id');
  const at = new Date((await readClock(deployment.knex)).now);
  expect(await readFunnel(deployment.knex, run.id)).toMatchObject([{ group: 'a', members: 3, queued: 3, sent: 3, delivered: 3, opened: 0, paid: 2 }]);
  expect(await readMoney(deployment.knex, run.id, at)).toEqual([{ group: 'a', currency: 'EUR', openMinor: 300_00, collectedMinor: 125_00 }]);
  expect(await readCollectedByDay(deployment.knex, run.id, at)).toEqual([{ day: 2, group: 'a', currency: 'EUR', collectedMinor: 100_00 }, { day: 4, group: 'a', currency: 'EUR', collectedMinor: 25_00 }]);
  // Nobody's horizon is over on day 4; on day 10 everybody's is.
  expect(await readExperimentSums(deployment.knex, run.id, 10, at)).toEqual([]);
  const [sums] = await readExperimentSums(deployment.knex, run.id, 10, new Date('2026-04-30T10:00:01Z'));
  expect(sums).toMatchObject({ customers: 3, x: 300_00, y: 125_00, days: 2 + 10 + 10 });
});

test('paused, nothing is sent; resumed, it goes on; stopped, it ends', async () => {
  await deployment.advanceTo('2026-05-04T10:00:00Z');
  const { tier, ids: [a] } = await customers(1);
  const id = await launch(tier);
  await deployment.settle();
  const move = async (request: 'pause' | 'resume' | 'stop'): Promise<void> => {
    const { now } = await readClock(deployment.knex);
    await deployment.knex.transaction((trx) => moveCampaign(trx, systemActor, id, request, now));
    await deployment.settle();
  };
  const first = await acts(id);
  await move('pause');
  await deployment.advanceTo((await readClock(deployment.knex)).now + 9 * 86_400_000);
  expect(await acts(id)).toEqual(first);
  await move('resume');
  await deployment.advanceTo((await readClock(deployment.knex)).now + 4 * 86_400_000);
  expect((await acts(id)).map((act) => act.split(' ').slice(0, 2).join(' '))).toEqual([`${a} first`, `${a} second`]);
  await move('stop');
  await deployment.advanceTo((await readClock(deployment.knex)).now + 20 * 86_400_000);
  expect(await acts(id)).toHaveLength(2);
  expect(await stateOf(id)).toBe('ended');
});

test('started by a part payment: who makes one joins, once, and only while it runs', async () => {
  const { ids: [a, b] } = await customers(2);
  const id = await launch('', { audience: {}, schedule: { kind: 'event', event: 'payment.partial' }, steps: [{ id: 'thanks', afterDays: 1, action: { kind: 'task', queue: 'collections', title: 'Ask for the rest' } }] });
  await deployment.settle();
  await pay(a!, 30_00);
  expect(await members(id)).toEqual({ [a!]: 'active' });
  await deployment.advanceTo((await readClock(deployment.knex)).now + 2 * 86_400_000);
  expect((await acts(id)).map((act) => act.split(' ').slice(0, 2).join(' '))).toEqual([`${a} thanks`]);
  const { now } = await readClock(deployment.knex);
  await deployment.knex.transaction((trx) => moveCampaign(trx, systemActor, id, 'stop', now));
  await pay(b!, 30_00);
  expect(await members(id)).toEqual({ [a!]: 'done' });
});

test('every year on the tenth of June: a run of its own each time, for those who then owe something, and each is written to once a year', async () => {
  const { tier, ids: [a, b] } = await customers(2);
  const id = await launch(tier, { schedule: { kind: 'yearly', month: 6, day: 10 }, steps: [{ id: 'only', afterDays: 0, action: { kind: 'email', template: 'overdue-7' } }] });
  const { now } = await readClock(deployment.knex);
  const year = new Date(now).getUTCFullYear() + (now >= day(`${new Date(now).getUTCFullYear()}-06-10`) ? 1 : 0);
  await deployment.advanceTo(day(`${year}-06-14`));
  await pay(a!);
  await deployment.advanceTo(day(`${year + 1}-06-14`));
  const { rows } = await deployment.knex.raw<{ rows: { run: number; id: string }[] }>(
    `SELECT r.run, c.external_id AS id FROM campaign_acts x JOIN campaign_runs r ON r.id = x.run_id JOIN customers c ON c.id = x.customer_id WHERE r.campaign_id = ? ORDER BY r.run, c.external_id`, [id]);
  expect(rows).toEqual([{ run: 1, id: a }, { run: 1, id: b }, { run: 2, id: b }]);
  expect(await stateOf(id)).toBe('launched');
});
