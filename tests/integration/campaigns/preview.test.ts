import { systemActor } from '../../../db/audit';
import { launchCampaign, createCampaign } from '../../../db/campaigns/campaigns';
import { listPreviewed, previewCampaign, type Launch, type PreviewedCustomer } from '../../../db/campaigns/preview';
import { readClock } from '../../../db/clock/clock';
import { setCustomerPause } from '../../../db/customers/pause';
import { openDispute } from '../../../db/disputes';
import { recordEvents } from '../../../db/events';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { suppressAddress } from '../../../db/mail/suppressions';
import { recordPromise } from '../../../db/promises';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument, type CampaignDocument } from '../../../domain/campaign/schema';
import type { Deployment } from '../../collection/deployment';
import { startQuietDeployment } from './quiet';

jest.setTimeout(300_000);

const startsAt = '2026-03-02T10:00:00Z';
let deployment: Deployment;
const ids: Record<string, number> = {};

async function context(): Promise<{ actor: typeof systemActor; at: Date }> {
  return { actor: systemActor, at: new Date((await readClock(deployment.knex)).now) };
}

beforeAll(async () => {
  deployment = await startQuietDeployment(startsAt);
  const { knex } = deployment;
  const ctx = await context();
  const plain = Array.from({ length: 12 }, (_, index) => `plain-${index}`);
  const names = ['no-address', 'never', 'bounced', 'paused', 'disputed', 'promised', 'in-hand', 'tokyo', 'small', 'paid', ...plain];
  await upsertCustomers(knex, ctx, names.map((name) => ({
    externalId: name, name, tier: 'asked', timeZone: name === 'tokyo' ? 'Asia/Tokyo' : 'UTC', doNotContact: name === 'never', contacts: name === 'no-address' ? [] : [{ role: 'billing' as const, email: `${name}@example.com` }],
  })));
  await upsertInvoices(knex, ctx, names.map((name) => ({ externalId: `i-${name}`, customerExternalId: name, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: name === 'tokyo' ? 'JPY' : 'EUR', totalMinor: name === 'small' ? 5_00 : 1000_00 })));
  for (const { id, external_id } of await knex('customers').select<{ id: number; external_id: string }[]>('id', 'external_id')) ids[external_id] = id;
  await deployment.settle();
  await knex.transaction((trx) => suppressAddress(trx, systemActor, 'bounced@example.com'));
  await knex.transaction((trx) => setCustomerPause(trx, systemActor, ids.paused!, { paused: true, pausedUntil: null }, 'a test'));
  await openDispute(knex, ctx, { externalId: 'd', invoiceExternalId: 'i-disputed', amountMinor: 1000_00, reason: 'price', source: 'call' });
  await recordPromise(knex, ctx, { externalId: 'p', customerExternalId: 'promised', currency: 'EUR', promisedOn: '2026-03-20', source: 'call' });
  await recordPayments(knex, ctx, [
    { externalId: 'in-hand', customerExternalId: 'in-hand', receivedAt: ctx.at.toISOString(), currency: 'EUR', amountMinor: 1000_00 }, { externalId: 'paid', invoiceExternalId: 'i-paid', receivedAt: ctx.at.toISOString(), currency: 'EUR', amountMinor: 1000_00 },
  ]);
  await deployment.settle();
});
afterAll(() => deployment?.stop());

function launchOf(key: string, written: unknown): Launch & { document: CampaignDocument } {
  const document = campaignDocument.parse(written);
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { key, campaign: read.campaign, runs: 0, nextRunAt: null, document };
}

