import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { routeList } from '../../../api/contracts/all';
import { openApiDocument } from '../../../api/openapi/document';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let admin: Caller;
beforeAll(async () => {
  api = await startApi();
  admin = await api.as('admin');
});
afterAll(() => api.stop());

describe('the OpenAPI document', () => {
  const document = openApiDocument() as { openapi: string; paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown>; parameters: { name: string; in: string; required: boolean }[] }>>; components: Record<string, Record<string, unknown>> };

  test('has every route once, and nothing else', () => {
    const listed = Object.entries(document.paths).flatMap(([to, methods]) => Object.entries(methods).map(([method, { operationId }]) => `${method} ${to} ${operationId}`));
    expect(listed.sort()).toEqual(routeList.map(({ method, path: to, id }) => `${method} ${to} ${id}`).sort());
    expect(new Set(routeList.map(({ id }) => id)).size).toBe(routeList.length);
  });

  test('every reference leads somewhere, and every parameter of a path is declared', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    for (const reference of new Set(references)) {
      const [, , kind, name] = reference.split('/');
      expect([reference, document.components[kind!]?.[name!] !== undefined]).toEqual([reference, true]);
    }
    for (const [to, methods] of Object.entries(document.paths)) {
      for (const { operationId, parameters } of Object.values(methods)) {
        const named = [...to.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        expect([operationId, parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)]).toEqual([operationId, named]);
      }
    }
  });

  test('is served, with a page to read it, and nothing of it comes from elsewhere', async () => {
    const served = await api.nobody.get('/openapi.json').expect(200);
    expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
    const page = await api.nobody.at('/api/docs').expect(200);
    for (const [, source] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) await api.nobody.at(source!).expect(200);
    expect(page.text).not.toMatch(/https?:\/\//);
    expect(page.text).not.toMatch(/<script>|style=/);
  });

  test('the committed document and types are those of the contracts: npm run api:types', async () => {
    const root = path.join(__dirname, '../../..');
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'api/openapi/write.ts', '--check'], { cwd: root });
  }, 60_000);
});

const problemOf = (response: { body: unknown; headers: Record<string, string> }) => {
  expect(response.headers['content-type']).toContain('application/problem+json');
  return response.body as { type: string; status: number; title: string; detail: string; requestId: string; errors?: { path: string; message: string }[] };
};

describe('errors are problem+json, with what and where', () => {
  test('an unknown path', async () => {
    const problem = problemOf(await admin.get('/nothing-here').expect(404));
    expect(problem).toMatchObject({ status: 404, title: 'Not Found', detail: expect.stringContaining('GET /api/v1/nothing-here') as string });
    expect(problem.requestId).toMatch(/^[\w-]{36}$/);
    expect((await api.nobody.at(problem.type.split('#')[0]!).expect(200)).text).toContain(`id="${problem.type.split('#')[1]}"`);
    problemOf(await api.nobody.at('/elsewhere').expect(404));
    problemOf(await admin.get('/customers/%zz').expect(400));
  });

  test('a body that is not JSON says at which position', async () => {
    const problem = problemOf(await admin.post('/customers/bulk').set('content-type', 'application/json').send('{"records": [1,}').expect(400));
    expect(problem.detail).toMatch(/not JSON.*position 14|not JSON.*"records": \[1,\}/);
  });

  test('fields that are wrong, missing or unknown are named by their path', async () => {
    const problem = problemOf(await admin.post('/users', { email: 'not an address', role: 'king', extra: 1 }).expect(400));
    expect(problem.errors?.map((error) => error.path).sort()).toEqual(['email', 'extra', 'name', 'role']);
    expect(problem.errors?.find((error) => error.path === 'role')?.message).toContain('credit-manager');
  });

  test('filters that are wrong or misspelt', async () => {
    expect(problemOf(await admin.get('/invoices?state=late&limit=1000').expect(400)).errors?.map((error) => error.path).sort()).toEqual(['limit', 'state.0']);
    expect(problemOf(await admin.get('/invoices?sate=open').expect(400)).errors).toEqual([{ path: 'sate', message: 'is not a field that is known here' }]);
    expect(problemOf(await admin.get('/customers/abc').expect(400)).errors?.[0]?.path).toBe('id');
  });

  test('a cursor that is not ours, or of another order', async () => {
    problemOf(await admin.get('/invoices?cursor=nonsense').expect(400));
    const other = Buffer.from(JSON.stringify(['-dueOn', '2026-01-01', '1'])).toString('base64url');
    expect(problemOf(await admin.get(`/invoices?cursor=${other}`).expect(400)).detail).toContain('another sort order');
    const poisoned = Buffer.from(JSON.stringify(['dueOn', "'; DROP TABLE users; --", 'x'])).toString('base64url');
    problemOf(await admin.get(`/invoices?cursor=${poisoned}`).expect(400));
    problemOf(await admin.get('/customers?search=%00').expect(400));
  });

  test('a body that is too large', async () => {
    const problem = problemOf(await admin.post('/users', { email: 'a@example.com', name: 'x'.repeat(1_100_000), role: 'viewer' }).expect(413));
    expect(problem.detail).toContain('larger than');
  });

  test('too many requests', async () => {
    const slow = await startApi({ settings: { requestsPerMinute: 3 } });
    const caller = await slow.as('viewer');
    for (let request = 0; request < 3; request += 1) await caller.get('/clock').expect(200);
    const refused = await caller.get('/clock').expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    problemOf(refused);
    await (await slow.as('viewer')).get('/clock').expect(200);
    await slow.stop();
  });

  test('a defect says nothing of the inside, but its request id is in the log', async () => {
    const broken = await startApi();
    const caller = await broken.as('viewer');
    await broken.knex.raw('ALTER TABLE business_units RENAME TO gone');
    const problem = problemOf(await caller.get('/business-units').expect(500));
    expect(JSON.stringify(problem)).not.toMatch(/business_units|relation|select/i);
    expect(broken.logged()).toContain(problem.requestId);
    expect(broken.logged()).toContain('relation');
    await broken.stop();
  });
});

