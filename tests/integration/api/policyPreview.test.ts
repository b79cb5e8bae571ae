import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { systemActor } from '../../../db/audit';
import { insertCollections } from '../../../db/collection/collections';
import { assignCustomers } from '../../../db/policies/assignCustomers';
import { createPreview, keepResult } from '../../../db/policies/previews';
import { resolvePolicies } from '../../../db/policies/resolve';
import { customersUnderWay } from '../../../db/policies/underWay';
import { setRun } from '../../../db/segments/controlRun';
import { createSegment } from '../../../db/segments/segments';
import { defaultMoveRules } from '../../../domain/migration/moveRules';
import { readRun } from '../../../domain/segment/readRun';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
const source = readFileSync(path.join(__dirname, '../../../policies/reference.yaml'), 'utf8');
const strict = readFileSync(path.join(__dirname, '../../../policies/strict.yaml'), 'utf8');
const ids: Record<string, number> = {};
let referenceId: number;

beforeAll(async () => {
  api = await startApi({ now: '2026-03-02T08:00:00Z' });
  manager = await api.as('credit-manager');
  referenceId = ((await manager.post('/policies', { source }).expect(201)).body as { id: number }).id;
  await manager.post('/customers/bulk', { records: ['A', 'B', 'C'].map((name) => ({ externalId: name, name, timeZone: 'UTC', contacts: [{ email: `${name}@x.example` }] })) }).expect(200);
  // A is a day before its due date, B a week after it, C far from it.
  const due: Record<string, string> = { A: '2026-03-03', B: '2026-02-23', C: '2026-08-01' };
  await manager.post('/invoices/bulk', { records: Object.entries(due).map(([name, dueOn]) => ({ externalId: `I-${name}`, customerExternalId: name, issuedOn: '2026-02-01', dueOn, currency: 'USD', totalMinor: 100_000 })) }).expect(200);
  const { rows } = await api.knex.raw<{ rows: { id: number; customer_id: number; external_id: string }[] }>('SELECT id, customer_id, external_id FROM invoices');
  for (const row of rows) ids[row.external_id] = row.id;
  for (const row of rows) ids[row.external_id.slice(2)] = row.customer_id;
  await insertCollections(api.knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: referenceId, requestedSeq: 0, startedAt: 0 })));
});
afterAll(() => api.stop());

interface Preview { id: string; state: string; problem: string | null; result: { segments: { segment: string }[]; customers: number; invoices: number; today: { emails: number }; draft: { emails: number }; newlyContacted: number; noLongerContacted: number; changedCustomers: number; steps: { step: string; dueAtOnce: number }[] } }
async function preview(body: object): Promise<Preview> {
  let found = (await manager.post('/policy-previews', body).expect(202)).body as Preview;
  while (found.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = (await manager.get(`/policy-previews/${found.id}`).expect(200)).body as Preview;
  }
  expect(found).toMatchObject({ state: 'done', problem: null });
  return found;
}

interface Changed { customerExternalId: string; contact: string | null; today: { emails: number }; draft: { emails: number } }
const customersOf = async (id: string, query = '') => (await manager.get(`/policy-previews/${id}/customers${query}`).expect(200)).body as { items: Changed[]; next: string | null };

test('a preview tells what a draft would do beside what is done today, and who is contacted newly and no longer', async () => {
  const same = await preview({ source: source.replace('version: 1', 'version: 2'), days: 10 });
  expect(same.result).toMatchObject({ customers: 3, invoices: 3, changedCustomers: 0, newlyContacted: 0, noLongerContacted: 0 });
  expect(same.result.today).toEqual(same.result.draft);

  // The reminder of the due date comes a month later; that after a week is gone.
  const late = source.replace('version: 1', 'version: 2').replace('offset: { days: 0 }\n    actions:', 'offset: { days: 30 }\n    actions:')
    .replace(/ {2}- id: overdue-7[\s\S]*?(?= {2}- id: call-14)/, '').replace(/ {2}- id: call-14[\s\S]*?(?= {2}- id: sales-30)/, '');
  const { id, result } = await preview({ source: late, days: 10, underWay: { choice: 'move', reason: 'Less' } });
  expect(result.draft.emails).toBeLessThan(result.today.emails);
  // Which customers these are is told, each with what is done for it: A and B would have been written to within ten days, and C is far from its due date.
  expect(result).toMatchObject({ noLongerContacted: 2, newlyContacted: 0 });
  const listed = await customersOf(id);
  expect(listed.items).toHaveLength(result.changedCustomers);
  const gone = (await customersOf(id, '?contact=no-longer')).items;
  expect(gone.map(({ customerExternalId }) => customerExternalId).sort()).toEqual(['A', 'B']);
  for (const each of gone) expect(each).toMatchObject({ customerId: ids[each.customerExternalId], customerName: each.customerExternalId, contact: 'no-longer', draft: { emails: 0 } });
  expect((await customersOf(id, '?contact=newly')).items).toEqual([]);
  expect((await customersOf(same.id)).items).toEqual([]);
  await manager.get('/policy-previews/00000000-0000-4000-8000-000000000000/customers').expect(404);
  await manager.post('/policy-previews', { source: 'policy: x' }).expect(422);
  await manager.get('/policy-previews/00000000-0000-4000-8000-000000000000').expect(404);
});

