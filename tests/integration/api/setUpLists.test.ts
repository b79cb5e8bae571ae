import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { startApi, type Caller, type TestApi } from './startApi';

type Row = Record<string, unknown>;
interface Page { items: Row[]; next: string | null }

let api: TestApi;
let admin: Caller;
const queue = { assignment: 'none', escalation: 'none', escalateTo: null, leadId: null, memberIds: [] as number[] };
const template = { title: '=Call', instructions: null, queue: 'Collections', dueInDays: 1, priority: 2, outcomes: null, active: true };

beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
  admin = await api.as('admin');
  const { id: me } = ((await admin.get('/session').expect(200)).body as { user: { id: number } }).user;
  await admin.put('/task-queues/Collections', { ...queue, memberIds: [me] }).expect(200);
  await admin.put('/task-queues/Sales', queue).expect(200);
  await admin.put('/task-templates/first-call', template).expect(200);
  await admin.put('/task-templates/visit', { ...template, title: 'Visit', queue: 'Sales', active: false }).expect(200);
  await admin.put('/issue-types/visit', { label: '@Visit', active: true }).expect(200);
  await admin.put('/issue-types/bank', { label: 'Change of bank', active: false }).expect(200);
  await admin.post('/segments', { key: 'large', title: 'Large', condition: { field: 'customer.openInvoices', op: '>', value: 0 } }).expect(201);
  await admin.post('/segments', { key: 'small', title: 'Small', condition: { field: 'customer.openInvoices', op: '=', value: 1 } }).expect(201);
  for (const url of ['https://erp.example/in', 'https://crm.example/in']) await admin.post('/webhook-endpoints', { url, events: ['hold.placed'] }).expect(201);
  await admin.post('/webhook-endpoints/2', { active: false }).expect(200);
  const source = readFileSync('policies/reference.yaml', 'utf8');
  for (const name of ['reference', 'strict']) await admin.post('/policies', { source: source.replace(/^policy: .*$/m, `policy: ${name}`) }).expect(201);
  for (const name of ['reference', 'strict']) await admin.post('/policy-drafts', { source: source.replace(/^policy: .*$/m, `policy: ${name}`) }).expect(201);
  for (const [reason, state] of [['New ladder', 'done'], ['=Stricter', 'running']]) {
    await api.knex.raw(
      `INSERT INTO policy_migrations (to_version_id, scope, rules, reason, total, created_by, created_at, state) SELECT id, '{"kind":"versions","ids":[]}', '{"mode":"move","mapping":{},"missed":"pass"}', ?, 0, 'Mia', now(), ? FROM policy_versions WHERE policy = 'strict'`, [reason!, state!]);
  }
  for (const kind of ['customers', 'invoices']) await api.knex('imports').insert({ kind, file_name: `${kind}.csv`, path: '/nowhere', bytes: 1, columns: '[]', sample: '[]', suggested: JSON.stringify({ kind, columns: {} }), created_by: 'Mia' });
  await api.knex('suppressed_addresses').insert([{ email: 'ap@acme.example', reason: 'bounced' }, { email: 'ap@brauer.example', reason: 'by-hand' }]);
});
afterAll(() => api.stop());

