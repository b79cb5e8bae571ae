import { setTimeout as sleep } from 'node:timers/promises';
import supertest from 'supertest';
import { addUser, ensureFirstAdmin } from '../../../db/access/users';
import { base, callerWith, sessionHeaders, startApi, type TestApi } from './startApi';

let api: TestApi;
const password = 'a-long-enough-password';
let signInsFrom = 1;

beforeAll(async () => {
  api = await startApi({ settings: { trustedProxies: 1 } });
  await addUser(api.knex, { email: 'Clara@Example.com', name: 'Clara', role: 'collector', password });
});
afterAll(() => api.stop());

/** Signs in from a network address of its own, so that the limit per address is not what a test meets. */
function signIn(email: string, given: string, address = `10.0.0.${(signInsFrom += 1)}`) {
  return supertest(api.app).post(`${base}/session`).set('x-forwarded-for', address).send({ email, password: given });
}
const type = (response: supertest.Response): string => String((response.body as { type?: string }).type ?? response.status).replace(/.*#/, '');

describe('signing in', () => {
  test('gives a cookie that scripts cannot read, and a CSRF token', async () => {
    const response = await signIn('clara@example.com', password).expect(200);
    expect(response.body).toMatchObject({ via: 'session', user: { email: 'clara@example.com', role: 'collector' }, apiKey: null });
    const cookie = response.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/^dunwell_session=[\w-]{43}; Max-Age=604800; Path=\/; .*HttpOnly; SameSite=Lax$/);
    const me = await supertest(api.app).get(`${base}/session`).set('cookie', cookie).expect(200);
    expect(me.body).toEqual(response.body);
  });

  test('the token is stored as a hash only', async () => {
    const cookie = (await signIn('clara@example.com', password).expect(200)).headers['set-cookie']?.[0] ?? '';
    const token = /dunwell_session=([\w-]+)/.exec(cookie)?.[1] ?? '';
    const { rows } = await api.knex.raw<{ rows: { all: string }[] }>(`SELECT string_agg(encode(token_hash, 'escape'), ' ') AS all FROM sessions`);
    expect(rows[0]?.all).not.toContain(token);
  });

  test('a wrong password and an unknown address are told alike', async () => {
    const wrong = await signIn('clara@example.com', 'wrong').expect(401);
    const unknown = await signIn('nobody@example.com', 'wrong').expect(401);
    const { requestId: _one, ...first } = wrong.body as Record<string, unknown>;
    const { requestId: _two, ...second } = unknown.body as Record<string, unknown>;
    expect(second).toEqual(first);
  });

  test('an unknown address takes about as long as a known one', async () => {
    const timed = async (email: string): Promise<number> => {
      const started = performance.now();
      await signIn(email, 'wrong').expect(401);
      await api.knex('login_attempts').del();
      return performance.now() - started;
    };
    let [known, unknown] = [Infinity, Infinity];
    // By turns, so that a busy machine slows both; one that is not hashed takes a twentieth of the time.
    for (let round = 0; round < 5; round += 1) {
      known = Math.min(known, await timed('clara@example.com'));
      unknown = Math.min(unknown, await timed('nobody-at-all@example.com'));
    }
    expect(unknown / known).toBeGreaterThan(0.25);
    expect(unknown / known).toBeLessThan(4);
  });

  test('in production the cookie travels over TLS only', async () => {
    const production = await startApi({ settings: { production: true } });
    await addUser(production.knex, { email: 'p@example.com', name: 'P', role: 'viewer', password });
    const response = await supertest(production.app).post(`${base}/session`).send({ email: 'p@example.com', password }).expect(200);
    expect(response.headers['set-cookie']?.[0]).toContain('Secure');
    expect(response.headers['strict-transport-security']).toBeDefined();
    await production.stop();
  });
});