async function everybody(launch: Launch, pageRows: number, filter: Parameters<typeof listPreviewed>[2] = {}): Promise<PreviewedCustomer[]> {
  const rows: PreviewedCustomer[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof listPreviewed>> = await listPreviewed(deployment.knex, launch, filter, (await context()).at.getTime(), after, pageRows);
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

const reminder = {
  title: 'Reminder', audience: { when: { all: [{ field: 'invoice.balance', op: '>=', value: { EUR: '0.00', JPY: '0' } }, { field: 'invoice.amount', op: '>', value: { EUR: '10.00', JPY: '1' } }] } }, schedule: { kind: 'now' },
  steps: [{ id: 'one', afterDays: 0, action: { kind: 'email', template: 'overdue-7' } }, { id: 'call', afterDays: 7, action: { kind: 'task', queue: 'collections', title: 'Call' } }],
  experiment: { holdoutPercent: 20, horizonDays: 30, variants: [{ name: 'plain', percent: 40 }, { name: 'firm', percent: 40, templates: { one: 'overdue-30' } }] },
};

test('what the preview says is what the launch does: who joins, in which group, what they owe, who is written to and when, who is left alone and why', async () => {
  const { knex } = deployment;
  const launch = launchOf('reminder', reminder);
  const now = (await context()).at.getTime();
  const before = await knex('messages').count();
  const preview = await previewCampaign(knex, launch, now);
  const foretold = await everybody(launch, 3);
  expect(await knex('messages').count()).toEqual(before);
  expect(await knex('campaign_runs')).toEqual([]);

  await knex.transaction(async (trx) => launchCampaign(trx, systemActor, await createCampaign(trx, systemActor, 'reminder', launch, now), now));
  await deployment.settle();
  const members = await knex('campaign_members as m').join('customers as c', 'c.id', 'm.customer_id').orderBy('c.id').select<{ id: number; name: string; group: string; state: string; reason: string | null; step: number; next_at: Date | null }[]>(
    'c.id', 'c.external_id as name', 'm.experiment_group as group', 'm.state', 'm.reason', 'm.step', 'm.next_at');
  expect(foretold.map(({ customerId, group }) => ({ id: customerId, group }))).toEqual(members.map(({ id, group }) => ({ id, group })));
  // Each group is drawn into, so that all that follows is about something.
  expect(new Set(members.map(({ group }) => group))).toEqual(new Set(['holdout', 'plain', 'firm']));
  const stops: Record<string, string> = { unreachable: 'left-out', 'nothing-open': 'left-out' };
  for (const member of members) {
    const told = foretold.find(({ customerId }) => customerId === member.id)!;
    const done = member.state === 'held-out' ? 'held-out' : member.state === 'stopped' ? stops[member.reason ?? ''] : 'acts';
    expect([member.name, told.outcome]).toEqual([member.name, done]);
    // Where the window is closed the step waits until the very instant that was foretold.
    if (told.outcome === 'acts' && member.step === 0) expect(member.next_at).toEqual(told.at);
    if (told.outcome === 'acts' && member.step === 1) expect(told.at).toEqual(new Date(now));
  }
  expect(preview).toMatchObject({ basis: 'audience', isCut: false, joins: members.length, startsAt: new Date(now), acts: foretold.filter(({ outcome }) => outcome === 'acts').length, firstStep: { id: 'one', kind: 'email' } });
  expect(preview.groups.map(({ group, customers, template }) => ({ group, customers, template }))).toEqual([['holdout', null], ['plain', 'overdue-7'], ['firm', 'overdue-30']].map(([group, template]) => (
    { group, customers: members.filter((member) => member.group === group).length, template })));
  expect(preview.leftOut.reduce((sum, { customers }) => sum + customers, 0)).toBe(members.filter(({ state }) => state === 'stopped').length);
  const { rows: balances } = await knex.raw<{ rows: { currency: string; customers: number; open: number }[] }>('SELECT currency::text, count(*)::integer AS customers, sum(open_minor)::bigint AS open FROM campaign_balances GROUP BY currency ORDER BY customers DESC');
  expect(preview.money.map(({ currency, customers, openMinor }) => ({ currency, customers, open: openMinor }))).toEqual(balances);
  for (const { openMinor, actsMinor, leftOutMinor, heldOutMinor } of preview.money) expect(actsMinor + leftOutMinor + heldOutMinor).toBe(openMinor);
  const written: number[] = await knex('messages').where({ source: 'campaign' }).orderBy('customer_id').pluck('customer_id');
  const told = foretold.filter(({ outcome, at }) => outcome === 'acts' && at?.getTime() === now).map(({ customerId }) => customerId);
  expect(written).toEqual(told);
});

test('why each is left alone is said exactly, and lists are paged and filtered', async () => {
  const launch = launchOf('whole', { ...reminder, experiment: null });
  const rows = await everybody(launch, 2, { outcome: ['left-out'] });
  expect(Object.fromEntries(rows.map(({ customerName, code }) => [customerName, code]))).toEqual({
    'no-address': 'no-address', never: 'do-not-contact', bounced: 'address-suppressed', paused: 'paused', disputed: 'disputed', promised: 'promised', 'in-hand': 'unapplied-cash',
  });
  expect(rows.find(({ customerName }) => customerName === 'never')).toMatchObject({ reason: 'the customer asked not to be contacted', at: null, balances: [{ currency: 'EUR', openMinor: 1000_00 }] });
  // The first step of a task asks nobody for leave, save where nothing may be asked for.
  const task = launchOf('task', { ...reminder, experiment: null, steps: [{ id: 'call', afterDays: 3, action: { kind: 'task', queue: 'collections', title: 'Call' } }] });
  const preview = await previewCampaign(deployment.knex, task, (await context()).at.getTime());
  expect(preview).toMatchObject({ writes: 0, groups: [{ group: 'all', percent: 100, template: null }], firstStep: { kind: 'task', days: [{ on: '2026-03-05', customers: preview.acts }] } });
  expect(preview.leftOut.map(({ code }) => code).sort()).toEqual(['disputed', 'paused', 'promised', 'unapplied-cash']);
});

test('a campaign that events start is shown by those to whom its event happened in the last 30 days, as far as they are meant', async () => {
  const { knex } = deployment;
  const { at } = await context();
  const day = 86_400_000;
  await knex.transaction((trx) => recordEvents(trx, [
    { kind: 'segment.joined', key: 'a', customerId: ids['plain-1']!, invoiceId: null, at, data: { segment: 'vip' } }, { kind: 'segment.joined', key: 'b', customerId: ids['plain-2']!, invoiceId: null, at, data: { segment: 'other' } },
    { kind: 'segment.joined', key: 'c', customerId: ids['plain-3']!, invoiceId: null, at: new Date(at.getTime() - 31 * day), data: { segment: 'vip' } },
  ]));
  const launch = launchOf('welcome', { ...reminder, experiment: null, audience: { when: { field: 'event.segment', op: '=', value: 'vip' } }, schedule: { kind: 'event', event: 'segment.joined' } });
  expect(await previewCampaign(knex, launch, at.getTime())).toMatchObject({ basis: 'events', joins: 1, startsAt: at });
  expect((await everybody(launch, 1)).map(({ customerName }) => customerName)).toEqual(['plain-1']);
});
