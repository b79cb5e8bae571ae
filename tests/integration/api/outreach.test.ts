import { systemActor } from '../../../db/audit';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-10T10:00:00Z' });
  manager = await api.as('credit-manager');
  const source = 'policy: strict\nversion: 1\nsteps:\n  - { id: soon, anchor: due, offset: { days: 400 }, actions: [{ notify: { audience: collections, title: Look } }] }\n';
  const read = parsePolicy(source);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  await api.knex.transaction((trx) => publishPolicy(trx, { policy: read.policy, source, actor: systemActor }));
});
afterAll(() => api.stop());

const automation = (actions: object[], trigger: object = { kind: 'payment.partial' }): object => ({ title: 'Late', trigger, actions });
const campaign = (changes: object = {}): object => ({
  title: 'Spring', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 5 } }, schedule: { kind: 'now' }, steps: [{ id: 'first', afterDays: 0, action: { kind: 'email', template: 'campaign-offer' } }], ...changes,
});

test('an automation that names what is not there is not saved: each fault with its place and the nearest name', async () => {
  const { body } = await manager.post('/automations', { key: 'late', document: automation([{ kind: 'email', template: 'statement' }, { kind: 'assign-policy', policy: 'strikt' }, { kind: 'task', queue: 'Collctions', title: '{custommer}' }]) }).expect(422);
  expect(body.errors).toEqual([
    { path: 'document.actions[0].template', message: expect.stringContaining('needs statement.from, statement.to, statement.entries, statement.items and statement.aging, which an email about payment.partial does not give') as string },
    { path: 'document.actions[1].policy', message: 'no version of a policy "strikt" is in force, did you mean "strict"?; allowed: strict' },
    { path: 'document.actions[2].queue', message: 'there is no queue "Collctions", did you mean "Collections"?; allowed: Collections, Credit, Customer Care, Sales' },
    { path: 'document.actions[2].title', message: '{custommer} is no field of a task, did you mean "customer"?' },
  ]);
  expect(await api.knex('automations').where({ key: 'late' })).toEqual([]);
  const made = (await manager.post('/automations', { key: 'late', document: automation([{ kind: 'email', template: 'overdue-12' }, { kind: 'assign-policy', policy: 'strict' }]) }).expect(201)).body;
  const edited = await manager.post(`/automations/${made.id}/versions`, { document: automation([{ kind: 'email', template: 'overdu' }]), rowVersion: made.rowVersion }).expect(422);
  expect(edited.body.errors).toEqual([{ path: 'document.actions[0].template', message: expect.stringContaining('did you mean "overdue"?') as string }]);
});

test('a policy that is no longer in force keeps an automation from being switched on, and never from being switched off', async () => {
  const made = (await manager.post('/automations', { key: 'moves', document: automation([{ kind: 'assign-policy', policy: 'strict' }]) }).expect(201)).body;
  await manager.post(`/automations/${made.id}/switch`, { on: true }).expect(200);
  await api.knex('policy_versions').update({ in_force: false, active: false });
  await manager.post(`/automations/${made.id}/switch`, { on: false }).expect(200);
  await manager.post(`/automations/${made.id}/switch`, { on: true }).expect(422);
  await api.knex('policy_versions').update({ in_force: true, active: true });
});

test('a campaign is held to the same on being saved and on being launched', async () => {
  const { body } = await manager.post('/campaigns', { key: 'wrong', document: campaign({ audience: { segment: 'nowhere' }, experiment: { holdoutPercent: 0, horizonDays: 9, variants: [{ name: 'a', percent: 50, policy: 'strct' }, { name: 'b', percent: 50, templates: { first: 'internal-notice' } }] } }) }).expect(422);
  expect((body.errors as { path: string }[]).map(({ path }) => path)).toEqual(['document.audience.segment', 'document.experiment.variants[0].policy', 'document.experiment.variants[1].templates.first']);
  const made = (await manager.post('/campaigns', { key: 'spring', document: campaign() }).expect(201)).body;
  await api.knex.raw(`UPDATE templates SET current_version = NULL WHERE name = 'campaign-offer'`);
  expect((await manager.post(`/campaigns/${made.id}/launch`, {}).expect(422)).body.errors).toEqual([{ path: 'document.steps[0].action.template', message: expect.stringContaining('no template "campaign-offer" is published') as string }]);
  await api.knex.raw(`UPDATE templates SET current_version = 1 WHERE name = 'campaign-offer'`);
  await manager.post(`/campaigns/${made.id}/launch`, {}).expect(200);
});

