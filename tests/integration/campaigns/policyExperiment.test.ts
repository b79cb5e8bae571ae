import { systemActor } from '../../../db/audit';
import { CampaignError, createCampaign, launchCampaign } from '../../../db/campaigns/campaigns';
import { endExperiment } from '../../../db/campaigns/endExperiment';
import { readClock } from '../../../db/clock/clock';
import { recordPayments, refundPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { assignPolicy, listAssignments } from '../../../db/policies/assignments';
import { readExperimentSums } from '../../../db/readmodels/campaignResults';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { reportExperiment } from '../../../domain/experiment/report';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(300_000);

const policyText = (name: string, offset: number): string => `
policy: ${name}
version: 1
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
steps:
  - { id: ask, anchor: due, offset: { days: ${offset} }, actions: [{ email: { template: overdue-7 } }] }
`;
const startsAt = '2026-03-02T10:00:00Z';
const day = (number: number): number => Date.parse(startsAt) + number * 86_400_000;

let deployment: Deployment;

function parsed(name: string, offset: number) {
  const source = policyText(name, offset);
  const read = parsePolicy(source);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return { policy: read.policy, source };
}

beforeAll(async () => {
  deployment = await startDeployment({ startsAt, policy: parsed('patient', 60) });
  await deployment.knex.transaction((trx) => publishPolicy(trx, { ...parsed('firm', 35), actor: systemActor, activate: false, inForce: true }));
});
afterAll(() => deployment?.stop());

async function context(): Promise<{ actor: typeof systemActor; at: Date }> {
  return { actor: systemActor, at: new Date((await readClock(deployment.knex)).now) };
}

async function customers(prefix: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
  await upsertCustomers(deployment.knex, await context(), ids.map((externalId) => ({ externalId, name: externalId, tier: prefix, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${externalId}@example.com` }] })));
  await upsertInvoices(deployment.knex, await context(), ids.map((id) => ({ externalId: `i-${id}`, customerExternalId: id, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 100_00 })));
  await deployment.settle();
  return ids;
}

async function launch(key: string, tier: string, changes: object = {}): Promise<number> {
  const document = campaignDocument.parse({
    title: 'Patient or firm', audience: { when: { field: 'customer.tier', op: '=', value: tier } }, schedule: { kind: 'now' }, steps: [],
    experiment: { holdoutPercent: 20, horizonDays: 20, variants: [{ name: 'as-before', percent: 40 }, { name: 'firm', percent: 40, policy: 'firm' }] }, ...changes,
  });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { now } = await readClock(deployment.knex);
  const id = await deployment.knex.transaction((trx) => createCampaign(trx, systemActor, key, { document, campaign: read.campaign }, now));
  await deployment.knex.transaction((trx) => launchCampaign(trx, systemActor, id, now));
  return id;
}

/** Each customer's group, the policy under which its invoice is, and what it was sent. */
async function standing(campaignId: number): Promise<Map<string, { group: string; policy: string; messages: number }>> {
  const { rows } = await deployment.knex.raw<{ rows: { id: string; group: string; policy: string; messages: number }[] }>(
    `SELECT c.external_id AS id, m.experiment_group AS "group", v.policy, (SELECT count(*) FROM messages t WHERE t.customer_id = c.id AND t.state <> 'cancelled')::int AS messages
     FROM campaign_members m JOIN campaign_runs r ON r.id = m.run_id JOIN customers c ON c.id = m.customer_id JOIN invoices i ON i.customer_id = c.id JOIN collections k ON k.invoice_id = i.id JOIN policy_versions v ON v.id = k.policy_version_id
     WHERE r.campaign_id = ?`, [campaignId]);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

const isOpen = async (customer: string): Promise<boolean> => (await deployment.knex('invoices').where({ external_id: `i-${customer}` }).first<{ open_minor: number }>('open_minor')).open_minor > 0;
const runOf = async (campaignId: number): Promise<number> => (await deployment.knex('campaign_runs').where({ campaign_id: campaignId }).first<{ id: number }>('id')).id;

test('day 0: each customer is drawn, and put under its group\'s policy before anything is sent; day 6: those of the firm policy are asked, nobody else', async () => {
  const ids = await customers('t', 30);
  const own = ids[0]!;
  const { id: ownId } = await deployment.knex('customers').where({ external_id: own }).first<{ id: number }>('id');
  await deployment.knex.transaction(async (trx) => assignPolicy(trx, systemActor, { policy: 'patient', target: { kind: 'customer', id: ownId }, priority: null, reason: 'agreed', at: new Date(day(0)) }));
  const id = await launch('patient-or-firm', 't');
  await deployment.settle();
  const first = await standing(id);
  expect(first.size).toBe(29);
  expect(first.has(own)).toBe(false);
  const groups = new Set([...first.values()].map(({ group }) => group));
  expect(groups).toEqual(new Set(['as-before', 'firm', 'holdout']));
  for (const { group, policy, messages } of first.values()) {
    expect(policy).toBe(group === 'firm' ? 'firm' : 'patient');
    expect(messages).toBe(0);
  }
  const firm = [...first].filter(([, { group }]) => group === 'firm').map(([customer]) => customer);
  expect((await listAssignments(deployment.knex, {}, { after: null, limit: 100 })).rows.filter(({ policy }) => policy === 'firm').map(({ target, reason }) => `${target}: ${reason}`).sort()).toEqual(firm.map((customer) => `${customer}: Experiment patient-or-firm, run 1: drawn for firm`).sort());
  await deployment.advanceTo(day(10));
  const later = await standing(id);
  for (const [customer, { group, messages }] of later) {
    expect(first.get(customer)?.group).toBe(group);
    expect(messages).toBe(group === 'firm' ? 1 : 0);
  }
  // A customer in an experiment that runs is in no other; when all are taken, nobody joins.
  const second = await launch('again', 't', { experiment: { holdoutPercent: 50, horizonDays: 20, variants: [{ name: 'x', percent: 25, policy: 'firm' }, { name: 'y', percent: 25, policy: 'firm' }] } });
  await deployment.settle();
  expect((await standing(second)).size).toBe(0);
});

test('day 21: outcomes count once the horizon is over, against the control, and too few customers settle nothing', async () => {
  const { id } = await deployment.knex('campaigns').where({ key: 'patient-or-firm' }).first<{ id: number }>('id');
  const payers = [...await standing(id)].filter(([, { group }]) => group === 'firm').slice(0, 3).map(([customer]) => customer);
  const { actor, at } = await context();
  await recordPayments(deployment.knex, { actor, at }, payers.map((customer) => ({ externalId: `p-${customer}`, invoiceExternalId: `i-${customer}`, receivedAt: at.toISOString(), currency: 'EUR', amountMinor: 100_00 })));
  await deployment.advanceTo(day(19));
  expect(await readExperimentSums(deployment.knex, await runOf(id), 20, new Date(day(19)))).toEqual([]);
  await deployment.advanceTo(day(21));
  const sums = await readExperimentSums(deployment.knex, await runOf(id), 20, new Date(day(21)));
  expect(sums.find(({ group }) => group === 'firm')).toMatchObject({ y: 300_00 });
  const report = reportExperiment(sums);
  expect(report).toMatchObject({ control: 'holdout', winner: null });
  expect(report.groups.map(({ group }) => group).sort()).toEqual(['as-before', 'firm', 'holdout']);
});

test('day 21: it is ended, and its customers go back: what was done counts, nothing is sent again, and whom a person has put elsewhere stays there', async () => {
  const { id } = await deployment.knex('campaigns').where({ key: 'patient-or-firm' }).first<{ id: number }>('id');
  const before = await standing(id);
  const firm = [...before].filter(([, { group }]) => group === 'firm').map(([customer]) => customer);
  const kept = firm.at(-1)!;
  const { id: keptId } = await deployment.knex('customers').where({ external_id: kept }).first<{ id: number }>('id');
  const end = (afterwards: 'stay' | 'go-back') => deployment.knex.transaction(async (trx) => endExperiment(trx, systemActor, id, { afterwards, reason: 'enough is known' }, (await readClock(trx)).now));
  await deployment.knex.transaction((trx) => assignPolicy(trx, systemActor, { policy: 'firm', target: { kind: 'customer', id: keptId }, priority: null, reason: 'agreed', at: new Date(day(21)) }));
  await end('go-back');
  await deployment.settle();
  const after = await standing(id);
  for (const [customer, { group, messages }] of after) {
    // What is settled stays where its history is.
    const paid = (await deployment.knex('invoices').where({ external_id: `i-${customer}` }).first<{ open_minor: number }>('open_minor')).open_minor === 0;
    expect([customer, after.get(customer)?.policy]).toEqual([customer, group === 'firm' && (customer === kept || paid) ? 'firm' : 'patient']);
    expect(messages).toBe(before.get(customer)?.messages);
  }
  expect((await listAssignments(deployment.knex, {}, { after: null, limit: 100 })).rows.filter(({ policy }) => policy === 'firm').map(({ target }) => target)).toEqual([kept]);
  expect(await deployment.knex('events').where({ kind: 'policy.assigned' }).whereRaw(`data ->> 'after' IS NULL`)).toHaveLength(firm.length - 1);
  await expect(end('stay')).rejects.toThrow('has been ended already');
  // On day 31 the patient policy asks; whom the firm one has asked already it does not ask again.
  await deployment.advanceTo(day(40));
  for (const [customer, { group, messages }] of await standing(id)) expect([customer, messages]).toEqual([customer, group === 'firm' ? 1 : (await isOpen(customer)) ? 1 : 0]);
});

test('day 40: payments go back, of what was settled while the policy was tried: the invoices are under what decides now, and are not asked again for what was asked', async () => {
  const { id } = await deployment.knex('campaigns').where({ key: 'patient-or-firm' }).first<{ id: number }>('id');
  const before = await standing(id);
  const [bounced, refunded] = (await deployment.knex('payments').orderBy('id').limit(2).pluck<string[]>('external_id')) as [string, string];
  const customerOf = (payment: string): string => payment.slice('p-'.length);
  for (const payment of [bounced, refunded]) expect(before.get(customerOf(payment))).toMatchObject({ group: 'firm', policy: 'firm', messages: 1 });
  await reversePayments(deployment.knex, await context(), [{ externalId: bounced, reason: 'returned' }]);
  await refundPayments(deployment.knex, await context(), [{ externalId: 'refund', paymentExternalId: refunded, amountMinor: 50_00 }]);
  // At once, before anybody has planned: nothing more is done under the policy that was tried.
  for (const payment of [bounced, refunded]) expect((await standing(id)).get(customerOf(payment))).toMatchObject({ policy: 'patient', messages: 1 });
  await deployment.settle();
  await deployment.advanceTo(day(45));
  for (const payment of [bounced, refunded]) expect((await standing(id)).get(customerOf(payment))).toMatchObject({ policy: 'patient', messages: 1 });
  expect(await deployment.knex('policy_migrations').whereLike('reason', '%was ended while the invoice was settled%').select('state', 'moved', 'total')).toEqual([{ state: 'done', moved: 1, total: 1 }, { state: 'done', moved: 1, total: 1 }]);
  expect(await deployment.knex('collections').join('invoices', 'invoices.id', 'collections.invoice_id').whereIn('invoices.external_id', [bounced, refunded].map((payment) => `i-${customerOf(payment)}`)).pluck('collections.outcome')).toEqual(['exhausted', 'exhausted']);
});

test('another experiment is ended, and its customers stay; they are free for the next', async () => {
  await customers('s', 12);
  const id = await launch('stays', 's');
  await deployment.settle();
  const before = await standing(id);
  await deployment.knex.transaction(async (trx) => endExperiment(trx, systemActor, id, { afterwards: 'stay', reason: 'the firm one is taken' }, (await readClock(trx)).now));
  await deployment.settle();
  expect(await standing(id)).toEqual(before);
  expect(await deployment.knex('campaigns').where({ id }).first('state', 'experiment_afterwards')).toEqual({ state: 'ended', experiment_afterwards: 'stay' });
  const next = await launch('next', 's');
  await deployment.settle();
  const free = [...before].filter(([, { group }]) => group !== 'firm').map(([customer]) => customer);
  expect([...(await standing(next)).keys()].sort()).toEqual(free.sort());
});

test('a policy that is not in force is not compared; a campaign of no steps compares policies or is refused', async () => {
  await expect(launch('nowhere', 't', { experiment: { holdoutPercent: 0, horizonDays: 20, variants: [{ name: 'x', percent: 50, policy: 'nowhere' }, { name: 'y', percent: 50 }] } })).rejects.toThrow(CampaignError);
  const empty = readCampaign(campaignDocument.parse({ title: 'Nothing', audience: { segment: 'x' }, schedule: { kind: 'now' }, steps: [] }));
  expect(empty).toMatchObject({ problems: [{ path: 'steps', message: 'is empty: say what is done, or compare policies' }] });
});