const listed = async (path: string, query: string): Promise<Page> => (await admin.get(`${path}?${query}`).expect(200)).body as Page;
/** All of a list, a row at a time. */
async function walked(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page = await listed(path, `limit=1${cursor && `&cursor=${cursor}`}`);
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

/** A list, what tells its rows apart, and filters with the rows that they leave. */
const lists: readonly [path: string, names: string, filters: Readonly<Record<string, readonly string[]>>][] = [
  ['/task-queues', 'name', { 'search=sal': ['Sales'], 'search=admin': ['Collections'] }],
  ['/task-templates', 'name', { 'search=CALL': ['first-call'], 'queue=Sales': ['visit'], 'active=true': ['first-call'], 'active=false': ['visit'], 'search=call&queue=Sales': [] }],
  ['/issue-types', 'code', { 'search=bank': ['bank'], 'search=%40vis&active=true': ['visit'], 'active=false': ['bank'] }],
  ['/segments', 'key', { 'search=larg': ['large'], 'search=100%25': [] }],
  ['/webhook-endpoints', 'url', { 'search=erp': ['https://erp.example/in'], 'active=false': ['https://crm.example/in'] }],
  ['/policies', 'policy', { 'search=stri': ['strict'], 'inForce=true': ['strict', 'reference'], 'inForce=false': [] }],
  ['/policy-drafts', 'name', { 'search=refer': ['reference'] }],
  ['/policy-migrations', 'reason', { 'state=running': ['=Stricter'], 'search=ladder': ['New ladder'], 'search=strict@1': ['=Stricter', 'New ladder'], 'search=mia&state=done': ['New ladder'] }],
  ['/imports', 'kind', { 'kind=customers': ['customers'], 'search=invoices.': ['invoices'], 'state=running': [] }],
  ['/suppressed-addresses', 'email', { 'search=acme': ['ap@acme.example'] }],
];

describe.each(lists)('%s', (path, names, filters) => {
  test('comes page by page as it comes at once', async () => {
    const whole = await listed(path, 'limit=200');
    expect([whole.items.length >= 2, whole.next]).toEqual([true, null]);
    expect(await walked(path)).toEqual(whole.items);
  });

  test.each(Object.entries(filters))('?%s leaves %j, in the file too', async (query, left) => {
    expect((await listed(path, query)).items.map((row) => row[names])).toEqual(left);
    const rows = parse((await admin.get(`${path}.csv?${query}`).expect(200)).text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row[names])).toEqual(left.map((text) => (text.startsWith('=') ? `'${text}` : text)));
  });
});

test('templates of messages by kind, words and state', async () => {
  const all = (await listed('/templates', 'limit=200')).items;
  expect(await walked('/templates')).toEqual(all);
  expect((await listed('/templates', 'kind=internal&limit=200')).items).toEqual(all.filter(({ kind }) => kind === 'internal'));
  expect((await listed('/templates', 'search=overdue&limit=200')).items.map(({ name }) => name)).toContain('overdue');
  expect((await listed('/templates', 'state=draft')).items).toEqual([]);
  const { id, rowVersion } = all.find(({ name }) => name === 'overdue')!;
  const { versions: [published] } = (await admin.get(`/templates/${String(id)}`).expect(200)).body as { versions: { defaultLanguage: string; texts: object }[] };
  await admin.post(`/templates/${String(id)}/draft`, { rowVersion, draft: { defaultLanguage: published!.defaultLanguage, texts: published!.texts } }).expect(200);
  expect((await listed('/templates', 'state=draft')).items).toMatchObject([{ name: 'overdue' }]);
  expect((await admin.get('/templates.csv?search=overdue').expect(200)).text).toContain('overdue');
});

test('a queue has a line in the file for each of its people; what a cell begins with does not run', async () => {
  const rows = parse((await admin.get('/task-queues.csv').expect(200)).text, { bom: true, columns: true }) as Record<string, string>[];
  expect(rows.map((row) => [row.name, row['members.name']])).toEqual([['Collections', expect.stringContaining('admin')], ['Credit', ''], ['Customer Care', ''], ['Sales', '']]);
  expect((await admin.get('/task-templates.csv?active=true').expect(200)).text).toContain(`'=Call`);
  expect((await admin.get('/issue-types.csv?active=true').expect(200)).text).toContain(`'@Visit`);
});

test('reference rates of a law, page by page, the newest first', async () => {
  const whole = (await listed('/reference-rates', 'preset=de&limit=200')).items;
  expect(whole.map(({ halfYear }) => String(halfYear))).toEqual(whole.map(({ halfYear }) => String(halfYear)).sort().reverse());
  const first = await listed('/reference-rates', 'preset=de&limit=7');
  expect([...first.items, ...(await listed('/reference-rates', `preset=de&limit=200&cursor=${first.next}`)).items]).toEqual(whole);
  await admin.get('/reference-rates?cursor=nonsense').expect(400);
});

test('deliveries of an endpoint by how they stand', async () => {
  await api.knex('webhook_deliveries').insert(['waiting', 'failed'].map((state) => ({ id: randomUUID(), endpoint_id: 1, event: 'hold.placed', event_key: `k-${state}`, body: '{}', state })));
  expect((await listed('/webhook-endpoints/1/deliveries', 'state=failed')).items).toMatchObject([{ eventKey: 'k-failed' }]);
  await admin.get('/webhook-endpoints/1/deliveries?state=lost').expect(400);
});
