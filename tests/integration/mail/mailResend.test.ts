import { deliver, type Delivery } from '../../../activities/mail/deliver';
import { startManualClock } from '../../../db/clock/clock';
import { resendMail } from '../../../integrations/mail/resend';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { serverError, tooMany } from '../../standins/resend/faults';
import { ResendStandIn } from '../../standins/resend/standIn';
import { createAccount, decisionsOf, dependencies, pay, publishPolicy, queue, readMessage, tasksAbout, type Account } from './account';

const hourMs = 60 * 60_000;
let database: FreshDatabase;
let policy: number;
let standIn: ResendStandIn;
let baseUrl: string;
/** The machine's clock as the hand-over and the stand-in see it. */
let wallNow = Date.parse('2026-03-10T09:00:00Z');

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse('2026-03-10T09:00:00Z'));
});
afterAll(() => database.destroy());
beforeEach(async () => {
  standIn = new ResendStandIn({ now: () => wallNow });
  baseUrl = await standIn.listen();
});
afterEach(() => standIn.close());

const deliverNow = (id: string): Promise<Delivery> => deliver(dependencies(database.knex, { provider: resendMail({ apiKey: 're_standin', baseUrl }), wallNow: () => wallNow }), id);
const acceptedOf = (id: string): number => standIn.store.acceptedByTag('message').get(id) ?? 0;

async function queued(): Promise<{ id: string; account: Account }> {
  const account = await createAccount(database.knex);
  return { id: await queue(database.knex, policy, account), account };
}

describe('Resend', () => {
  test('a message is accepted once, with text, HTML, the invoice, and our id as its tag', async () => {
    const { id, account } = await queued();
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    const [email] = standIn.store.list(1, null).emails;
    expect(email).toMatchObject({ to: [account.email], from: 'Harbour Supplies <billing@harbour.example>', tags: [{ name: 'message', value: id }] });
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'sent', provider: 'resend', provider_id: email!.id, attempts: 1 });
    await deliverNow(id);
    expect(standIn.requests).toBe(1);
  });

  test('the answer is lost after acceptance: the repeat has the same bytes and key, and nothing is sent twice', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'lose-answer' }] });
    expect(await deliverNow(id)).toMatchObject({ kind: 'retry' });
    const before = await readMessage(database.knex, id);
    expect(before.state).toBe('sending');

    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    expect((await readMessage(database.knex, id)).payload).toBe(before.payload);
    expect(standIn.requests).toBe(2);
    expect(acceptedOf(id)).toBe(1);
  });

  test('500 after acceptance, then 500 before: still one email', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'fail-after' }, serverError] });
    expect(await deliverNow(id)).toMatchObject({ kind: 'retry' });
    expect(await deliverNow(id)).toMatchObject({ kind: 'retry' });
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(acceptedOf(id)).toBe(1);
  });

  test('429: comes back when the headers say, and tells of what is open by then', async () => {
    const { id, account } = await queued();
    standIn.plan({ next: [tooMany(7)] });
    expect(await deliverNow(id)).toMatchObject({ kind: 'retry', afterMs: 7_000 });
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'queued', payload: null });
    await pay(database.knex, account, 0, 20_000);
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(standIn.store.list(1, null).emails[0]!.subject).toContain('€1,000.00');
  });

  test('429 and paid meanwhile: nothing is sent', async () => {
    const { id, account } = await queued();
    standIn.plan({ next: [tooMany(1)] });
    await deliverNow(id);
    await pay(database.knex, account, 0, 120_000);
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(acceptedOf(id)).toBe(0);
    expect((await decisionsOf(database.knex, id))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'paid-before-hand-over' });
  });

  test('two deliver the same message at once: Resend answers the second 409, and it is sent once', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'delay', ms: 300 }] });
    const first = deliverNow(id);
    while (standIn.requests < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await deliverNow(id)).toMatchObject({ kind: 'retry', reason: expect.stringContaining('still working') as string });
    expect(await first).toEqual({ kind: 'settled', state: 'sent' });
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(acceptedOf(id)).toBe(1);
  });

  test('409 for another body under our key is never repeated: a person looks', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'refuse', status: 409, name: 'invalid_idempotent_request' }] });
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'unknown' });
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'unknown' });
    expect(standIn.requests).toBe(1);
    expect(await tasksAbout(database.knex, id)).toEqual(['Find out whether a message was sent']);
  });

  test('422: failed for good, with a task', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'refuse', status: 422, name: 'validation_error', message: 'Invalid `to` field' }] });
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'failed' });
    expect(await tasksAbout(database.knex, id)).toEqual(['A message could not be sent']);
  });

  test('a refused API key holds mail back without giving it up', async () => {
    const { id } = await queued();
    const wrong = dependencies(database.knex, { provider: resendMail({ apiKey: 're_wrong', baseUrl }), wallNow: () => wallNow });
    expect(await deliver(wrong, id)).toMatchObject({ kind: 'retry' });
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'queued', state_reason: expect.stringContaining('invalid_api_key') as string });
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
  });
});

describe('an outage longer than Resend remembers keys', () => {
  test('accepted before the outage: it is found there, and not sent again', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'lose-answer' }] });
    await deliverNow(id);
    wallNow += 30 * hourMs;
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(standIn.requests).toBe(1);
    expect(acceptedOf(id)).toBe(1);
    expect((await readMessage(database.knex, id)).provider_id).toBe(standIn.store.list(1, null).emails[0]!.id);
  });

  test('never accepted: it is not found there, and sent', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'drop' }] });
    await deliverNow(id);
    wallNow += 30 * hourMs;
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(acceptedOf(id)).toBe(1);
  });

  test('never accepted and paid meanwhile: not sent', async () => {
    const { id, account } = await queued();
    standIn.plan({ next: [{ kind: 'drop' }] });
    await deliverNow(id);
    await pay(database.knex, account, 0, 120_000);
    wallNow += 30 * hourMs;
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(acceptedOf(id)).toBe(0);
  });

  test('paid while the answer is out, within the 24 hours: it is looked up rather than offered again', async () => {
    const { id, account } = await queued();
    standIn.plan({ next: [{ kind: 'drop' }] });
    await deliverNow(id);
    await pay(database.knex, account, 0, 120_000);
    expect(await deliverNow(id)).toMatchObject({ kind: 'retry', afterMs: 120_000 });
    wallNow += 120_000;
    expect(await deliverNow(id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(standIn.requests).toBe(1);
  });

  test('the provider was changed meanwhile: nobody can tell, so a person is asked', async () => {
    const { id } = await queued();
    standIn.plan({ next: [{ kind: 'lose-answer' }] });
    await deliverNow(id);
    expect(await deliver(dependencies(database.knex, { wallNow: () => wallNow }), id)).toEqual({ kind: 'settled', state: 'unknown' });
    expect(await tasksAbout(database.knex, id)).toEqual(['Find out whether a message was sent']);
  });
});
