import { readFileSync } from 'node:fs';
import path from 'node:path';
import { insertCollections } from '../../../db/collection/collections';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
const read = (name: string): string => readFileSync(path.join(__dirname, `../../../policies/${name}.yaml`), 'utf8');
const [source, strict] = [read('reference'), read('strict')];
const second = source.replace('version: 1', 'version: 2').replace('offset: { days: 7 }', 'offset: { days: 9 }');
let referenceId: number;

interface InForce { id: number; version: number; active: boolean; inForce: boolean; migration: { id: number; total: number; toVersion: string } | null }

beforeAll(async () => {
  api = await startApi({ now: '2026-03-02T08:00:00Z' });
  manager = await api.as('credit-manager');
  referenceId = ((await manager.post('/policies', { source }).expect(201)).body as InForce).id;
  await manager.post('/customers/bulk', { records: ['A', 'B', 'C'].map((externalId) => ({ externalId, name: externalId, timeZone: 'UTC' })) }).expect(200);
  await manager.post('/invoices/bulk', { records: ['A', 'B', 'C'].map((customerExternalId) => ({ externalId: `I-${customerExternalId}`, customerExternalId, issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'USD', totalMinor: 100_000 })) }).expect(200);
  const { rows } = await api.knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
  await insertCollections(api.knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: referenceId, requestedSeq: 0, startedAt: 0 })));
});
afterAll(() => api.stop());
/** As nobody moves what was asked for here, the next test begins with everything on the first version, and no move under way. */
afterEach(() => api.knex.raw(`UPDATE policy_migrations SET state = 'stopped', ended_at = now()`));

const post = async (route: string, body: object, status: 200 | 201): Promise<InForce> => (await manager.post(route, body).expect(status)).body as InForce;

test('a check says what the text would take the place of, and what it changes, and keeps nothing', async () => {
  const found = (await manager.post('/policies/check', { source: second }).expect(200)).body as { differences: { text: string }[] };
  expect(found).toMatchObject({ valid: true, baseVersionId: referenceId, differences: [{ text: expect.stringContaining('7 days after the due date became 9 days after the due date') as string }] });
  // A policy of another name takes the place of what everybody comes under.
  expect((await manager.post('/policies/check', { source: strict }).expect(200)).body).toMatchObject({ baseVersionId: referenceId });
  expect((await manager.post('/policies/check', { source: 'nonsense' }).expect(200)).body).toMatchObject({ valid: false, baseVersionId: null, differences: [] });
  expect((await manager.get('/policy-drafts').expect(200)).body).toEqual({ items: [], next: null });
});

test('publishing a text asks for the move of what is under way, or leaves it', async () => {
  await manager.post('/policies', { source: second, underWay: { choice: 'move', mapping: { nowhere: 'due' }, reason: 'Later' } }).expect(422);
  expect(await api.knex('policy_versions').where({ version: 2 }).select('id')).toEqual([]);
  expect(await post('/policies', { source: second, underWay: { choice: 'move', reason: 'Later' } }, 201)).toMatchObject({ version: 2, active: true, inForce: true, migration: { total: 3, toVersion: 'reference@2' } });
});

test('a version of long ago is put in force again, with the same question; who is assigned to another policy stays there', async () => {
  expect(await post(`/policies/${referenceId}/activate`, {}, 200)).toMatchObject({ version: 1, active: true, migration: null });
  const { id: strictId } = await post('/policies', { source: strict, activate: false }, 201);
  const { rows: [customer] } = await api.knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'A'`);
  await manager.post('/policy-assignments', { policy: 'reference', target: { kind: 'customer', id: customer!.id }, reason: 'Agreed' }).expect(201);

  // In force for whoever is assigned to it: nobody is, and everybody stays under what is active.
  expect(await post(`/policies/${strictId}/activate`, { activate: false, underWay: { choice: 'restart', reason: 'Firmer' } }, 200)).toMatchObject({ active: false, inForce: true, migration: null });
  expect((await manager.get('/policies/active').expect(200)).body).toMatchObject({ id: referenceId });

  // Everybody's: B and C come under it, and move; A is assigned to the other one.
  expect(await post(`/policies/${strictId}/activate`, { underWay: { choice: 'restart', reason: 'Firmer' } }, 200)).toMatchObject({ active: true, inForce: true, migration: { total: 2, toVersion: 'strict@1' } });
  const { rows } = await api.knex.raw<{ rows: { action: string }[] }>(`SELECT action FROM audit_entries WHERE subject_id IN ('strict@1', 'reference@1') ORDER BY seq`);
  expect(rows.map(({ action }) => action)).toEqual(['policy.published', 'policy.activated', 'policy.activated', 'policy.published', 'policy.in-force', 'policy.activated']);
  await manager.post('/policies/999999/activate', {}).expect(404);
  await (await api.as('collector')).post(`/policies/${strictId}/activate`, {}).expect(403);
});
