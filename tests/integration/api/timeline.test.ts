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
    await (await api.withKey(['admin'])).post(`/notifications/${bell.items[0]!.id}/read`).expect(403);
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

describe('what segments, campaigns and people did', () => {
  test('is told: who joined and left and why, what runs decided, fees, discounts, requests for write-offs and their answers, and notes on disputes', async () => {
    await manager.post('/customers/bulk', { records: [{ externalId: 'TOLD', name: 'Told', timeZone: 'Europe/Paris' }] }).expect(200);
    await manager.post('/invoices/bulk', { records: [{ externalId: 'T-1', customerExternalId: 'TOLD', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 100_000 }] }).expect(200);
    const { rows: [ids] } = await api.knex.raw<{ rows: { customer: number; invoice: number }[] }>(`SELECT customer_id AS customer, id AS invoice FROM invoices WHERE external_id = 'T-1'`);
    const { customer, invoice } = ids!;
    const charged = (await manager.post(`/invoices/${invoice}/charges`, { rule: { kind: 'fixed', amountMinor: 4_000 } }).expect(201)).body as { items: { id: number }[] };
    await manager.post(`/charges/${charged.items[0]!.id}/waive`, { reason: 'A friend of the house' }).expect(200);
    await manager.post(`/invoices/${invoice}/discounts`, { terms: { kind: 'percent', percent: '2' }, forDays: 5 }).expect(201);
    const request = (await clara.post(`/invoices/${invoice}/write-off-requests`, { amountMinor: 5_000, reason: 'Too small to sue for' }).expect(201)).body as { id: number };
    await manager.post(`/approvals/${request.id}/refuse`, { reason: 'They will pay' }).expect(200);
    const dispute = (await manager.post('/disputes', { externalId: 'TD-1', invoiceExternalId: 'T-1', amountMinor: 10_000, reason: 'price', detail: null }).expect(201)).body as { id: number };
    await clara.post(`/disputes/${dispute.id}/notes`, { body: 'They sent the price list' }).expect(200);
    await api.knex.raw(`
      WITH segment AS (INSERT INTO segments (key, title, document, condition, created_at, created_by, updated_at) VALUES ('told', 'Told of', '{}', '{}', now(), 'x', now()) RETURNING id),
        history AS (INSERT INTO segment_history (segment_id, customer_id, change, at, reason) SELECT id, :customer, c.change, c.at::timestamptz, c.reason FROM segment, (VALUES ('joined', '2026-03-01Z', 'owes more'), ('left', '2026-03-20Z', 'owes less')) c (change, at, reason)),
        run AS (INSERT INTO segment_runs (segment_id, number, planned_at, state) SELECT id, 3, '2026-03-10Z', 'done' FROM segment RETURNING id)
      INSERT INTO segment_decisions (run_id, customer_id, outcome, reason_code, reason, at, on_date, ledger_version) SELECT id, :customer, 'suppressed', 'spacing', 'the customer was contacted on 2026-03-09', '2026-03-10Z', '2026-03-10', 1 FROM run`, { customer });
    await api.knex.raw(`
      WITH campaign AS (INSERT INTO campaigns (key, state, document, parsed, created_at, created_by) VALUES ('spring', 'launched', '{"title": "Spring"}', '{}', now(), 'x') RETURNING id),
        runs AS (INSERT INTO campaign_runs (campaign_id, run, state, started_at, ended_at) SELECT id, r.run, r.state, '2026-03-01Z', r.ended::timestamptz FROM campaign, (VALUES (1, 'done', '2026-03-20Z'), (2, 'stopped', '2026-03-25Z'), (3, 'running', NULL)) r (run, state, ended) RETURNING id, run)
      INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, reason, joined_at, joined_after_event, ended_at)
      SELECT id, :customer, CASE run WHEN 3 THEN 'holdout' ELSE 'all' END, CASE run WHEN 1 THEN 'stopped' WHEN 2 THEN 'active' ELSE 'held-out' END, CASE run WHEN 1 THEN 'paid' WHEN 2 THEN 'the send window is closed' END, '2026-03-02Z', 0, CASE run WHEN 1 THEN '2026-03-05Z'::timestamptz END FROM runs`, { customer });

    const told = async (kind: string) => ((await clara.get(`/customers/${customer}/timeline?kind=${kind}`).expect(200)).body as { items: (Entry & { state: string | null; amountMinor: number | null; actor: string | null })[] }).items;
    expect((await told('segment')).map(({ at, title, state, detail }) => [at.slice(0, 10), title, state, detail])).toEqual([['2026-03-20', 'Told of', 'left', 'owes less'], ['2026-03-01', 'Told of', 'joined', 'owes more']]);
    expect(await told('segment-run')).toEqual([expect.objectContaining({ title: 'Told of, run 3', state: 'suppressed', detail: 'the customer was contacted on 2026-03-09' })]);
    expect((await told('campaign')).map(({ at, title, state, detail }) => [at.slice(0, 10), title, state, detail])).toEqual([
      ['2026-03-25', 'Spring', 'stopped', 'the campaign was stopped'], ['2026-03-05', 'Spring', 'stopped', 'paid'],
      ...['held-out', 'joined', 'joined'].map((state) => ['2026-03-02', 'Spring', state, null]),
    ]);
    expect((await told('charge')).map(({ title, state, amountMinor, detail }) => [title, state, amountMinor, detail]).sort()).toEqual([['Late fee', 'charged', 4_000, expect.any(String)], ['Late fee', 'waived', 4_000, 'A friend of the house']]);
    expect(await told('discount')).toEqual([expect.objectContaining({ title: 'Discount until 2026-04-05', detail: '2 % off', amountMinor: 2_000, state: 'offered' })]);
    expect((await told('approval')).map(({ title, state, detail, amountMinor }) => [title, state, detail, amountMinor]).sort()).toEqual([
      ['Approval answered: a write-off', 'refused', 'They will pay', 5_000], ['Approval asked for: a write-off', 'refused', 'Too small to sue for', 5_000],
    ]);
    expect((await told('dispute')).map(({ title, detail }) => [title, detail])).toContainEqual(['Note on a dispute', 'They sent the price list']);
    const every = ((await clara.get(`/customers/${customer}/timeline?limit=200`).expect(200)).body as { items: Entry[] }).items;
    expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
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

  test('a page of 250,000 entries reads no more rows than a page holds of each kind, at the top and far down', async () => {
    const { rows: [busy] } = await api.knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'BUSY'`);
    await api.knex.raw(`INSERT INTO messages (id, idempotency_key, customer_id, template, language, to_addresses, ledger_version, queued_at, state)
      SELECT gen_random_uuid(), 'k' || n, :busy, 't', 'en', '{}', 1, timestamptz '2020-01-01Z' + n * interval '50 minutes', 'sent' FROM generate_series(1, 40000) n`, { busy: busy!.id });
    await api.knex.raw(`INSERT INTO notes (customer_id, author, body, at) SELECT :busy, 'a', 'b', timestamptz '2020-01-01Z' + n / 3 * interval '3 hours' FROM generate_series(1, 30000) n`, { busy: busy!.id });
    await api.knex.raw(`INSERT INTO tasks (key, queue, title, customer_id, created_at, state, outcome, closed_at)
      SELECT 'busy' || n, 'Sales', 't', :busy, timestamptz '2020-01-01Z' + n * interval '2 hours', 'done', CASE WHEN n % 3 = 0 THEN 'promised' ELSE 'done' END, timestamptz '2020-01-02Z' + n * interval '2 hours' FROM generate_series(1, 15000) n`, { busy: busy!.id });
    await manager.post('/invoices/bulk', { records: [{ externalId: 'BUSY-1', customerExternalId: 'BUSY', issuedOn: '2020-01-01', dueOn: '2020-02-01', currency: 'EUR', totalMinor: 100 }] }).expect(200);
    await api.knex.raw(`
      WITH segment AS (INSERT INTO segments (key, title, document, condition, created_at, created_by, updated_at) VALUES ('busy', 'Busy', '{}', '{}', now(), 'x', now()) RETURNING id),
        history AS (INSERT INTO segment_history (segment_id, customer_id, change, at, reason) SELECT id, :busy, 'joined', timestamptz '2020-01-01Z' + n * interval '2 hours', 'r' FROM segment, generate_series(1, 30000) n),
        runs AS (INSERT INTO segment_runs (segment_id, number, planned_at, state) SELECT id, n, timestamptz '2020-01-01Z' + n * interval '2 hours', 'done' FROM segment, generate_series(1, 30000) n RETURNING id, number)
      INSERT INTO segment_decisions (run_id, customer_id, outcome, reason_code, reason, at, on_date, ledger_version) SELECT id, :busy, 'suppressed', 'settled', 'r', timestamptz '2020-01-01Z' + number * interval '2 hours', '2020-01-01', 1 FROM runs`, { busy: busy!.id });
    const often = `FROM invoices i, generate_series(1, 20000) n, LATERAL (SELECT timestamptz '2020-01-01Z' + n * interval '2 hours' AS at) t WHERE i.external_id = 'BUSY-1'`;
    await api.knex.raw(`INSERT INTO charges (invoice_id, customer_id, kind, amount_minor, currency, basis, charged_at, charged_by, waived_at) SELECT i.id, i.customer_id, 'late-fee', 1, 'EUR', 'b', t.at, 'system:policy', t.at ${often}`);
    await api.knex.raw(`INSERT INTO approvals (key, kind, customer_id, invoice_id, role, amount_minor, currency, state, requested_by, requested_at, answered_at) SELECT 'busy' || n, 'write-off', i.customer_id, i.id, 'admin', 1, 'EUR', 'refused', 'user:1', t.at, t.at ${often}`);
    await api.knex.raw(`INSERT INTO discount_offers (key, invoice_id, customer_id, source, source_name, rule, currency, base_minor, after_application_id, offered_at, expires_at, last_day, withdrawn_at)
      SELECT 'busy' || n, i.id, i.customer_id, 'policy', 'p', '{"kind": "percent", "rate": 20000}', 'EUR', 100, 0, t.at, t.at, t.at::date, t.at ${often}`);
    await api.knex.raw(`INSERT INTO events (kind, key, customer_id, invoice_id, at, data) SELECT CASE n % 20 WHEN 0 THEN 'discount.honoured' WHEN 1 THEN 'discount.taken-back' ELSE 'email.delivered' END, 'busy' || n, i.customer_id, i.id, t.at, '{"amountMinor": 1, "currency": "EUR"}' ${often}`);
    await api.knex.raw('ANALYZE messages, notes, tasks, invoices, segment_history, segment_runs, segment_decisions, charges, approvals, discount_offers, events');
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
