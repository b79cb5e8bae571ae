import { createHash } from 'node:crypto';
import supertest from 'supertest';
import { addUser } from '../../../db/access/users';
import { base, callerWith, sessionHeaders, startApi, type TestApi } from './startApi';

/** What somebody tries who means harm, or whose client is careless. */
let api: TestApi;
const password = 'a-long-enough-password';
beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z', settings: { trustedProxies: 1 } });
});
afterAll(() => api.stop());

test('guesses that come all at once are not more than guesses one after the other', async () => {
  await addUser(api.knex, { email: 'target@example.com', name: 'Target', role: 'admin', password });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) =>
    supertest(api.app).post(`${base}/session`).set('x-forwarded-for', `10.9.0.${at}`).send({ email: 'target@example.com', password: `guess-${at}` })));
  const judged = answers.filter(({ status }) => status === 401).length;
  expect(judged).toBeGreaterThan(0);
  expect(judged).toBeLessThanOrEqual(5);
  expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
});

test('another file under the same Idempotency-Key is another request', async () => {
  const manager = await api.as('credit-manager');
  const upload = (text: string) => manager.post('/imports').set('idempotency-key', 'upload-1').field('kind', 'customers').attach('file', Buffer.from(text), 'customers.csv');
  const first = await upload('external_id,name\nC1,One\n').expect(201);
  expect((await upload('external_id,name\nC1,One\n').expect(201)).text).toBe(first.text);
  await upload('external_id,name\nC2,Two\n').expect(422);
});

test('what is kept of a request with a password is of no use for guessing it', async () => {
  const { user } = await addUser(api.knex, { email: 'digest@example.com', name: 'Digest', role: 'viewer', password });
  const caller = callerWith(api.app, await sessionHeaders(api.knex, user.id));
  const body = { current: password, next: 'another-long-password' };
  await caller.post('/session/password', body).set('idempotency-key', 'password-1').expect(204);
  await caller.post('/session/password', body).set('idempotency-key', 'password-1').expect(204);
  const kept = await api.knex('idempotency_keys').where({ key: 'password-1' }).first() as { request_hash: Buffer };
  const guess = createHash('sha256').update(`POST ${base}/session/password\n`).update(JSON.stringify(body)).digest();
  expect(kept.request_hash.equals(guess)).toBe(false);
});

test('a statement that fails does not carry its values into the log', async () => {
  const failed = await api.knex.raw('INSERT INTO no_such_table (secret) VALUES (?)', ['whsec_signing']).then(() => '', (error: Error) => `${error.message} ${error.stack ?? ''}`);
  expect(failed).toContain('no_such_table');
  expect(failed).not.toContain('whsec_signing');
});

test('metrics are not for those whom a proxy on this machine lets through', async () => {
  await supertest(api.app).get('/metrics').set('x-forwarded-for', '203.0.113.7').expect(401);
  const unaware = await startApi();
  await unaware.nobody.at('/metrics').set('x-forwarded-for', '203.0.113.7').expect(401);
  await unaware.nobody.at('/metrics').expect(200);
  await unaware.stop();
});

test('readiness says what is wrong, not where things are', async () => {
  const elsewhere = await startApi({ temporal: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:7233')) });
  const { text } = await elsewhere.nobody.at('/readyz').expect(503);
  expect(text).not.toContain('10.1.2.3');
  expect(elsewhere.logged()).toContain('10.1.2.3');
  await elsewhere.stop();
});

test('amounts whose sum is beyond exact integers do not take the overview away', async () => {
  const erp = await api.withKey(['ledger:write', 'read']);
  await erp.post('/customers/bulk', { records: [{ externalId: 'HUGE', name: 'Huge' }] }).expect(200);
  const invoice = (externalId: string) => ({ externalId, customerExternalId: 'HUGE', number: externalId, currency: 'EUR', totalMinor: 9_007_199_254_740_991, issuedOn: '2026-01-01', dueOn: '2026-02-01' });
  const answer = (await erp.post('/invoices/bulk', { records: [invoice('H1'), invoice('H2')] }).expect(200)).body as { results: { errors: unknown[] }[] };
  expect(answer).toMatchObject({ counts: { created: 0, rejected: 2 }, results: [{ errors: [{ path: 'total' }] }, {}] });
  await erp.post('/payments', { externalId: 'HP', customerExternalId: 'HUGE', currency: 'EUR', amountMinor: 10_000_000_000_001, receivedAt: '2026-03-01' }).expect(422);
  await erp.get('/overview').expect(200);
  await erp.get('/customers').expect(200);
});

test('more requests with keys than there are connections wait for one another, not for ever', async () => {
  const manager = await api.as('credit-manager');
  const answers = await Promise.all(Array.from({ length: 24 }, (_, at) => manager.post('/policies/simulate', { days: 1 }).set('idempotency-key', `simulate-${at}`)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 200));
}, 30_000);