test('for however many customers a draft makes a difference: page by page each is listed once, the largest difference first, and all are in the file, where no name is a formula', async () => {
  const many = 1_203;
  const preview = { id: randomUUID(), tally: { emails: 0, segmentEmails: 0, statements: 0, tasks: 0, holds: 0, handoffs: 0, notices: 0, escalations: 0, charges: 0, offers: 0, starts: 0 } };
  const { rows } = await api.knex.raw<{ rows: { id: number }[] }>(`INSERT INTO customers (external_id, name, time_zone, language) SELECT 'M-' || n, CASE n WHEN 7 THEN '=1+1' ELSE 'Many ' || n END, 'UTC', 'en' FROM generate_series(1, ?) n RETURNING id`, [many]);
  await createPreview(api.knex, preview.id, { source: '', policies: [], rules: defaultMoveRules, days: 1 }, 'x');
  const changed = rows.map(({ id }, index) => ({ customerId: String(id), today: preview.tally, draft: { ...preview.tally, emails: 1 + (index % 3) }, contact: 'newly' as const, difference: 1 + (index % 3) }));
  await keepResult(api.knex, preview.id, { customers: many, invoices: many, today: preview.tally, draft: preview.tally, newlyContacted: many, noLongerContacted: 0, changedCustomers: many, changed, days: [], steps: [], segments: [], from: '2026-03-02T08:00:00Z', to: '2026-03-03T08:00:00Z', tookMs: 1 });
  expect((await manager.get(`/policy-previews/${preview.id}`).expect(200)).body).toMatchObject({ state: 'done', result: { changedCustomers: many, newlyContacted: many } });

  const walked: Changed[] = [];
  for (let cursor = ''; ;) {
    const { items, next } = await customersOf(preview.id, `?limit=200${cursor}`);
    walked.push(...items);
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(new Set(walked.map(({ customerExternalId }) => customerExternalId)).size).toBe(many);
  const emails = walked.map(({ draft }) => draft.emails);
  expect(emails).toEqual([...emails].sort((a, b) => b - a));
  expect((await customersOf(preview.id, '?search=many%201203')).items).toMatchObject([{ customerExternalId: 'M-1203' }]);

  const file = (await manager.get(`/policy-previews/${preview.id}/customers.csv?contact=newly`).expect(200)).text.trim().split('\r\n');
  expect(file).toHaveLength(1 + many);
  expect(file[0]).toContain('customerExternalId,customerName,contact,today.emails,');
  expect(file.some((line) => line.includes(`M-7,'=1+1,newly,0,`))).toBe(true);
});

test('a preview starts the policies that steps start; a draft that names one which is not in force is refused, with its place and the nearest name', async () => {
  // Where one is in force for the first time, it is everybody's for a moment.
  const own = (started: string): string => `policy: own\nversion: 1\nsteps:\n  - { id: over, anchor: due, offset: { days: 2 }, actions: [{ startPolicy: { policy: ${started} } }] }\n`;
  const refused = (await manager.post('/policies', { source: own('referense') }).expect(422)).body as { errors: { path: string; message: string }[] };
  expect(refused.errors).toEqual([{ path: 'steps[0].actions[0].startPolicy.policy', message: expect.stringContaining('no policy is called "referense", did you mean "reference"?') as unknown }]);
  await manager.post('/policy-previews', { source: own('strict'), days: 10 }).expect(422);

  const { result } = await preview({ source: own('reference'), days: 10, underWay: { choice: 'restart', missed: 'run', reason: 'Otherwise' } });
  // A and B come to the day of the step within ten days, and to the reference strategy by it.
  expect(result.draft).toMatchObject({ starts: 2 });
  expect(result.today).toMatchObject({ starts: 0 });
  expect(result.draft.emails).toBeGreaterThan(0);
});

test('what only a draft asks for, or a segment beside it, is read for the preview', async () => {
  const asking = (fields: string): string => source.replace('version: 1', 'version: 2').replace('- id: overdue-7\n', `- id: overdue-7\n    when: { all: [${fields}] }\n`);
  const never = ['customer.keptPromises', 'customer.contactsIn7Days', 'invoice.contacts', 'customer.openInvoices'].map((field) => `{ field: ${field}, op: '>', value: 50 }`);
  const always = never.map((condition) => condition.replace("'>'", "'<'"));
  const run = readRun({ rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null, when: { field: 'customer.daysSinceReply', op: '!=', value: 1 }, invoices: { which: 'open', where: null }, minimumDaysBetween: 0, actions: [{ kind: 'task', queue: 'Collections', title: 'Call', dueInDays: 1 }] });
  if (!run.ok) throw new Error(JSON.stringify(run.errors));
  const segmentId = await api.knex.transaction(async (trx) => {
    const { id } = await createSegment(trx, systemActor, 'silent', { title: 'Silent', description: null, condition: { field: 'customer.brokenPromises', op: '=', value: 0 } }, Date.parse('2026-03-02T08:00:00Z'));
    await setRun(trx, systemActor, id, run.run, false, Date.parse('2026-03-02T08:00:00Z'));
    return id;
  });
  const held = (await preview({ source: asking(never.join(', ')), days: 20 })).result;
  const kept = (await preview({ source: asking(always.join(', ')), days: 20 })).result;
  // B's reminder is left out by a condition that holds for nobody, and comes by one that holds for everybody.
  expect(kept.draft).toEqual(kept.today);
  expect(held.draft.emails).toBeLessThan(kept.draft.emails);
  // Each of the three runs asks all three customers for a call, and none of them has ever replied.
  expect(kept.today).toMatchObject({ tasks: expect.any(Number) as number });
  expect(kept.segments).toMatchObject([{ segment: 'silent', runs: 3, today: { tasks: 9 }, draft: { tasks: 9 } }]);
  await api.knex('segments').where({ id: segmentId }).del();
});

test('an assignment decides by its precedence, is explained, and is an event with a reason', async () => {
  const strictId = ((await manager.post('/policies', { source: strict, activate: false }).expect(201)).body as { id: number }).id;
  const assign = (body: object) => manager.post('/policy-assignments', { policy: 'strict', reason: 'Pays late', ...body });
  // Nothing of it is in force yet.
  await assign({ target: { kind: 'customer', id: ids.A } }).expect(409);
  await api.knex.raw('UPDATE policy_versions SET in_force = true WHERE id = ?', [strictId]);
  const [segment] = await api.knex('segments').insert({ key: 'late', title: 'Late payers', document: '{}', condition: '{}', created_at: new Date(), created_by: 'x', updated_at: new Date() }).returning('id') as { id: number }[];
  await api.knex('segment_members').insert(['A', 'B'].map((name) => ({ segment_id: segment!.id, customer_id: ids[name], joined_at: new Date(), reason: 'late' })));

  await assign({ target: { kind: 'segment', id: segment!.id } }).expect(409);
  await assign({ target: { kind: 'segment', id: segment!.id }, priority: 10 }).expect(201);
  const resolved = async (): Promise<Record<string, number | undefined>> => {
    const versions = await resolvePolicies(api.knex, [ids['I-A']!, ids['I-B']!, ids['I-C']!]);
    return Object.fromEntries(['A', 'B', 'C'].map((name) => [name, versions.get(ids[`I-${name}`]!)]));
  };
  expect(await resolved()).toEqual({ A: strictId, B: strictId, C: referenceId });
  expect((await manager.get(`/invoices/${ids['I-B']}/policy`).expect(200)).body).toEqual({ version: 'strict@1', assignedBy: 'segment', current: 'reference@1', assignment: { target: 'Late payers', reason: 'Pays late', priority: 10 } });
  const standing = async () => ({ ...(await manager.get('/policy-precedence').expect(200)).body as { precedence: string[]; byDefault: string; changes: { reason: string }[] }, ...(await manager.get('/policy-assignments').expect(200)).body as { items: { kind: string; target: string }[] } });
  expect(await standing()).toMatchObject({ items: [{ kind: 'segment', invoices: 2 }], invoicesByDefault: 1 });
  // It is an event of each customer whom it is about, with the reason.
  const { rows: events } = await api.knex.raw<{ rows: { customer_id: number; data: object }[] }>(`SELECT customer_id, data FROM events WHERE kind = 'policy.assigned' ORDER BY customer_id`);
  expect(events).toEqual([ids.A, ids.B].map((customer_id) => ({ customer_id, data: { to: 'segment', before: null, after: 'strict', reason: 'Pays late' } })));

  const customer = (await assign({ policy: 'reference', target: { kind: 'customer', id: ids.A }, underWay: { choice: 'move', reason: 'x' } }).expect(201)).body as { assignment: { id: number }; migrations: unknown[] };
  // It is on reference already.
  expect(customer.migrations).toEqual([]);
  expect(await resolved()).toEqual({ A: referenceId, B: strictId, C: referenceId });
  await assign({ target: { kind: 'invoice', id: ids['I-A'] } }).expect(201);
  expect(await resolved()).toMatchObject({ A: strictId });

  const listed = await standing();
  expect(listed.items.map(({ kind, target }) => `${kind} ${target}`)).toEqual(['invoice I-A', 'customer A', 'segment Late payers']);
  // What is stronger leaves nothing of A to its customer and its segment.
  expect(listed).toMatchObject({ items: [{ invoices: 1 }, { invoices: 0 }, { invoices: 1 }], invoicesByDefault: 1 });
  expect(listed).toMatchObject({ precedence: ['invoice', 'customer', 'segment', 'default'], byDefault: 'reference@1' });

  // Page by page it is the same; by kind and by name, less of it.
  const asked = async (query: string) => (await manager.get(`/policy-assignments?${query}`).expect(200)).body as { items: { target: string }[]; next: string | null };
  const first = await asked('limit=2');
  expect([first, await asked(`limit=2&cursor=${first.next}`)].flatMap(({ items }) => items)).toEqual(listed.items);
  // One at a time it goes from kind to kind, and the last page says that it is the last.
  const walked = [];
  for (let cursor = ''; ;) {
    const { items, next } = await asked(`limit=1${cursor}`);
    walked.push(...items);
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(walked).toEqual(listed.items);
  expect((await asked('kind=segment')).items).toEqual([listed.items[2]]);
  expect((await asked('search=late')).items).toEqual([listed.items[2]]);
  expect((await manager.get('/policy-assignments.csv?kind=customer').expect(200)).text).toContain('customer');

  const removed = (await manager.post(`/policy-assignments/${customer.assignment.id}/remove`, { reason: 'Over' }).expect(200)).body as object;
  expect(removed).toMatchObject({ migrations: [] });
  expect((await standing()).changes[0]).toMatchObject({ reason: 'Over', policyAfter: null, policyBefore: 'reference' });
});

test('an assignment stands in the history of the customer whom it is about, and in that of no customer whose id elsewhere is its number', async () => {
  await manager.post('/customers/bulk', { records: [{ externalId: String(ids.A), name: 'Numbered' }] }).expect(200);
  const { rows: [numbered] } = await api.knex.raw<{ rows: { id: number }[] }>('SELECT id FROM customers WHERE external_id = ?', [String(ids.A)]);
  const changes = async (customerId: number | undefined, query = '') => ((await manager.get(`/customers/${customerId}/timeline?kind=change&${query}`).expect(200)).body as { items: { title: string; detail: string; invoiceNumber: string | null }[] }).items.map(({ title, detail }) => `${title} ${detail}`);
  expect(await changes(numbered?.id)).toEqual(['customer.created null']);
  expect((await changes(ids.A)).sort()).toEqual(['customer.created null', 'policy-assignment.made reference: Pays late', 'policy-assignment.made strict: Pays late', 'policy-assignment.removed reference: Over']);
  expect(await changes(ids.A, `invoiceId=${ids['I-A']}`)).toEqual(['policy-assignment.made strict: Pays late']);
  const entries = await api.knex('audit_entries').whereIn('action', ['policy-assignment.made', 'policy-assignment.removed']).orderBy('seq').select('subject_type', 'subject_id');
  expect(entries).toEqual([['segment', 'late'], ['customer', 'A'], ['invoice', 'I-A'], ['customer', 'A']].map(([subject_type, subject_id]) => ({ subject_type, subject_id })));

  // Whom an experiment assigns is named alike.
  await api.knex.transaction((trx) => assignCustomers(trx, systemActor, [{ customerId: ids.C!, policy: 'strict' }], 'Drawn', new Date('2026-03-02T08:00:00Z')));
  expect(await changes(ids.C)).toContain('policy-assignment.made strict: Drawn');
  expect(await api.knex('audit_entries').orderBy('seq', 'desc').first('subject_id')).toEqual({ subject_id: 'C' });
  await api.knex('policy_assignments').where({ customer_id: ids.C }).del();
});

test('a change of assignment that moves what is under way finds only what comes under it', async () => {
  const { rows: [segment] } = await api.knex.raw<{ rows: { id: number }[] }>('SELECT id FROM segments');
  const changed = (await manager.post('/policy-assignments', { policy: 'strict', target: { kind: 'segment', id: segment!.id }, priority: 11, reason: 'Again', underWay: { choice: 'move', mapping: { 'overdue-7': null }, reason: 'Stricter' } }).expect(201)).body as { migrations: { id: number; toVersion: string; total: number }[] };
  expect(changed.migrations).toMatchObject([{ toVersion: 'strict@1', total: 2, state: 'running' }]);
  const { rows: [strictVersion] } = await api.knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM policy_versions WHERE policy = 'strict'`);
  expect(await customersUnderWay(api.knex, { migrationId: null, scope: { kind: 'segment', id: segment!.id }, toVersionId: strictVersion!.id }, 0, 10)).toEqual([ids.A, ids.B].sort((a, b) => a! - b!));
  await manager.post('/policy-assignments', { policy: 'strict', target: { kind: 'segment', id: segment!.id }, priority: 11, reason: 'Again', underWay: { choice: 'move', mapping: { nothing: 'x' }, reason: 'Stricter' } }).expect(422);
  // Pausing, resuming and stopping are the row's; what makes no sense is refused.
  const { id } = changed.migrations[0]!;
  expect((await manager.post(`/policy-migrations/${id}/pause`).expect(200)).body).toMatchObject({ state: 'paused' });
  expect((await manager.post(`/policy-migrations/${id}/resume`).expect(200)).body).toMatchObject({ state: 'running' });
  expect((await manager.post(`/policy-migrations/${id}/stop`).expect(200)).body).toMatchObject({ state: 'stopped' });
  await manager.post(`/policy-migrations/${id}/resume`).expect(409);
  expect((await manager.get(`/policy-migrations/${id}`).expect(200)).body).toMatchObject({ steps: [], versions: [] });
});

test('invoices of which an assignment decides are counted so far, and said to be more', async () => {
  const { rows: [many] } = await api.knex.raw<{ rows: { id: number }[] }>(`INSERT INTO customers (external_id, name) VALUES ('MANY', 'Many') RETURNING id`);
  await api.knex.raw(`INSERT INTO invoices (external_id, customer_id, number, issued_on, due_on, currency, total_minor) SELECT 'M' || n, ?, 'M' || n, '2026-02-01', '2026-03-01', 'USD', 100 FROM generate_series(1, 10001) n`, [many!.id]);
  await api.knex.raw(`INSERT INTO collections (invoice_id, customer_id, policy_version_id, state, started_at) SELECT id, customer_id, ?, 'active', now() FROM invoices WHERE customer_id = ?`, [referenceId, many!.id]);
  expect((await manager.get('/policy-precedence').expect(200)).body).toMatchObject({ invoicesByDefault: 10_000, moreByDefault: true });
  const { rows: [segment] } = await api.knex.raw<{ rows: { id: number }[] }>('SELECT segment_id AS id FROM policy_assignments WHERE segment_id IS NOT NULL');
  await api.knex('segment_members').insert({ segment_id: segment!.id, customer_id: many!.id, joined_at: new Date(), reason: 'late' });
  const listed = async () => (await manager.get('/policy-assignments?kind=segment').expect(200)).body as { items: object[] };
  expect(await listed()).toMatchObject({ items: [{ invoices: 10_000, moreInvoices: true }] });
  expect((await manager.get('/policy-precedence').expect(200)).body).toMatchObject({ invoicesByDefault: expect.any(Number) as number, moreByDefault: false });
  // A little less than was counted is told exactly.
  await api.knex.raw(`UPDATE invoices SET document_state = 'void' WHERE customer_id = ? AND number IN ('M1', 'M2', 'M3')`, [many!.id]);
  const { rows: [other] } = await api.knex.raw<{ rows: { count: number }[] }>(`SELECT count(*)::int AS count FROM segment_members m JOIN invoices i ON i.customer_id = m.customer_id AND i.open_minor > 0 JOIN collections k ON k.invoice_id = i.id
    WHERE m.segment_id = ? AND NOT EXISTS (SELECT FROM policy_assignments a WHERE a.invoice_id = i.id OR a.customer_id = i.customer_id)`, [segment!.id]);
  expect(await listed()).toMatchObject({ items: [{ invoices: other!.count, moreInvoices: other!.count > 10_000 }] });
});
