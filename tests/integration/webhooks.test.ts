import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { Webhook } from 'svix';
import { isPublicAddress } from '../../integrations/webhooks/publicAddress';
import { newWebhookSecret, sendWebhook } from '../../integrations/webhooks/sendWebhook';
import { createWebhookDispatcher } from '../../worker/webhooks';
import { announce } from '../../db/collection/announce';
import { freshDatabase, type FreshDatabase } from '../engines/database';
import { createAccount } from './mail/account';

let database: FreshDatabase;
let server: Server;
let url: string;
let answers: (number | 'hang' | 'endless')[] = [];
let received: { headers: IncomingMessage['headers']; body: string }[] = [];
const secret = newWebhookSecret();
const log = pino({ level: 'silent' });

beforeAll(async () => {
  database = await freshDatabase();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const answer = answers.shift() ?? 200;
      if (answer === 'hang') return;
      if (answer === 'endless') return void response.writeHead(200).write('x'.repeat(1_000));
      response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.destroy();
});
beforeEach(async () => {
  answers = [];
  received = [];
  await database.knex('webhook_deliveries').delete();
  await database.knex('webhook_endpoints').delete();
  await database.knex('webhook_endpoints').insert({ url, secret, events: ['hold.placed', 'hold.released'] });
});

const dispatcher = (allowPrivateTargets = true) => createWebhookDispatcher({ knex: database.knex, log, settings: { allowPrivateTargets, timeoutMs: 2_000 }, random: () => 0.5 });
const place = (key: string): Promise<void> => database.knex.transaction((trx) => announce(trx, [{ event: 'hold.placed', key, at: '2026-03-10T09:00:00Z', data: { customer: 'c-1', openMinor: 120_000 } }]));
const deliveries = (): Promise<{ state: string; attempts: number; last_error: string | null; next_attempt_at: Date }[]> => database.knex('webhook_deliveries').orderBy('created_at').select('state', 'attempts', 'last_error', 'next_attempt_at');
const makeDue = (): Promise<number> => database.knex('webhook_deliveries').update({ next_attempt_at: database.knex.raw("now() - interval '1 second'") });