describe('lock-out', () => {
  beforeEach(() => api.knex('login_attempts').del());

  test('after five wrong passwords even the right one has to wait, and the wait doubles', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn('clara@example.com', 'wrong').expect(401);
    const locked = await signIn('clara@example.com', password).expect(429);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(25);
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(30);
    await api.knex('login_attempts').update({ locked_until: null });
    await signIn('clara@example.com', 'wrong').expect(401);
    const longer = await signIn('clara@example.com', password).expect(429);
    expect(Number(longer.headers['retry-after'])).toBeGreaterThan(55);
  });

  test('an address that nobody has is locked just the same', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn('ghost@example.com', 'wrong').expect(401);
    await signIn('ghost@example.com', 'wrong').expect(429);
  });

  test('the right password in time forgets the wrong ones', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await signIn('clara@example.com', 'wrong').expect(401);
    await signIn('clara@example.com', password).expect(200);
    for (let attempt = 0; attempt < 4; attempt += 1) await signIn('clara@example.com', 'wrong').expect(401);
    await signIn('clara@example.com', password).expect(200);
  });

  test('one network address tries thirty times in a quarter of an hour, whomever it tries', async () => {
    for (let attempt = 0; attempt < 30; attempt += 1) await signIn(`someone-${attempt}@example.com`, 'wrong', '192.0.2.1').expect(401);
    expect(type(await signIn('someone-else@example.com', 'wrong', '192.0.2.1').expect(429))).toBe('too-many-requests');
    const again = api.restarted();
    await supertest(again.app).post(`${base}/session`).set('x-forwarded-for', '192.0.2.1').send({ email: 'a@example.com', password: 'wrong' }).expect(429);
    await again.stop();
  }, 120_000);
});

/** What changes beside the API, here in the database, is seen by it so much later at most. */
const lookedUpWithinMs = 1_100;

describe('a session', () => {
  const started = async () => {
    const { user } = await addUser(api.knex, { email: `s${Math.random()}@example.com`, name: 'S', role: 'admin', password });
    const headers = await sessionHeaders(api.knex, user.id);
    return { user, headers, caller: callerWith(api.app, headers) };
  };

  test('ends when it was idle for eight hours', async () => {
    const { user, caller } = await started();
    await api.knex('sessions').where({ user_id: user.id }).update({ last_seen_at: api.knex.raw(`now() - interval '7 hours 59 minutes'`) });
    await caller.get('/session').expect(200);
    await api.knex('sessions').where({ user_id: user.id }).update({ last_seen_at: api.knex.raw(`now() - interval '8 hours 1 minute'`) });
    await sleep(lookedUpWithinMs);
    await caller.get('/session').expect(401);
  });

  test('using it keeps it alive, but not beyond a week', async () => {
    const { user, caller } = await started();
    await api.knex('sessions').where({ user_id: user.id }).update({ last_seen_at: api.knex.raw(`now() - interval '7 hours'`) });
    await caller.get('/session').expect(200);
    const seen = await api.knex('sessions').where({ user_id: user.id }).whereRaw(`last_seen_at > now() - interval '1 minute'`);
    expect(seen).toHaveLength(1);
    await api.knex('sessions').where({ user_id: user.id }).update({ expires_at: api.knex.raw(`now() - interval '1 second'`) });
    await sleep(lookedUpWithinMs);
    await caller.get('/session').expect(401);
  });

  test('ends by signing out, and when the user may no longer sign in', async () => {
    const one = await started();
    await one.caller.delete('/session').expect(204);
    await one.caller.get('/session').expect(401);
    const two = await started();
    await one.caller.get('/session').expect(401);
    await api.knex('users').where({ id: two.user.id }).update({ active: false });
    await two.caller.get('/session').expect(401);
  });

  test('a change of password ends the others', async () => {
    const { user, caller } = await started();
    const elsewhere = callerWith(api.app, await sessionHeaders(api.knex, user.id));
    await caller.post('/session/password', { current: 'not it', next: 'another-long-password' }).expect(422);
    await caller.post('/session/password', { current: password, next: 'short' }).expect(400);
    await caller.post('/session/password', { current: password, next: 'another-long-password' }).expect(204);
    await caller.get('/session').expect(200);
    await elsewhere.get('/session').expect(401);
    await signIn(user.email, 'another-long-password').expect(200);
  });
});