test('a draft is previewed before it is launched: what stands in its way, who would join, and the list of them as a file; a repeat of either changes nothing', async () => {
  const context = { actor: systemActor, at: new Date('2026-03-10T10:00:00Z') };
  await upsertCustomers(api.knex, context, ['acme', 'bolt'].map((externalId) => ({ externalId, name: externalId, timeZone: 'UTC', contacts: externalId === 'acme' ? [{ role: 'billing' as const, email: 'acme@example.com' }] : [] })));
  await upsertInvoices(api.knex, context, ['acme', 'bolt'].map((externalId) => ({ externalId: `i-${externalId}`, customerExternalId: externalId, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1000_00 })));
  await api.knex.raw(`INSERT INTO collections (invoice_id, customer_id, policy_version_id, started_at) SELECT i.id, i.customer_id, (SELECT min(id) FROM policy_versions), now() FROM invoices i`);
  const made = (await manager.post('/campaigns', { key: 'seen', document: campaign({ schedule: { kind: 'at', at: '2026-03-12T10:00:00Z' } }) }).expect(201)).body;
  await api.knex.raw(`UPDATE templates SET current_version = NULL WHERE name = 'campaign-offer'`);
  const reader = await api.as('viewer');
  const { body } = await reader.get(`/campaigns/${made.id}/preview`).expect(200);
  expect(body).toMatchObject({
    problems: [{ path: 'steps[0].action.template', message: expect.stringContaining('no template "campaign-offer" is published') as string }], startsAt: '2026-03-12T10:00:00.000Z', basis: 'audience', inSegment: null, joins: 2, acts: 1, writes: 1,
    leftOut: [{ code: 'no-address', reason: 'the customer has no email address', customers: 1 }], money: [{ currency: 'EUR', customers: 2, openMinor: 2000_00, actsMinor: 1000_00, leftOutMinor: 1000_00, heldOutMinor: 0 }],
    groups: [{ group: 'all', percent: 100, customers: 2, acts: 1, template: 'campaign-offer', policy: null }], firstStep: { id: 'first', kind: 'email', days: [{ on: '2026-03-12', customers: 1 }] },
  });
  await api.knex.raw(`UPDATE templates SET current_version = 1 WHERE name = 'campaign-offer'`);
  const first = (await reader.get(`/campaigns/${made.id}/preview/customers?limit=1`).expect(200)).body as { items: object[]; next: string };
  expect(first.items).toMatchObject([{ customerName: 'acme', outcome: 'acts', writes: true, on: '2026-03-12', code: null }]);
  expect((await reader.get(`/campaigns/${made.id}/preview/customers?limit=1&cursor=${first.next}`).expect(200)).body).toMatchObject({ items: [{ customerName: 'bolt', outcome: 'left-out', code: 'no-address', balances: [{ currency: 'EUR', openMinor: 1000_00 }] }], next: null });
  expect((await reader.get(`/campaigns/${made.id}/preview/customers?outcome=held-out`).expect(200)).body).toEqual({ items: [], next: null });
  await reader.get(`/campaigns/${made.id}/preview/customers?cursor=nonsense`).expect(400);
  const file = (await reader.get(`/campaigns/${made.id}/preview/customers.csv?outcome=left-out`).expect(200)).text.trim().split('\n');
  expect(file).toHaveLength(2);
  expect(file[1]).toContain('bolt');
  await reader.get('/campaigns/9999/preview').expect(404);
  expect((await manager.get(`/campaigns/${made.id}`).expect(200)).body).toMatchObject({ state: 'draft', runs: [] });
});

test('a draft that was saved before variants could have offers of their own is launched all the same', async () => {
  const made = (await manager.post('/campaigns', { key: 'old', document: campaign({ experiment: { holdoutPercent: 0, horizonDays: 9, variants: [{ name: 'a', percent: 50 }, { name: 'b', percent: 50 }] } }) }).expect(201)).body;
  await api.knex.raw(`UPDATE campaigns SET document = document #- '{experiment,variants,0,discounts}' #- '{experiment,variants,1,discounts}' WHERE id = ?`, [made.id]);
  await manager.post(`/campaigns/${made.id}/launch`, {}).expect(200);
});

test('lists are searched and filtered, and their files alike', async () => {
  const titles = async (query: string): Promise<string[]> => ((await manager.get(`/automations${query}`).expect(200)).body.items as { key: string }[]).map(({ key }) => key);
  expect(await titles('?search=mov')).toEqual(['moves']);
  expect(await titles('?state=on')).toEqual([]);
  expect(await titles('?state=off&event=payment.partial&search=Late')).toEqual(['moves', 'late']);
  expect(await titles('?event=invoice.due')).toEqual([]);
  await manager.get('/automations?event=nothing').expect(400);
  expect((await manager.get('/automations.csv?search=mov').expect(200)).text.trim().split('\n')).toHaveLength(2);
  expect(((await manager.get('/campaigns?search=sprin&state=launched').expect(200)).body.items as object[])).toHaveLength(2);
  expect(((await manager.get('/campaigns?search=winter').expect(200)).body.items as object[])).toEqual([]);

  const admin = await api.as('admin');
  const users = async (query: string): Promise<string[]> => ((await admin.get(`/users${query}`).expect(200)).body.items as { role: string }[]).map(({ role }) => role);
  expect(new Set(await users('?role=admin'))).toEqual(new Set(['admin']));
  expect(await users('?search=credit-manager&state=active')).toEqual(['credit-manager']);
  expect(await users('?state=off')).toEqual([]);
  await api.withKey(['read']);
  const keys = async (query: string): Promise<number> => ((await admin.get(`/api-keys${query}`).expect(200)).body.items as object[]).length;
  expect([await keys('?state=active'), await keys('?state=expired'), await keys('?state=revoked')]).toEqual([1, 0, 0]);
  await api.knex('api_keys').update({ expires_at: '2020-01-01' });
  expect([await keys('?state=active'), await keys('?state=expired'), await keys('?search=dw_')]).toEqual([0, 1, 1]);
});
