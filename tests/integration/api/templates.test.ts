import { down, up } from '../../../db/migrations/0531_release_of_one_hold';
import { startApi, type TestApi } from './startApi';

let api: TestApi;
beforeAll(async () => void (api = await startApi({ now: '2026-03-10T10:00:00Z' })));
afterAll(() => api.stop());

const text = { subject: 'About {{ invoice.number }}', heading: 'Hello', body: 'Dear {{ customer.name }},\n\n{{ blocks.invoices }}' };
const words = { defaultLanguage: 'en', texts: { en: text } };

test('a template is begun, drafted, published, changed and taken back; each published version stays what it was', async () => {
  const manager = await api.as('credit-manager');
  const begun = (await manager.post('/templates', { name: 'friendly', title: 'Friendly', kind: 'customer', ...words }).expect(201)).body;
  expect(begun).toMatchObject({ currentVersion: null, hasDraft: true, languages: ['en'] });
  await manager.post('/templates', { name: 'friendly', title: 'Again', kind: 'customer', ...words }).expect(409);
  const published = (await manager.post(`/templates/${begun.id}/publish`, { rowVersion: begun.rowVersion }).expect(200)).body;
  expect(published).toMatchObject({ currentVersion: 1, hasDraft: false, draft: null });

  const de = { ...text, subject: 'Zu {{ invoice.number }}' };
  const drafted = (await manager.post(`/templates/${begun.id}/draft`, { draft: { ...words, texts: { en: text, de } }, rowVersion: published.rowVersion }).expect(200)).body;
  await manager.post(`/templates/${begun.id}/draft`, { draft: words, rowVersion: published.rowVersion }).expect(409);
  const second = (await manager.post(`/templates/${begun.id}/publish`, { note: 'German', rowVersion: drafted.rowVersion }).expect(200)).body;
  expect(second.versions.map((each: { version: number; texts: object }) => [each.version, Object.keys(each.texts)])).toEqual([[2, ['de', 'en']], [1, ['en']]]);
  await expect(api.knex('template_versions').where({ template_id: begun.id, version: 1 }).update({ note: 'changed' })).rejects.toThrow('never changes');
  expect(await api.knex('audit_entries').where('action', 'like', 'template.%').orderBy('seq').pluck('action')).toEqual(['template.created', 'template.published', 'template.draft-saved', 'template.published']);
});

test('what has a fault is not published, and every fault says where it is', async () => {
  const manager = await api.as('credit-manager');
  const begun = (await manager.post('/templates', { name: 'faulty', title: 'Faulty', kind: 'customer', ...words, texts: { en: { ...text, body: 'Dear\n{{ customer.nmae }}' } } }).expect(201)).body;
  const refused = (await manager.post(`/templates/${begun.id}/publish`, { rowVersion: begun.rowVersion }).expect(422)).body;
  expect(refused.errors).toEqual([{ path: 'texts.en.body', message: 'line 2: there is no field "customer.nmae", did you mean "customer.name"?' }]);
  expect((await manager.get(`/templates/${begun.id}`).expect(200)).body.currentVersion).toBeNull();
});

test('words are shown on a real customer, and hostile data in them is text', async () => {
  const manager = await api.as('credit-manager');
  const [customer] = await api.knex('customers').insert({ external_id: 'c-1', name: '<img src=x onerror=alert(1)>', language: 'en' }).returning('id') as { id: number }[];
  await manager.post('/templates/preview', { kind: 'customer', ...words, language: 'en', customerId: customer!.id }).expect(422);
  await api.knex('invoices').insert({ external_id: 'i-1', customer_id: customer!.id, number: 'INV-77', issued_on: '2026-02-01', due_on: '2026-03-03', currency: 'EUR', total_minor: 5000 });
  const shown = (await manager.post('/templates/preview', { kind: 'customer', ...words, language: 'en', customerId: customer!.id }).expect(200)).body;
  expect(shown).toMatchObject({ problems: [], subject: 'About INV-77', failure: null });
  expect(shown.html).not.toContain('<img');
  expect(shown.text).toContain('€50.00');
  await manager.post('/templates/preview', { kind: 'customer', ...words, language: 'en', customerId: 9_999_999 }).expect(404);
});

test('a test goes to oneself, marked as one, and leaves a trace; a key has no address', async () => {
  const manager = await api.as('credit-manager');
  const { items } = (await manager.get('/templates').expect(200)).body as { items: { id: number; name: string }[] };
  const overdue = items.find(({ name }) => name === 'overdue')!;
  const sent = (await manager.post(`/templates/${overdue.id}/test`, { ...words, language: 'en' }).expect(200)).body;
  expect(sent).toMatchObject({ state: 'sent', provider: 'outbox', subject: '[Test] About INV-1' });
  expect(sent.to).toMatch(/^credit-manager-\d+@example\.com$/);
  expect(await api.knex('template_tests').where({ template_id: overdue.id }).select('state', 'to_address')).toEqual([{ state: 'sent', to_address: sent.to }]);
  expect(await api.knex('audit_entries').where({ action: 'template.test-sent' })).toHaveLength(1);
  expect(await api.knex('messages')).toEqual([]);
  const key = await api.withKey(['collections:write', 'read']);
  await key.post(`/templates/${overdue.id}/test`, { ...words, language: 'en' }).expect(403);
});