describe('forgery', () => {
  test('a change without the session\'s token, or with another\'s, is refused', async () => {
    const headers = await sessionHeaders(api.knex, await adminId());
    const other = await sessionHeaders(api.knex, await adminId());
    const { cookie } = headers as { cookie: string };
    expect(type(await callerWith(api.app, { cookie }).put('/business-units/x', { name: 'X' }).expect(403))).toBe('csrf-token');
    expect(type(await callerWith(api.app, { cookie, 'x-csrf-token': other['x-csrf-token']! }).put('/business-units/x', { name: 'X' }).expect(403))).toBe('csrf-token');
    await callerWith(api.app, headers).put('/business-units/x', { name: 'X' }).expect(200);
  });

  test('another site is refused, even with the token, and also at the sign-in', async () => {
    const headers = await sessionHeaders(api.knex, await adminId());
    expect(type(await callerWith(api.app, { ...headers, origin: 'https://evil.example' }).put('/business-units/x', { name: 'X' }).expect(403))).toBe('other-origin');
    await callerWith(api.app, { ...headers, origin: 'http://127.0.0.1' }).put('/business-units/x', { name: 'X' }).expect(200);
    expect(type(await supertest(api.app).post(`${base}/session`).set('origin', 'https://evil.example').send({ email: 'clara@example.com', password }).expect(403))).toBe('other-origin');
  });

  test('an API key needs no token, since no browser sends it by itself', async () => {
    const key = await api.withKey(['ledger:write']);
    await key.put('/business-units/y', { name: 'Y' }).expect(200);
  });
});

async function adminId(): Promise<number> {
  return (await addUser(api.knex, { email: `a${Math.random()}@example.com`, name: 'A', role: 'admin', password })).user.id;
}

describe('API keys', () => {
  test('are shown once, stored as a hash, and stop working when revoked or expired', async () => {
    const admin = await api.as('admin');
    const made = await admin.post('/api-keys', { name: 'ERP', scopes: ['read'] }).expect(201);
    const { key, apiKey } = made.body as { key: string; apiKey: { id: number; prefix: string; lastUsedAt: string | null } };
    expect(key).toMatch(/^dw_[\w-]{43}$/);
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    const listed = await admin.get('/api-keys').expect(200);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const { rows } = await api.knex.raw<{ rows: { all: string }[] }>(`SELECT string_agg(row_to_json(k)::text, ' ') AS all FROM api_keys k`);
    expect(rows[0]?.all).not.toContain(key.slice(12));

    const caller = callerWith(api.app, { authorization: `Bearer ${key}` });
    expect((await caller.get('/session').expect(200)).body).toMatchObject({ via: 'api-key', csrfToken: null, apiKey: { name: 'ERP', scopes: ['read'] } });
    await admin.delete(`/api-keys/${apiKey.id}`).expect(204);
    await caller.get('/session').expect(401);

    const later = await admin.post('/api-keys', { name: 'Brief', scopes: ['read'], expiresAt: '2030-01-01T00:00:00Z' }).expect(201);
    const brief = callerWith(api.app, { authorization: `Bearer ${(later.body as { key: string }).key}` });
    await brief.get('/customers').expect(200);
    await api.knex('api_keys').where({ name: 'Brief' }).update({ expires_at: api.knex.raw(`now() - interval '1 second'`) });
    await sleep(lookedUpWithinMs);
    await brief.get('/customers').expect(401);
  });

  test('what is not a key of ours is refused with a hint', async () => {
    const response = await callerWith(api.app, { authorization: 'Basic abc' }).get('/customers').expect(401);
    expect(response.headers['www-authenticate']).toContain('Bearer');
    await callerWith(api.app, { authorization: 'Bearer dw_nothing' }).get('/customers').expect(401);
  });
});

