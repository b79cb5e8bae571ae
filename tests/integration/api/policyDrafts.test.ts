import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
const source = readFileSync(path.join(__dirname, '../../../policies/reference.yaml'), 'utf8');
let publishedId: number;

beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
  manager = await api.as('credit-manager');
  publishedId = ((await manager.post('/policies', { source }).expect(201)).body as { id: number }).id;
});
afterAll(() => api.stop());

interface Draft { id: number; rowVersion: number; source: string; valid: boolean; version: number; errors: { path: string; message: string; line: number }[]; differences: { text: string }[] }
const begin = async (body: object): Promise<Draft> => (await manager.post('/policy-drafts', body).expect(201)).body as Draft;
const write = (draft: Draft, text: string, rowVersion = draft.rowVersion) => manager.patch(`/policy-drafts/${draft.id}`, { source: text }).set('If-Match', `"${rowVersion}"`);

test('a draft begins as the published text under the next version, is changed, checked and published', async () => {
  const draft = await begin({ baseVersionId: publishedId });
  expect(draft).toMatchObject({ name: 'reference', version: 2, valid: true, differences: [], errors: [] });
  expect(draft.source).toBe(source.replace('version: 1', 'version: 2'));

  const wrong = (await write(draft, draft.source.replace('anchor: issued', 'anchor: shipped')).expect(200)).body as Draft;
  expect(wrong).toMatchObject({ valid: false, errors: [{ path: 'steps[0].anchor', message: expect.stringContaining('issued, due, previous') as string }] });
  expect(wrong.errors[0]!.line).toBeGreaterThan(20);
  expect((await manager.post(`/policy-drafts/${draft.id}/publish`, { rowVersion: wrong.rowVersion }).expect(422)).body).toMatchObject({ errors: [{ path: 'steps[0].anchor' }] });

  const changed = (await write(wrong, draft.source.replace('offset: { days: 7 }', 'offset: { days: 9 }')).expect(200)).body as Draft;
  expect(changed.differences.map(({ text }) => text)).toEqual([expect.stringContaining('7 days after the due date became 9 days after the due date') as string]);
  const { version: published, migration } = (await manager.post(`/policy-drafts/${draft.id}/publish`, { rowVersion: changed.rowVersion, underWay: { choice: 'move', reason: 'Later' } }).expect(201)).body as { version: { id: number; active: boolean }; migration: unknown };
  // Nothing is under way.
  expect(migration).toBeNull();
  expect(published).toMatchObject({ policy: 'reference', version: 2, active: true });
  expect((await manager.get(`/policies/${published.id}/differences?from=${publishedId}`).expect(200)).body).toEqual({ items: changed.differences });
  expect((await manager.get(`/policy-drafts/${draft.id}`).expect(200)).body).toMatchObject({ state: 'published', publishedVersionId: published.id });
  expect((await manager.post(`/policy-drafts/${draft.id}/publish`, { rowVersion: changed.rowVersion }).expect(409)).body).toMatchObject({ detail: expect.stringContaining('published') as string });
  expect((await manager.get('/policy-drafts').expect(200)).body).toEqual({ items: [], next: null });
});

test('of two who edit at once the second is told, and what both wrote is in the audit trail', async () => {
  const draft = await begin({ source: 'policy: mine' });
  await write(draft, 'policy: ours').expect(200);
  await write(draft, 'policy: theirs').expect(412);
  await manager.patch(`/policy-drafts/${draft.id}`, { source: 'x' }).expect(428);
  await manager.post(`/policy-drafts/${draft.id}/publish`, { rowVersion: draft.rowVersion }).expect(412);
  await manager.delete(`/policy-drafts/${draft.id}`).expect(204);
  await write(draft, 'policy: late', draft.rowVersion + 1).expect(409);
  const { rows } = await api.knex.raw<{ rows: { action: string }[] }>(`SELECT action FROM audit_entries WHERE subject_type = 'policy-draft' AND subject_id = ? ORDER BY seq`, [String(draft.id)]);
  expect(rows.map(({ action }) => action)).toEqual(['policy-draft.created', 'policy-draft.changed', 'policy-draft.discarded']);
});

test('a draft needs something to begin with, and a base that is there', async () => {
  await manager.post('/policy-drafts', {}).expect(422);
  await manager.post('/policy-drafts', { baseVersionId: 999_999 }).expect(404);
  await manager.get('/policy-drafts/999999').expect(404);
});

test('the database itself keeps a published version as it is', async () => {
  const refusal = /published policy version never changes/;
  await expect(api.knex.raw(`UPDATE policy_versions SET document = document || '{"title": "Other"}' WHERE id = ?`, [publishedId])).rejects.toThrow(refusal);
  await expect(api.knex.raw('UPDATE policy_versions SET source = ?', ['x'])).rejects.toThrow(refusal);
  await expect(api.knex.raw('DELETE FROM policy_versions WHERE id = ?', [publishedId])).rejects.toThrow(refusal);
  await api.knex.raw('UPDATE policy_versions SET active = active');
});
