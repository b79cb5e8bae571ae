import { startApi, sessionHeaders, addTestUser, callerWith, type Caller, type TestApi } from './startApi';

let api: TestApi;
let erp: Caller;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-02T09:00:00Z' });
  erp = await api.withKey(['ledger:write', 'read']);
  await erp.post('/customers/bulk', { records: [{ externalId: 'C1', name: 'One' }] }).expect(200);
});
afterAll(() => api.stop());

let serial = 0;
const payment = () => ({ externalId: `P${(serial += 1)}`, customerExternalId: 'C1', currency: 'EUR', amountMinor: 1000, receivedAt: '2026-03-01' });
const paymentsNamed = async (externalId: string): Promise<number> => (await api.knex('payments').where({ external_id: externalId })).length;

test('a repeat gets the same answer and has no further effect', async () => {
  const body = { records: [payment(), { externalId: 'bad' }] };
  const first = await erp.post('/payments/bulk', body).set('idempotency-key', 'k-1').expect(200);
  expect(first.body).toMatchObject({ counts: { created: 1, rejected: 1 } });
  const repeat = await erp.post('/payments/bulk', body).set('idempotency-key', 'k-1').expect(200);
  expect(repeat.text).toBe(first.text);
  expect(repeat.headers['idempotency-replayed']).toBe('true');
});

test('the answer is the same after the API was started again', async () => {
  const body = payment();
  const first = await erp.post('/payments', body).set('idempotency-key', 'k-2').expect(201);
  const key = first.request.get('authorization');
  const again = api.restarted();
  const repeat = await callerWith(again.app, { authorization: key }).post('/payments', body).set('idempotency-key', 'k-2').expect(201);
  expect(repeat.text).toBe(first.text);
  await again.stop();
});

test('the same key for another request is refused', async () => {
  await erp.post('/payments', payment()).set('idempotency-key', 'k-3').expect(201);
  const other = payment();
  await erp.post('/payments', other).set('idempotency-key', 'k-3').expect(422);
  expect(await paymentsNamed(other.externalId)).toBe(0);
  await erp.post('/credit-notes', { ...other, receivedAt: undefined, issuedOn: '2026-03-01' }).set('idempotency-key', 'k-3').expect(422);
});

test('two at once: one is carried out, the other is told to wait or gets its answer', async () => {
  const body = payment();
  const answers = await Promise.all(Array.from({ length: 8 }, () => erp.post('/payments', body).set('idempotency-key', 'k-4')));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1);
  expect(await paymentsNamed(body.externalId)).toBe(1);
  await erp.post('/payments', body).set('idempotency-key', 'k-4').expect(201);
});

test('what was refused left nothing, so that the corrected world gets a fresh try', async () => {
  const body = { ...payment(), customerExternalId: 'C-later' };
  await erp.post('/payments', body).set('idempotency-key', 'k-5').expect(422);
  await erp.post('/customers/bulk', { records: [{ externalId: 'C-later', name: 'Later' }] }).expect(200);
  await erp.post('/payments', body).set('idempotency-key', 'k-5').expect(201);
});

test('keys belong to their caller', async () => {
  const other = await api.withKey(['ledger:write']);
  await erp.post('/payments', payment()).set('idempotency-key', 'k-6').expect(201);
  const body = payment();
  await other.post('/payments', body).set('idempotency-key', 'k-6').expect(201);
  expect(await paymentsNamed(body.externalId)).toBe(1);
});

test('after a day a key is free again', async () => {
  await erp.post('/payments', payment()).set('idempotency-key', 'k-7').expect(201);
  await api.knex('idempotency_keys').where({ key: 'k-7' }).update({ created_at: api.knex.raw(`now() - interval '25 hours'`) });
  await erp.post('/payments', payment()).set('idempotency-key', 'k-7').expect(201);
});

test('an answer with a secret is not kept: a repeat does nothing and is told so', async () => {
  const admin = callerWith(api.app, await sessionHeaders(api.knex, await addTestUser(api.knex, 'admin', 900)));
  const body = { name: 'Once', scopes: ['read'] };
  const made = await admin.post('/api-keys', body).set('idempotency-key', 'k-8').expect(201);
  await admin.post('/api-keys', body).set('idempotency-key', 'k-8').expect(409);
  expect(await api.knex('api_keys').where({ name: 'Once' })).toHaveLength(1);
  const kept = await api.knex('idempotency_keys').where({ key: 'k-8' }).first() as { body: string | null };
  expect(kept.body).toBeNull();
  expect(made.body).toHaveProperty('key');
});

test('a key with spaces or beyond 200 characters is refused', async () => {
  await erp.post('/payments', payment()).set('idempotency-key', 'a b').expect(400);
  await erp.post('/payments', payment()).set('idempotency-key', 'x'.repeat(201)).expect(400);
});

test('without a key a payment whose external id is known has no effect and the same answer', async () => {
  const body = payment();
  const first = await erp.post('/payments', body).expect(201);
  expect((await erp.post('/payments', body).expect(201)).text).toBe(first.text);
  await erp.post('/payments', { ...body, amountMinor: 999 }).expect(422);
  expect(await paymentsNamed(body.externalId)).toBe(1);
});