describe('emails to oneself', () => {
  test('are chosen by each for oneself, from a list each morning on; a zone that is none is refused, and the audit trail keeps it', async () => {
    const [clara, other] = [callerWith(api.app, await sessionHeaders(api.knex, await idOf('clara@example.com'))), callerWith(api.app, await sessionHeaders(api.knex, (await addUser(api.knex, { email: 'dora@example.com', name: 'Dora', role: 'viewer', password })).user.id))];
    expect((await clara.get('/session/notices').expect(200)).body).toEqual({ mail: 'daily', timeZone: 'UTC', groups: false });
    await clara.put('/session/notices', { mail: 'at-once', timeZone: 'Atlantis/Centre' }).expect(400);
    await clara.put('/session/notices', { mail: 'at-once', timeZone: 'Europe/Berlin' }).expect(200);
    await clara.put('/session/notices', { mail: 'at-once', timeZone: 'Europe/Berlin', groups: true }).expect(200);
    // A client that does not know of groups leaves that choice as it is.
    expect((await clara.put('/session/notices', { mail: 'daily', timeZone: 'Europe/Berlin' }).expect(200)).body).toEqual({ mail: 'daily', timeZone: 'Europe/Berlin', groups: true });
    expect((await other.get('/session/notices').expect(200)).body).toEqual({ mail: 'daily', timeZone: 'UTC', groups: false });
    expect(await api.knex('audit_entries').where({ action: 'user.notices-chosen' }).pluck('actor_name')).toEqual(['Clara', 'Clara', 'Clara']);
  });
  test('the first admin, whose address nobody reads, gets none', async () => {
    const fresh = await startApi({});
    await ensureFirstAdmin(fresh.knex);
    expect(await fresh.knex('users').where({ email: 'admin@dunwell.local' }).pluck('notice_mail')).toEqual(['none']);
    await fresh.stop();
  });
  const idOf = async (email: string): Promise<number> => (await api.knex('users').where({ email }).first<{ id: number }>('id')).id;
});

describe('users', () => {
  test('are added with a random password, changed by version, and reset', async () => {
    const admin = await api.as('admin');
    const made = await admin.post('/users', { email: 'New@Example.com', name: 'New', role: 'viewer' }).expect(201);
    const { user, password: random } = made.body as { user: { id: number; email: string; rowVersion: number }; password: string };
    expect(user.email).toBe('new@example.com');
    await signIn('new@example.com', random).expect(200);
    await admin.post('/users', { email: 'NEW@example.com', name: 'Again', role: 'viewer' }).expect(409);

    await admin.patch(`/users/${user.id}`, { role: 'sales' }).expect(428);
    const changed = await admin.patch(`/users/${user.id}`, { role: 'sales' }).set('if-match', '"1"').expect(200);
    expect(changed.body).toMatchObject({ role: 'sales', rowVersion: 2 });
    await admin.patch(`/users/${user.id}`, { role: 'viewer' }).set('if-match', '"1"').expect(412);

    const reset = await admin.post(`/users/${user.id}/reset-password`).expect(200);
    await signIn('new@example.com', random).expect(401);
    await signIn('new@example.com', (reset.body as { password: string }).password).expect(200);
  });

  test('the last admin stays one', async () => {
    const alone = await startApi();
    const first = await ensureFirstAdmin(alone.knex);
    expect(first?.password.length).toBeGreaterThan(20);
    expect(await ensureFirstAdmin(alone.knex)).toBeNull();
    const admin = callerWith(alone.app, await sessionHeaders(alone.knex, 1));
    const refused = await admin.patch('/users/1', { role: 'viewer' }).set('if-match', '*').expect(409);
    expect((refused.body as { detail: string }).detail).toContain('last active admin');
    await admin.patch('/users/1', { active: false }).set('if-match', '*').expect(409);
    await admin.get('/session').expect(200);
    await alone.stop();
  });
});

test('secrets are in no log line', async () => {
  await signIn('clara@example.com', password);
  const admin = await api.as('admin');
  const made = (await admin.post('/api-keys', { name: 'Logged?', scopes: ['read'] }).expect(201)).body as { key: string };
  const headers = await sessionHeaders(api.knex, await adminId());
  await callerWith(api.app, headers).get('/customers').expect(200);
  await callerWith(api.app, { authorization: `Bearer ${made.key}` }).get('/customers').expect(200);
  const log = api.logged();
  expect(log).toContain('/api/v1/customers');
  for (const secret of [password, made.key, headers.cookie?.slice('dunwell_session='.length), headers['x-csrf-token']]) expect(log).not.toContain(secret);
});