describe('outgoing webhooks', () => {
  test('a hold is told to an endpoint once, with a signature that verifies', async () => {
    await place('hold/inv-1');
    await place('hold/inv-1');
    expect(await dispatcher().dispatchOnce()).toBe(1);
    expect(await dispatcher().dispatchOnce()).toBe(0);
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [(typeof received)[0]];
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'hold.placed', data: { customer: 'c-1' } });
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });

  test('two dispatchers at once do not deliver the same thing twice', async () => {
    for (let n = 0; n < 30; n += 1) await place(`hold/inv-${n}`);
    const counts = await Promise.all([dispatcher().dispatchOnce(), dispatcher().dispatchOnce()]);
    expect(counts[0] + counts[1]).toBe(30);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(30);
  });

  test('500, a redirect and no answer are tried again, later each time, under the same id', async () => {
    answers = [500, 302, 'hang', 200];
    await place('hold/inv-1');
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await dispatcher().dispatchOnce();
      const [delivery] = await deliveries();
      expect(delivery).toMatchObject({ state: 'waiting', attempts: attempt + 1 });
      waits.push(Math.round((delivery!.next_attempt_at.getTime() - Date.now()) / 1_000));
      await makeDue();
    }
    expect(waits).toEqual([5, 30, 120]);
    await dispatcher().dispatchOnce();
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 4, last_error: null }]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  describe('of one hold', () => {
    const hold = 'hold/inv-1';
    const tell = (event: 'hold.placed' | 'hold.released', of = hold): Promise<void> => database.knex.transaction((trx) => announce(trx, [{ event, key: `${event}/${of}`, hold: of, at: '2026-03-10T09:00:00Z', data: { customer: 'c-1' } }]));
    const told = (): string[] => received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

    test('it is not told that it was placed once it is released, however often the first was refused', async () => {
      answers = [500];
      await tell('hold.placed');
      await dispatcher().dispatchOnce();
      await tell('hold.released');
      await makeDue();
      await dispatcher().dispatchOnce();
      await makeDue();
      await dispatcher().dispatchOnce();
      expect(told()).toEqual(['hold.placed', 'hold.released']);
      expect((await deliveries()).map(({ state }) => state)).toEqual(['superseded', 'delivered']);
    });

    test('an endpoint that is switched off after it was told hears of the release when it is on again; one that was not told hears nothing', async () => {
      await tell('hold.placed');
      await dispatcher().dispatchOnce();
      await database.knex('webhook_endpoints').update({ active: false });
      await tell('hold.released');
      await tell('hold.released', 'hold/inv-2');
      expect(await dispatcher().dispatchOnce()).toBe(0);
      await database.knex('webhook_endpoints').update({ active: true });
      expect(await dispatcher().dispatchOnce()).toBe(1);
      expect(told()).toEqual(['hold.placed', 'hold.released']);
    });

    test('an endpoint that asks for no releases is not told either of one that is over', async () => {
      await database.knex('webhook_endpoints').update({ events: ['hold.placed'] });
      const { customerId } = await createAccount(database.knex);
      await database.knex('holds').insert({ key: hold, customer_id: customerId, placed_at: new Date(), placed_by: 'user:1' });
      await tell('hold.placed');
      await database.knex('holds').where({ key: hold }).update({ released_at: new Date(), released_by: 'user:1' });
      expect(await dispatcher().dispatchOnce()).toBe(0);
      expect((await deliveries()).map(({ state }) => state)).toEqual(['superseded']);
    });

    test('its release waits while somebody is telling that it was placed; other holds do not wait', async () => {
      await tell('hold.placed');
      await tell('hold.released');
      await tell('hold.released', 'hold/inv-2');
      await database.knex('webhook_deliveries').where({ event: 'hold.placed' }).update({ leased_until: database.knex.raw("now() + interval '1 minute'"), attempts: 1 });
      expect(await dispatcher().dispatchOnce()).toBe(1);
      await database.knex('webhook_deliveries').where({ event: 'hold.placed' }).update({ state: 'delivered', leased_until: null });
      expect(await dispatcher().dispatchOnce()).toBe(1);
      expect(await dispatcher().dispatchOnce()).toBe(0);
    });
  });

  test('after the last attempt it is given up, with the reason', async () => {
    await place('hold/inv-1');
    await database.knex('webhook_deliveries').update({ attempts: 10 });
    answers = [503];
    await dispatcher().dispatchOnce();
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 11, last_error: 'the receiver answered 503' }]);
  });

  test('a dispatcher that died with a delivery gives it back when its lease ends', async () => {
    await place('hold/inv-1');
    await database.knex('webhook_deliveries').update({ leased_until: database.knex.raw("now() + interval '1 minute'"), attempts: 1 });
    expect(await dispatcher().dispatchOnce()).toBe(0);
    await database.knex('webhook_deliveries').update({ leased_until: database.knex.raw("now() - interval '1 second'") });
    expect(await dispatcher().dispatchOnce()).toBe(1);
  });

  test('an endpoint that was switched off hears nothing', async () => {
    await place('hold/inv-1');
    await database.knex('webhook_endpoints').update({ active: false });
    expect(await dispatcher().dispatchOnce()).toBe(0);
  });

  test('private targets are refused unless they are allowed, by address and by name', async () => {
    await place('hold/inv-1');
    await dispatcher(false).dispatchOnce();
    expect(await deliveries()).toMatchObject([{ state: 'failed', last_error: '127.0.0.1 is not a public address' }]);
    expect(received).toHaveLength(0);
    const byName = await sendWebhook({ id: 'x', url: url.replace('127.0.0.1', 'localhost'), secret, body: '{}' }, { allowPrivateTargets: false });
    expect(byName).toMatchObject({ kind: 'failed', final: true, reason: expect.stringContaining('not a public address') as string });
  });

  test('an answer without end does not hold the dispatcher', async () => {
    answers = ['endless'];
    expect(await sendWebhook({ id: 'x', url, secret, body: '{}' }, { allowPrivateTargets: true })).toEqual({ kind: 'delivered' });
  });

  test('a secret that cannot sign is final', async () => {
    expect(await sendWebhook({ id: 'x', url, secret: 'whsec_', body: '{}' }, { allowPrivateTargets: true })).toMatchObject({ final: true });
  });

  test.each([
    ['8.8.8.8', true], ['1.1.1.1', true], ['2606:4700::1111', true],
    ['10.1.2.3', false], ['127.0.0.1', false], ['169.254.169.254', false], ['172.31.0.1', false], ['192.168.1.1', false], ['100.64.0.1', false], ['0.0.0.0', false],
    ['::1', false], ['::ffff:127.0.0.1', false], ['::ffff:8.8.8.8', false], ['fd00::1', false], ['fe80::1', false], ['64:ff9b::7f00:1', false], ['not-an-address', false],
  ])('%s is public: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });
});
