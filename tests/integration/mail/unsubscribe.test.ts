import supertest from 'supertest';
import { deliver } from '../../../activities/mail/deliver';
import { readThreadKey } from '../../../db/replies/signingKey';
import { threadToken } from '../../../integrations/inbound/threadToken';
import { startApi, type TestApi } from '../api/startApi';
import { createAccount, dependencies, publishPolicy, queue, queueFrom, readMessage } from './account';

let api: TestApi;
beforeAll(async () => void (api = await startApi({ now: '2026-03-10T09:00:00Z' })));
afterAll(() => api.stop());

/** A statement that was handed over, and the address in its List-Unsubscribe. */
async function sent(language = 'en') {
  const account = await createAccount(api.knex);
  const key = await readThreadKey(api.knex);
  const id = await queueFrom(api.knex, 'statement', account);
  await api.knex('messages').where({ id }).update({ language });
  await deliver(dependencies(api.knex, { thread: { key, replyAddress: null, publicUrl: 'https://dunwell.example' } }), id);
  return { account, key, id, path: `/api/v1/unsubscribe/${threadToken(key, 'unsubscribe', id)}` };
}
const optOuts = (): Promise<{ email: string; via: string }[]> => api.knex('mail_opt_outs').orderBy('email').select('email', 'via');

test('a program posts as RFC 8058 has it, without cookies or keys, and again: the address is taken out once', async () => {
  const { account, id, path } = await sent();
  const post = () => supertest(api.app).post(path).type('form').send('List-Unsubscribe=One-Click');
  expect((await post().expect(200)).body).toEqual({ result: 'unsubscribed' });
  await post().expect(200);
  await supertest(api.app).post(path).expect(200);
  expect(await optOuts()).toEqual([{ email: account.email, via: 'one-click' }]);
  expect(await api.knex('audit_entries').where({ action: 'address.opted-out', subject_id: account.email })).toHaveLength(1);
  expect(await api.knex('tasks').where({ customer_id: account.customerId, title: 'A customer asked for less mail' })).toHaveLength(1);
  const { to_addresses } = await api.knex('messages').where({ id }).first<{ to_addresses: string[] }>('to_addresses');
  expect(to_addresses).toEqual([account.email]);
});

test.each([['de', 'Weniger E-Mails', 'Ja, nicht mehr senden'], ['fr-CA', 'Moins d', 'Oui, ne plus'], ['es', 'Menos correos', 'Sí, no enviar'], ['ja', 'Fewer emails', 'Yes, stop them']])('who opens the link is asked in %s, and nothing is changed by that; who agrees is told so', async (language, title, button) => {
  const { account, path } = await sent(language);
  const before = await optOuts();
  const page = await supertest(api.app).get(path).set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8').expect(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.text).toContain(title);
  expect(page.text).toContain(button);
  expect(page.text).not.toMatch(/<script|\son\w+=/i);
  expect(page.text).not.toContain(account.email);
  await supertest(api.app).head(path);
  expect(await optOuts()).toEqual(before);
  const done = await supertest(api.app).post(path).set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8').type('form').send('').expect(200);
  expect(done.text).toContain('role="status"');
  expect(await optOuts()).toHaveLength(before.length + 1);
});

test('a link that is forged, cut short, made for answering, or of nothing, leads nowhere', async () => {
  const { key, id, path } = await sent();
  const before = await optOuts();
  for (const token of ['x', path.split('/').at(-1)!.slice(0, -1), threadToken(key, 'reply', id), threadToken(Buffer.alloc(32, 1), 'unsubscribe', id), threadToken(key, 'unsubscribe', '0198f3a2-7c11-7e0a-9d3e-5b7a1c2d3e4f'), '%3Cscript%3E']) {
    await supertest(api.app).get(`/api/v1/unsubscribe/${token}`).expect(404);
    await supertest(api.app).post(`/api/v1/unsubscribe/${token}`).send('List-Unsubscribe=One-Click').expect(404);
  }
  expect(await optOuts()).toEqual(before);
});

test('afterwards no statement, segment mail, campaign or automation goes there, also one that waited already; a reminder of what is owed goes on', async () => {
  const { account, path } = await sent();
  const version = await publishPolicy(api.knex);
  const waiting = await queueFrom(api.knex, 'segment', account);
  await supertest(api.app).post(path).expect(200);
  for (const id of [waiting, await queueFrom(api.knex, 'statement', account), await queueFrom(api.knex, 'campaign', account), await queueFrom(api.knex, 'automation', account)]) {
    expect(await deliver(dependencies(api.knex), id)).toMatchObject({ kind: 'settled', state: 'cancelled' });
    expect((await readMessage(api.knex, id)).state_reason).toBeTruthy();
  }
  expect(await deliver(dependencies(api.knex), await queue(api.knex, version, account))).toMatchObject({ kind: 'settled', state: 'delivered' });
  const manager = await api.as('credit-manager');
  const listed = async (search: string): Promise<unknown[]> => ((await manager.get(`/mail-opt-outs?search=${encodeURIComponent(search)}`).expect(200)).body as { items: unknown[] }).items;
  expect(await listed(account.email)).toEqual([expect.objectContaining({ email: account.email.toLowerCase(), via: 'one-click' })]);
  expect(await listed('nobody-of-that-name')).toEqual([]);
  await manager.delete(`/mail-opt-outs/${account.email}`).expect(204);
  expect(await deliver(dependencies(api.knex), await queueFrom(api.knex, 'statement', account))).toMatchObject({ kind: 'settled', state: 'delivered' });
});
