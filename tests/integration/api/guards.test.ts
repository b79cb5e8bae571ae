import pino from 'pino';
import { Registry, Gauge } from 'prom-client';
import supertest from 'supertest';
import { addUser } from '../../../db/access/users';
import { startHealthServer } from '../../../worker/healthServer';
import { startApi, type TestApi } from './startApi';

let api: TestApi;
beforeAll(async () => void (api = await startApi({ now: '2026-03-10T09:00:00Z' })));
afterAll(() => api.stop());

describe('a webhook’s secret', () => {
  test('without one set here, nothing that comes from the mail provider is believed, however it is signed', async () => {
    const response = await api.nobody.post('/webhooks/resend', { type: 'email.delivered' }).expect(401);
    expect(response.body).toMatchObject({ detail: 'RESEND_WEBHOOK_SECRET is not set here, so nothing that comes can be believed.' });
  });

  test('with one set, what is not signed with it is refused before it is read', async () => {
    const guarded = await startApi({ settings: { resendWebhookSecret: `whsec_${Buffer.from('a secret').toString('base64')}` }, on: api.knex });
    const signed = { 'svix-id': 'm1', 'svix-timestamp': String(Math.floor(Date.now() / 1_000)), 'svix-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
    for (const [headers, body] of [[{}, '{}'], [signed, '{"type":"email.bounced"}'], [signed, 'not json'], [{ ...signed, 'svix-timestamp': '1' }, '{}']] as const) {
      await supertest(guarded.app).post('/api/v1/webhooks/resend').set(headers).set('content-type', 'application/json').send(body).expect(401);
    }
    expect(await api.knex('message_events')).toEqual([]);
  });

  test('of an endpoint of one’s own is shown once: neither the list nor a repeat of the call tells it again', async () => {
    const admin = await api.as('admin');
    const made = await admin.post('/webhook-endpoints', { url: 'https://hooks.example/in', events: ['hold.placed'] }).set('idempotency-key', 'made-once').expect(201);
    const { secret } = made.body as { secret: string };
    expect(secret).toMatch(/^whsec_/);
    const repeated = await admin.post('/webhook-endpoints', { url: 'https://hooks.example/in', events: ['hold.placed'] }).set('idempotency-key', 'made-once');
    expect(repeated.status).toBe(409);
    expect(JSON.stringify(repeated.body)).not.toContain(secret);
    expect((await admin.get('/webhook-endpoints').expect(200)).text).not.toContain(secret);
    expect(JSON.stringify(await api.knex('idempotency_keys'))).not.toContain(secret);
    expect((await admin.get('/audit').expect(200)).text).not.toContain(secret);
  });
});

test('a refused sign-in is in the audit trail, with whom it was for and from where, and without what was typed', async () => {
  await addUser(api.knex, { email: 'clara@example.com', name: 'Clara', role: 'viewer', password: 'a long enough password' });
  const attempt = (email: string, password: string) => supertest(api.app).post('/api/v1/session').send({ email, password });
  await attempt('clara@example.com', 'typed-in-error').expect(401);
  await attempt('nobody@example.com', 'typed-in-error').expect(401);
  await attempt('clara@example.com', 'a long enough password').expect(200);
  const admin = await api.as('admin');
  const refused = (await admin.get('/audit?action=session.refused').expect(200)).body as { items: { actorName: string; subjectId: string; after: { from: string } }[] };
  const clara = await api.knex('users').where({ email: 'clara@example.com' }).first<{ id: number }>('id');
  expect(refused.items.map(({ actorName, subjectId }) => [actorName, subjectId])).toEqual([['not signed in', 'unknown'], ['not signed in', String(clara.id)]]);
  expect(refused.items[0]!.after.from).toMatch(/127\.0\.0\.1|::1/);
  expect(JSON.stringify(refused)).not.toContain('typed-in-error');
  expect((await admin.get('/audit?action=session.started').expect(200)).body).toMatchObject({ items: [{ subjectId: String(clara.id) }] });
});

describe('the sandbox clock', () => {
  test('advances by ten years at most, so that a slip of the year does not send a deployment through centuries', async () => {
    const admin = await api.as('admin');
    const refused = await admin.post('/clock/advance', { to: '2206-03-10T09:00:00Z' }).expect(409);
    expect((refused.body as { detail: string }).detail).toContain('advances by at most 10 years at a time, to 2036-03-17T09:00:00.000Z');
    await admin.post('/clock/advance', { to: '2036-03-17T09:00:00.001Z' }).expect(409);
    expect((await admin.get('/clock').expect(200)).body).toMatchObject({ advancing: false });
    await admin.post('/clock/advance', { to: '2036-03-17T09:00:00Z' }).expect(200);
  });

  test('plays at a week a second at most', async () => {
    const admin = await api.as('admin');
    await admin.post('/clock/play', { hoursPerSecond: 169 }).expect(400);
    await admin.post('/clock/play', { hoursPerSecond: 0 }).expect(400);
  });
});

describe('the worker’s /metrics', () => {
  const start = (metricsToken: string | null) => {
    const registry = new Registry();
    new Gauge({ name: 'dunwell_test', help: 'of a test', registers: [registry] }).set(7);
    return startHealthServer({ host: '127.0.0.1', port: 0, log: pino({ level: 'silent' }), registry, metricsToken, ready: () => Promise.resolve() });
  };

  test('are for whoever has the token, where there is one; health needs none', async () => {
    const server = await start('the-token');
    const of = (path: string, authorization?: string) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers: authorization ? { authorization } : {} });
    for (const given of [undefined, 'Bearer', 'Bearer the-toke', 'Bearer the-token2', 'Basic the-token', 'the-token']) {
      const response = await of('/metrics', given);
      expect([given, response.status, (await response.text()).includes('dunwell_test')]).toEqual([given, 401, false]);
    }
    const told = await of('/metrics', 'Bearer the-token');
    expect([told.status, (await told.text()).includes('dunwell_test 7')]).toEqual([200, true]);
    expect((await of('/healthz')).status).toBe(200);
    expect((await of('/readyz')).status).toBe(200);
    await server.close();
  });

  test('without a token they are for whoever reaches the port', async () => {
    const server = await start(null);
    expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(200);
    await server.close();
  });
});
