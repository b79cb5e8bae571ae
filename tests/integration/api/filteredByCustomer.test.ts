import { keepMembership } from '../../../db/segments/keepMembership';
import { startApi, type Caller, type TestApi } from './startApi';

const now = '2026-03-02T09:00:00Z';
let api: TestApi;
let manager: Caller;
let ids: Record<string, number>;

beforeAll(async () => {
  api = await startApi({ now });
  manager = await api.as('credit-manager');
  await manager.post('/customers/bulk', { records: ['ACME', 'BOLT', 'CORK', 'DOVE', 'EAST'].map((externalId) => ({ externalId, name: externalId, timeZone: externalId === 'EAST' ? 'Asia/Tokyo' : 'UTC' })) }).expect(200);
  const invoice = (externalId: string, customerExternalId: string, currency: string, totalMinor: number, dueOn = '2026-02-01') => ({ externalId, customerExternalId, issuedOn: '2026-01-01', dueOn, currency, totalMinor });
  await manager.post('/invoices/bulk', { records: [
    invoice('A-1', 'ACME', 'EUR', 10_000), invoice('A-2', 'ACME', 'EUR', 5_000), invoice('B-1', 'BOLT', 'EUR', 20_000), invoice('C-1', 'CORK', 'USD', 900_000), invoice('D-1', 'DOVE', 'EUR', 700_000, '2026-06-01'),
    invoice('E-1', 'EAST', 'EUR', 1_000, '2026-03-02'),
  ] }).expect(200);
  const { rows } = await api.knex.raw<{ rows: { external_id: string; id: number }[] }>('SELECT external_id, id FROM customers');
  ids = Object.fromEntries(rows.map(({ external_id, id }) => [external_id, id]));
});
afterAll(() => api.stop());

const listed = async (path: string): Promise<string[]> => ((await manager.get(path).expect(200)).body as { items: { name?: string; customerName?: string }[] }).items.map(({ name, customerName }) => name ?? customerName!);

describe('customers', () => {
  test('by what is overdue, in the currency in which most is open or in another, page by page; what is not due yet counts for nothing', async () => {
    expect(await listed('/customers?sort=-overdue&limit=2')).toEqual(['BOLT', 'ACME']);
    expect((await listed('/customers?sort=-overdue&currency=USD'))[0]).toBe('CORK');
    expect((await listed('/customers?sort=overdue')).slice(-2)).toEqual(['ACME', 'BOLT']);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, next } = (await manager.get(`/customers?sort=-overdue&limit=2${cursor && `&cursor=${cursor}`}`).expect(200)).body as { items: { name: string }[]; next: string | null };
      seen.push(...items.map(({ name }) => name));
      cursor = next ?? '';
    } while (cursor !== '');
    expect(seen.slice(0, 2)).toEqual(['BOLT', 'ACME']);
    expect([...seen].sort()).toEqual(['ACME', 'BOLT', 'CORK', 'DOVE', 'EAST']);
  });

  test('what is due today is overdue once the customer’s own day is over', async () => {
    expect((await listed('/customers?sort=-overdue&search=EAST&overdue=true'))).toEqual([]);
    await api.knex.raw(`UPDATE clock SET virtual_now = '2026-03-02T15:30:00Z'`); // 3 March in Tokyo
    expect((await listed('/customers?sort=-overdue&limit=3'))).toEqual(['BOLT', 'ACME', 'EAST']);
    await api.knex.raw('UPDATE clock SET virtual_now = ?', [now]);
  });

  test('a place among amounts of one currency is none among those of another', async () => {
    const { next } = (await manager.get('/customers?sort=-overdue&limit=1&currency=EUR').expect(200)).body as { next: string };
    await manager.get(`/customers?sort=-overdue&limit=1&currency=USD&cursor=${next}`).expect(400);
  });

  test('of a segment, of an owner, and by how they pay', async () => {
    const { id } = (await manager.post('/segments', { key: 'large', title: 'Large', condition: { field: 'customer.balance', op: '>', value: { EUR: '140.00' } } }).expect(201)).body as { id: number };
    await keepMembership(api.knex, Date.parse(now));
    expect(await listed(`/customers?segmentId=${id}`)).toEqual(['ACME', 'BOLT', 'DOVE']);
    expect(await listed(`/customers?segmentId=${id}&sort=-overdue&overdue=true`)).toEqual(['BOLT', 'ACME']);
    await api.knex.raw(`INSERT INTO customer_behaviour (customer_id, class, reason, updated_at) VALUES (?, 'at-risk', 'r', now()) ON CONFLICT (customer_id) DO UPDATE SET class = 'at-risk'`, [ids['BOLT']!]);
    expect(await listed('/customers?behaviour=at-risk')).toEqual(['BOLT']);
    const me = ((await manager.get('/session').expect(200)).body as { user: { id: number } }).user.id;
    await manager.put(`/customers/${ids['CORK']}/owner`, { userId: me }).expect(200);
    expect(await listed(`/customers?ownerId=${me}`)).toEqual(['CORK']);
    await manager.get('/customers?behaviour=lazy').expect(400);
  });
});

test('what an automation has heard of, and who is in a campaign, of one customer', async () => {
  const automation = (await manager.post('/automations', { key: 'late', document: { title: 'Late', trigger: { kind: 'payment.partial' }, actions: [{ kind: 'task', queue: 'Collections', title: 'Call' }] } }).expect(201)).body as { id: number };
  await api.knex.raw(`WITH happened AS (INSERT INTO events (key, kind, customer_id, at) SELECT 'e/' || external_id, 'payment.partial', id, ? FROM customers WHERE external_id IN ('ACME', 'BOLT') RETURNING id, customer_id)
    INSERT INTO automation_firings (automation_id, version_id, event_id, customer_id, state, reason, decided_at) SELECT ?, v.id, h.id, h.customer_id, 'fired', 'r', ? FROM happened h CROSS JOIN automation_versions v WHERE v.automation_id = ?`, [now, automation.id, now, automation.id]);
  expect((await listed(`/automations/${automation.id}/firings`)).sort()).toEqual(['ACME', 'BOLT']);
  expect(await listed(`/automations/${automation.id}/firings?customerId=${ids['BOLT']}`)).toEqual(['BOLT']);

  const campaign = (await manager.post('/campaigns', { key: 'spring', document: { title: 'Spring', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 5 } }, schedule: { kind: 'now' }, steps: [{ id: 'first', afterDays: 0, action: { kind: 'task', queue: 'Collections', title: 'Call' } }] } }).expect(201)).body as { id: number };
  await api.knex.raw(`WITH run AS (INSERT INTO campaign_runs (campaign_id, run, started_at) VALUES (?, 1, ?) RETURNING id)
    INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, joined_at, joined_after_event) SELECT run.id, c.id, 'all', 'active', ?, 0 FROM run CROSS JOIN customers c WHERE c.external_id IN ('ACME', 'BOLT')`, [campaign.id, now, now]);
  expect((await listed(`/campaigns/${campaign.id}/members`)).sort()).toEqual(['ACME', 'BOLT']);
  expect(await listed(`/campaigns/${campaign.id}/members?customerId=${ids['ACME']}`)).toEqual(['ACME']);
});
