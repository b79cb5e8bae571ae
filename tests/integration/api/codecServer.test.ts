import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import supertest from 'supertest';
import { codecOf, readPayloadKeys } from '../../../config/payloadCodec';
import { roles } from '../../../domain/access/roles';
import { addTestUser, sessionHeaders, startApi, type TestApi } from './startApi';

const path = '/api/temporal-codec/decode';
const origin = 'http://temporal.example';
const codec = codecOf(readPayloadKeys(`one:${Buffer.alloc(32, 1).toString('base64')}`))!;
const asJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])), data: Buffer.from(data ?? []).toString('base64'),
});
let api: TestApi;
let body: { payloads: object[] };

beforeAll(async () => {
  api = await startApi({ settings: { temporalCodec: codec } });
  const plain = defaultPayloadConverter.toPayload('plain');
  body = { payloads: [...await codec.encode([defaultPayloadConverter.toPayload({ invoice: 'INV-1' })]), plain].map(asJson) };
});
afterAll(() => api.stop());

const cookieOf = async (role: (typeof roles)[number]) => ({ cookie: (await sessionHeaders(api.knex, await addTestUser(api.knex, role, Math.random()))).cookie! });
const post = (headers: Record<string, string>) => supertest(api.app).post(path).set(headers);

test("Temporal's UI is shown what an operator's session may see", async () => {
  const answer = await post({ origin, ...await cookieOf('admin'), 'x-namespace': 'default' }).send(body).expect(200);
  expect(answer.headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
  const { payloads } = answer.body as { payloads: { data: string }[] };
  expect(payloads.map(({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()) as unknown)).toEqual([{ invoice: 'INV-1' }, 'plain']);
  const preflight = await supertest(api.app).options(path).set({ origin, 'access-control-request-method': 'POST' }).expect(204);
  expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-allow-methods': 'POST' });
});

test('nobody else is', async () => {
  await post({ origin }).send(body).expect(401);
  for (const role of roles.filter((one) => one !== 'admin')) await post({ origin, ...await cookieOf(role) }).send(body).expect(403);
});

test('no other page is told the answer', async () => {
  const cookie = await cookieOf('admin');
  for (const other of [{}, { origin: 'https://evil.example' }, { origin: `${origin}.evil.example` }] as Record<string, string>[]) {
    const refused = await post({ ...other, ...cookie }).send(body).expect(403);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('what is no payload, or cannot be decrypted, is refused', async () => {
  const cookie = await cookieOf('admin');
  await post({ origin, ...cookie }).send({ payloads: [{ data: '%' }] }).expect(400);
  const other = codecOf(readPayloadKeys(`two:${Buffer.alloc(32, 2).toString('base64')}`))!;
  const refused = await post({ origin, ...cookie }).send({ payloads: (await other.encode([defaultPayloadConverter.toPayload('x')])).map(asJson) }).expect(422);
  expect((refused.body as { detail: string }).detail).toContain('encrypted with the key "two"');
});

test('it is not there where nothing is encrypted', async () => {
  const plain = await startApi();
  try {
    await supertest(plain.app).post(path).set({ origin }).send(body).expect(404);
  } finally {
    await plain.stop();
  }
});
