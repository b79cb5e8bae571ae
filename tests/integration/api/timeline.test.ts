import { readTimeline } from '../../../db/readmodels/timeline';
import { startApi, type Caller, type TestApi } from './startApi';

interface Entry { id: string; kind: string; at: string; title: string; detail: string | null }

let api: TestApi;
let manager: Caller;
let clara: Caller;
let customerId: number;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
  manager = await api.as('credit-manager');
  clara = await api.as('collector');
  await manager.post('/customers/bulk', { records: [{ externalId: 'C', name: 'Customer', timeZone: 'Europe/Paris' }, { externalId: 'BUSY', name: 'Busy', timeZone: 'America/New_York' }] }).expect(200);
  customerId = ((await manager.get('/customers?externalId=C').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
  await manager.post('/invoices/bulk', { records: [{ externalId: 'I-1', customerExternalId: 'C', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 120_050 }] }).expect(200);
});
afterAll(() => api.stop());

const me = async (caller: Caller): Promise<{ id: number; name: string }> => ((await caller.get('/session').expect(200)).body as { user: { id: number; name: string } }).user;
const timeline = async (query = ''): Promise<Entry[]> => ((await clara.get(`/customers/${customerId}/timeline${query}`).expect(200)).body as { items: Entry[] }).items;

describe('notes', () => {
  test('whoever is mentioned is notified, once, and nobody else sees it', async () => {
    const [mentionedUser, writer] = [await me(manager), await me(clara)];
    const note = await clara.post(`/customers/${customerId}/notes`, { body: `Please look, @${mentionedUser.name}! <b>@${mentionedUser.name}</b>` }).set('idempotency-key', 'n1').expect(201);
    await clara.post(`/customers/${customerId}/notes`, { body: `Please look, @${mentionedUser.name}! <b>@${mentionedUser.name}</b>` }).set('idempotency-key', 'n1').expect(201);
    expect(note.body).toMatchObject({ mentions: [{ id: mentionedUser.id }], issueType: null, body: expect.stringContaining('<b>') as string });
    const bell = (await manager.get('/notifications?unread=true').expect(200)).body as { items: { id: number; title: string; customerId: number }[] };
    expect(bell.items).toEqual([expect.objectContaining({ title: expect.stringContaining(`${writer.name} mentioned you: Please look`) as string, customerId })]);
    expect((await clara.get('/notifications?unread=true').expect(200)).body).toMatchObject({ items: [] });
    await clara.post(`/notifications/${bell.items[0]!.id}/read`).expect(404);
    await manager.post(`/notifications/${bell.items[0]!.id}/read`).expect(200);
    expect((await manager.get('/notifications?unread=true').expect(200)).body).toMatchObject({ items: [] });
  });

  test('an entry has an issue type that is in use; managers say which there are', async () => {
    await clara.post(`/customers/${customerId}/notes`, { body: 'They wait for the order number', issueType: 'no-such' }).expect(409);
    await clara.put('/issue-types/pallets', { label: 'Pallets not returned', active: true }).expect(403);
    await manager.put('/issue-types/pallets', { label: 'Pallets not returned', active: true }).expect(200);
    await clara.post(`/customers/${customerId}/notes`, { body: 'Seven are missing', issueType: 'pallets' }).expect(201);
    await manager.put('/issue-types/pallets', { label: 'Pallets missing', active: false }).expect(200);
    await clara.post(`/customers/${customerId}/notes`, { body: 'Eight', issueType: 'pallets' }).expect(409);
    expect(await timeline('?kind=entry')).toEqual([expect.objectContaining({ kind: 'entry', title: 'Pallets missing', detail: 'Seven are missing' })]);
  });
});