test('a policy that names a template that is not published is refused, with the nearest one that is', async () => {
  const manager = await api.as('credit-manager');
  const source = (template: string): string => `
policy: p
version: 1
title: P
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon], holidays: none }
contact: { minimumDaysBetween: 1, merge: same-day }
steps:
  - { id: a, title: A, anchor: due, offset: { days: 0 }, actions: [{ email: { template: ${template} } }] }
`;
  expect((await manager.post('/policies/check', { source: source('friendly') }).expect(200)).body.valid).toBe(true);
  expect((await manager.post('/policies/check', { source: source('overdue-12') }).expect(200)).body.valid).toBe(true);
  // "faulty" has only a draft; "statement" is of a kind that a ladder cannot send.
  for (const name of ['freindly', 'faulty', 'statement']) expect((await manager.post('/policies/check', { source: source(name) }).expect(200)).body.valid).toBe(false);
});

test('a test of which nobody can say whether it left is unknown, never still being sent; so is one whose process died', async () => {
  const manager = await api.as('credit-manager');
  const { items } = (await manager.get('/templates').expect(200)).body as { items: { id: number; name: string }[] };
  const statement = items.find(({ name }) => name === 'statement')!;
  const send = async () => (await manager.post(`/templates/${statement.id}/test`, { ...words, language: 'en', texts: { en: { subject: 'S', heading: 'H', body: 'B' } } }).expect(200)).body;
  const tests = () => api.knex('template_tests').where({ template_id: statement.id }).orderBy('at').select('state', 'reason');
  const offered = jest.spyOn(api.provider, 'send');
  offered.mockRejectedValueOnce(new Error('socket hang up')).mockResolvedValueOnce({ kind: 'unknown', reason: 'no answer in time' }).mockResolvedValueOnce({ kind: 'rejected', reason: 'no such domain' });
  expect(await send()).toMatchObject({ state: 'unknown', reason: 'Nobody can say whether it left: socket hang up' });
  expect(await send()).toMatchObject({ state: 'unknown', reason: 'no answer in time' });
  expect(await send()).toMatchObject({ state: 'failed', reason: 'no such domain' });
  offered.mockRestore();
  await api.knex('template_tests').where({ template_id: statement.id }).delete();
  await api.knex.raw(`INSERT INTO template_tests (id, template_id, language, to_address, subject, provider, state, sent_by, at) VALUES
    (gen_random_uuid(), :id, 'en', 'a@example.com', 'S', 'outbox', 'sending', 'A', now() - interval '10 minutes'), (gen_random_uuid(), :id, 'en', 'a@example.com', 'S', 'outbox', 'sending', 'A', now() - interval '5 seconds')`, { id: statement.id });
  await send();
  expect(await tests()).toEqual([{ state: 'unknown', reason: 'It was interrupted: look into the mailbox.' }, { state: 'sending', reason: null }, { state: 'sent', reason: null }]);
});

test('words for campaigns and for colleagues are there from the start, in four languages', async () => {
  const { items } = (await (await api.as('viewer')).get('/templates').expect(200)).body as { items: { name: string; kind: string; currentVersion: number; languages: string[] }[] };
  expect(items.filter(({ kind }) => kind === 'campaign' || kind === 'internal').map(({ name, currentVersion, languages }) => [name, currentVersion, languages])).toEqual([
    ['campaign-offer', 1, ['de', 'en', 'es', 'fr']], ['internal-digest', 1, ['de', 'en', 'es', 'fr']], ['internal-notice', 1, ['de', 'en', 'es', 'fr']],
  ]);
});

describe('the notice that a hold is over does not say that the account is free', () => {
  const sent = () => api.knex('templates as t').join('template_versions as v', function join() { this.on('v.template_id', 't.id').andOn('v.version', 't.current_version'); })
    .where('t.name', 'released').first<{ version: number; published_by: string; subject: string }>('v.version', 'v.published_by', api.knex.raw(`v.texts -> 'en' ->> 'subject' AS subject`));

  test('where its words are those that came with it', async () => {
    expect(await sent()).toEqual({ version: 2, published_by: 'Dunwell', subject: 'A hold on your account has been lifted' });
    await down(api.knex);
    expect(await sent()).toMatchObject({ version: 1, subject: 'Your account is no longer on hold' });
    await up(api.knex);
    expect(await sent()).toMatchObject({ version: 2, published_by: 'Dunwell' });
  });

  test('and where somebody has written others, or begun to, those stay', async () => {
    await down(api.knex);
    await api.knex('templates').where({ name: 'released' }).update({ draft: '{}' });
    await up(api.knex);
    expect(await sent()).toMatchObject({ version: 1 });
    await api.knex.raw(`INSERT INTO template_versions (template_id, version, default_language, texts, published_by) SELECT id, 2, 'en', '{"en": {"subject": "Ours", "heading": "x", "body": "x"}}', 'somebody' FROM templates WHERE name = 'released'`);
    await api.knex('templates').where({ name: 'released' }).update({ draft: null, current_version: 2 });
    await up(api.knex);
    expect(await sent()).toMatchObject({ version: 2, published_by: 'somebody', subject: 'Ours' });
  });
});