describe('every answer', () => {
  test('forbids what the console does not need, and is not kept by browsers', async () => {
    const { headers } = await admin.get('/clock').expect(200);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('carries the request id that was sent, if it is one', async () => {
    expect((await admin.get('/clock').set('x-request-id', 'erp-42')).headers['x-request-id']).toBe('erp-42');
    expect((await admin.get('/clock').set('x-request-id', 'a b"c')).headers['x-request-id']).toMatch(/^[\w-]{36}$/);
  });
});

describe('the console', () => {
  test('is served with its files kept for ever and every page leading to it; the API is not hidden by it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-console-'));
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Console</title>');
    writeFileSync(path.join(folder, 'assets', 'index-abc.js'), 'console.log(1)');
    const served = await startApi({ settings: { consoleFolder: folder } });
    for (const page of ['/', '/invoices', '/invoices/INV.1?state=open']) {
      const response = await served.nobody.at(page).set('accept', 'text/html').expect(200);
      expect(response.text).toContain('<title>Console</title>');
      expect(response.headers['cache-control']).toBe('no-cache');
    }
    expect((await served.nobody.at('/assets/index-abc.js').expect(200)).headers['cache-control']).toContain('immutable');
    await served.nobody.at('/assets/gone.js').set('accept', 'text/html').expect(404);
    problemOf(await served.nobody.at('/api/v1/nothing').set('accept', 'text/html').expect(404));
    await served.stop();
  });
});

describe('health', () => {
  test('alive without Temporal, but not ready', async () => {
    await api.nobody.at('/healthz').expect(200, { status: 'ok' });
    const notReady = await api.nobody.at('/readyz').expect(503);
    expect(notReady.body).toMatchObject({ status: 'not ready', checks: { database: { ok: true }, temporal: { ok: false }, relay: { ok: true } } });
  });

  test('metrics are for this machine, or for whoever has the token', async () => {
    const text = (await api.nobody.at('/metrics').expect(200)).text;
    expect(text).toMatch(/dunwell_http_requests_total\{method="GET",route="[^"]*\/customers\/:id"/);
    expect(text).toContain('dunwell_relay_lag_seconds 0');
    const guarded = await startApi({ settings: { metricsToken: 'a-token-for-prometheus' } });
    await guarded.nobody.at('/metrics').expect(401);
    await guarded.nobody.at('/metrics').set('authorization', 'Bearer a-token-for-prometheus').expect(200);
    await guarded.stop();
  });
});
