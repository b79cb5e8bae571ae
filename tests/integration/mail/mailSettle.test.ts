import { deliver } from '../../../activities/mail/deliver';
import { raiseMailTasks } from '../../../db/mail/tasks';
import { startApi, type Caller, type TestApi } from '../api/startApi';
import { createAccount, decisionsOf, dependencies, pay, publishPolicy, queue, queueFrom, readMessage, tasksAbout, type Account } from './account';

let api: TestApi;
let manager: Caller;
let policyVersionId: number;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-10T10:00:00Z' });
  manager = await api.as('credit-manager');
  policyVersionId = await publishPolicy(api.knex);
});
afterAll(() => api.stop());

/** A message that was offered, and of which nobody can say what became of it. */
async function unknown(): Promise<{ account: Account; id: string }> {
  const account = await createAccount(api.knex, { openMinor: [120_000, 30_000] });
  const id = await queue(api.knex, policyVersionId, account);
  await api.knex('messages').where({ id }).update({ state: 'unknown', attempts: 1, state_reason: 'no answer' });
  await api.knex.transaction((trx) => raiseMailTasks(trx, [{ messageId: id, trouble: 'unknown', title: 'Find out', instructions: '', at: Date.parse('2026-03-10T10:00:00Z') }]));
  return { account, id };
}
const settle = (id: string, finding: string) => manager.post(`/messages/${id}/settle`, { finding, reason: 'Looked it up' });

describe('a message of which it is unknown whether it was sent', () => {
  test('found to be sent, it counts as sent; its task is done; a second finding is refused; collectors do not settle', async () => {
    const { id } = await unknown();
    await (await api.as('collector')).post(`/messages/${id}/settle`, { finding: 'sent', reason: 'x' }).expect(403);
    await settle(id, 'maybe').expect(400);
    expect((await settle(id, 'sent').expect(200)).body).toMatchObject({ againId: null, message: { state: 'sent', stateReason: expect.stringContaining('Looked it up') as string } });
    expect(await tasksAbout(api.knex, id)).toEqual([]);
    await settle(id, 'not-sent').expect(409);
    expect((await manager.get('/audit?action=message.settled').expect(200)).body).toMatchObject({ items: [{ subjectId: id, after: { state: 'sent' } }] });
    await settle('00000000-0000-4000-8000-000000000000', 'sent').expect(404);
  });

  test('found not to be sent, the same leaves afresh, once, under a key of its own, and counts as one contact', async () => {
    const { id, account } = await unknown();
    const { againId } = (await settle(id, 'not-sent').set('idempotency-key', 'k').expect(200)).body as { againId: string };
    expect(((await settle(id, 'not-sent').set('idempotency-key', 'k').expect(200)).body as { againId: string }).againId).toBe(againId);
    expect(await readMessage(api.knex, id)).toMatchObject({ state: 'failed' });
    expect((await decisionsOf(api.knex, againId)).map(({ outcome }) => outcome)).toEqual(['executed', 'covered']);
    const rows = await api.knex('messages').where({ customer_id: account.customerId }).whereNotNull('contact_on').pluck('id');
    expect(rows).toEqual([againId]);
    expect(await api.knex('outbox').where({ kind: 'message.queued-again', invoice_id: account.invoices[0]!.id })).toHaveLength(1);
    await deliver(dependencies(api.knex), againId);
    expect(await readMessage(api.knex, againId)).toMatchObject({ state: 'delivered' });
    expect((await manager.get(`/messages/${againId}`).expect(200)).body).toMatchObject({ idempotencyKey: expect.stringMatching(/\/again$/) as string, invoices: [{}, {}] });
  });

  test('paid meanwhile, nothing leaves', async () => {
    const { id, account } = await unknown();
    await pay(api.knex, account, 0, 120_000);
    await pay(api.knex, account, 1, 30_000);
    const { againId } = (await settle(id, 'not-sent').expect(200)).body as { againId: string };
    await deliver(dependencies(api.knex), againId);
    expect(await readMessage(api.knex, againId)).toMatchObject({ state: 'cancelled' });
  });

  test('a statement that was not sent leaves afresh with the entries that it told of', async () => {
    const account = await createAccount(api.knex, { openMinor: [10_000] });
    const id = await queueFrom(api.knex, 'statement', account);
    await api.knex('messages').where({ id }).update({ state: 'unknown', attempts: 1 });
    const contentOf = (of: string) => api.knex('messages').where({ id: of }).first('content');
    const { againId } = (await settle(id, 'not-sent').expect(200)).body as { againId: string };
    expect(await contentOf(againId)).toEqual(await contentOf(id));
    expect(await deliver(dependencies(api.knex), againId)).toMatchObject({ kind: 'settled', state: 'delivered' });
  });

  test('one about no invoice is failed and counts as no contact; a person is asked whether it is still wanted', async () => {
    const account = await createAccount(api.knex, { openMinor: [10_000] });
    const id = await queueFrom(api.knex, 'campaign', account, 'nothing');
    await api.knex('messages').where({ id }).update({ state: 'unknown', attempts: 1, contact_on: '2026-03-10' });
    expect((await settle(id, 'not-sent').expect(200)).body).toMatchObject({ againId: null, message: { state: 'failed' } });
    expect(await api.knex('messages').where({ id }).first('contact_on')).toEqual({ contact_on: null });
    expect(await api.knex('tasks').where({ key: `mail/${id}/not-sent` }).first('state', 'title')).toEqual({ state: 'open', title: 'Send a message again, if it is still wanted' });
  });
});