describe('one timeline', () => {
  test('of everything, newest first, by kind and by invoice, and the same page by page as at once', async () => {
    const invoiceId = ((await clara.get(`/invoices?customerId=${customerId}`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
    await api.knex('tasks').insert([{ key: 'a', queue: 'Sales', title: 'Call', customer_id: customerId, invoice_id: invoiceId, created_at: '2026-03-20T09:00:00Z', state: 'done', outcome: 'no-answer', closed_at: '2026-03-21T09:00:00Z' },
      { key: 'b', queue: 'Sales', title: 'Look it up', customer_id: customerId, created_at: '2026-03-20T09:00:00Z', state: 'done', outcome: 'done', closed_at: '2026-03-21T09:00:00Z' }]);
    const all = await timeline('?limit=200');
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['note', 'entry', 'task', 'call', 'invoice', 'change']));
    expect(all.map(({ at }) => at)).toEqual([...all.map(({ at }) => at)].sort().reverse());
    // What people do to the customer is dated by the deployment's clock, as everything else there is.
    expect((await timeline('?kind=change')).map(({ title, at }) => ({ title, at }))).toContainEqual({ title: 'customer.created', at: '2026-03-31T12:00:00.000Z' });
    const paged: Entry[] = [];
    for (let cursor = ''; ;) {
      const page = (await clara.get(`/customers/${customerId}/timeline?limit=2${cursor && `&cursor=${cursor}`}`).expect(200)).body as { items: Entry[]; next: string | null };
      paged.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect((await timeline('?kind=call')).map(({ title }) => title)).toEqual(['Call']);
    expect(new Set((await timeline(`?invoiceId=${invoiceId}`)).map(({ kind }) => kind))).toEqual(new Set(['task', 'call', 'invoice']));
    expect(await timeline(`?invoiceId=${invoiceId}&kind=payment`)).toEqual([]);
  });

  test('a page of 100,000 entries reads no more rows than a page holds of each kind, at the top and far down', async () => {
    const { rows: [busy] } = await api.knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'BUSY'`);
    await api.knex.raw(`INSERT INTO messages (id, idempotency_key, customer_id, template, language, to_addresses, ledger_version, queued_at, state)
      SELECT gen_random_uuid(), 'k' || n, :busy, 't', 'en', '{}', 1, timestamptz '2020-01-01Z' + n * interval '50 minutes', 'sent' FROM generate_series(1, 40000) n`, { busy: busy!.id });
    await api.knex.raw(`INSERT INTO notes (customer_id, author, body, at) SELECT :busy, 'a', 'b', timestamptz '2020-01-01Z' + n / 3 * interval '3 hours' FROM generate_series(1, 30000) n`, { busy: busy!.id });
    await api.knex.raw(`INSERT INTO tasks (key, queue, title, customer_id, created_at, state, outcome, closed_at)
      SELECT 'busy' || n, 'Sales', 't', :busy, timestamptz '2020-01-01Z' + n * interval '2 hours', 'done', CASE WHEN n % 3 = 0 THEN 'promised' ELSE 'done' END, timestamptz '2020-01-02Z' + n * interval '2 hours' FROM generate_series(1, 15000) n`, { busy: busy!.id });
    await api.knex.raw('ANALYZE messages, notes, tasks');
    const plans: Plan[] = [];
    const explain = async (sql: string, bindings: string[]): Promise<unknown> => {
      const { rows } = await api.knex.raw<{ rows: { 'QUERY PLAN': { Plan: Plan }[] }[] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, bindings);
      plans.push(rows[0]!['QUERY PLAN'][0]!.Plan);
      return api.knex.raw(sql, bindings);
    };
    const explaining = { raw: (sql: string, bindings: string[]) => ({ options: () => explain(sql, bindings) }) } as unknown as typeof api.knex;
    const limit = 50;
    const top = await readTimeline(explaining, busy!.id, {}, { after: null, limit });
    expect(top.rows).toHaveLength(limit);
    const down = await readTimeline(explaining, busy!.id, {}, { after: ['2021-06-01T00:00:00Z', 'x'], limit });
    expect(down.rows).toHaveLength(limit);
    // Each branch may read one page and what shares its last instant; closed tasks are read past those of the other kind.
    for (const plan of plans) expect(mostRows(plan)).toBeLessThan(20 * limit);
  });
});

interface Plan { 'Actual Rows': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] }
function mostRows(plan: Plan): number {
  return Math.max(plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0), ...(plan.Plans ?? []).map(mostRows));
}
