import { randomUUID } from 'node:crypto';
import { Webhook } from 'svix';
import { receiveResendEvent } from '../../../api/webhooks/receiveResendEvent';
import { deliver } from '../../../activities/mail/deliver';
import { startManualClock } from '../../../db/clock/clock';
import { messageStates, mayMove, type MessageState } from '../../../db/mail/states';
import { moveMessage } from '../../../db/mail/moves';
import { resendMail } from '../../../integrations/mail/resend';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { ResendStandIn } from '../../standins/resend/standIn';
import { signedEvent } from '../../standins/resend/webhooks';
import { createAccount, dependencies, publishPolicy, queue, readMessage, tasksAbout, type Account } from './account';

const secret = `whsec_${Buffer.from('a secret of the tests').toString('base64')}`;
let database: FreshDatabase;
let policy: number;
let standIn: ResendStandIn;
let baseUrl: string;

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse('2026-03-10T09:00:00Z'));
  standIn = new ResendStandIn();
  baseUrl = await standIn.listen();
});
afterAll(async () => {
  await standIn.close();
  await database.destroy();
});

async function sent(options: Parameters<typeof createAccount>[1] = {}): Promise<{ id: string; account: Account; emailId: string }> {
  const account = await createAccount(database.knex, options);
  const id = await queue(database.knex, policy, account);
  await deliver(dependencies(database.knex, { provider: resendMail({ apiKey: 're_standin', baseUrl }) }), id);
  return { id, account, emailId: (await readMessage(database.knex, id)).provider_id! };
}

function report(emailId: string, type: string, options: Parameters<typeof signedEvent>[3] = {}): ReturnType<typeof receiveResendEvent> {
  const { headers, body } = signedEvent(standIn.store.find(emailId)!, type, secret, options);
  return receiveResendEvent(database.knex, { headers, rawBody: body, secret });
}

const stateOf = async (id: string): Promise<string> => (await readMessage(database.knex, id)).state;

describe('reports from Resend', () => {
  test('delivered, opened, clicked', async () => {
    const { id, emailId } = await sent();
    expect(await report(emailId, 'email.delivered')).toEqual({ status: 200, result: 'accepted' });
    await report(emailId, 'email.opened');
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'delivered', opened_at: expect.any(Date) as Date });
    await report(emailId, 'email.opened');
    expect(await database.knex('events').whereRaw(`data ->> 'message' = ?`, [id]).select('kind', 'depth')).toEqual([{ kind: 'email.opened', depth: 0 }]);
  });

  test('out of order: bounced, then delivered: it stays bounced', async () => {
    const { id, emailId } = await sent();
    await report(emailId, 'email.bounced', { extra: { bounce: { type: 'Permanent', subType: 'General', message: 'no such mailbox' } } });
    await report(emailId, 'email.delivered');
    await report(emailId, 'email.sent');
    expect(await stateOf(id)).toBe('bounced');
  });

  test('a hard bounce suppresses the address, raises a task, and has everyone with the address looked at again', async () => {
    const shared = `shared-${randomUUID()}@ropes.example`;
    const { id, account, emailId } = await sent({ emails: [shared] });
    const other = await createAccount(database.knex, { emails: [shared.toUpperCase()] });
    await report(emailId, 'email.bounced', { extra: { bounce: { type: 'Permanent', subType: 'General', message: 'no such mailbox' } } });

    expect(await database.knex('suppressed_addresses').where({ email: shared }).first('reason')).toEqual({ reason: 'bounced' });
    expect(await tasksAbout(database.knex, id)).toEqual(['A message came back']);
    const touched: number[] = await database.knex('outbox').where({ kind: 'contact.changed' }).whereIn('customer_id', [account.customerId, other.customerId]).orderBy('customer_id').pluck('customer_id');
    expect(touched).toEqual([account.customerId, other.customerId]);
    const next = await queue(database.knex, policy, account, { steps: ['due'], template: 'due' });
    expect(await deliver(dependencies(database.knex), next)).toEqual({ kind: 'settled', state: 'cancelled' });
  });

  test('a soft bounce raises a task and suppresses nothing', async () => {
    const { id, account, emailId } = await sent();
    await report(emailId, 'email.bounced', { extra: { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'mailbox full' } } });
    expect(await tasksAbout(database.knex, id)).toHaveLength(1);
    expect(await database.knex('suppressed_addresses').where({ email: account.email })).toEqual([]);
  });

  test('of two recipients only the one that the bounce names is suppressed', async () => {
    const [good, bad] = [`good-${randomUUID()}@ropes.example`, `bad-${randomUUID()}@ropes.example`];
    const { emailId } = await sent({ emails: [good, bad] });
    await report(emailId, 'email.bounced', { extra: { bounce: { type: 'Permanent', subType: 'General', message: `550 ${bad} is unknown` } } });
    expect(await database.knex('suppressed_addresses').whereIn('email', [good, bad]).pluck('email')).toEqual([bad]);
  });

  test('a complaint after delivery counts, and suppresses', async () => {
    const { id, account, emailId } = await sent();
    await report(emailId, 'email.delivered');
    await report(emailId, 'email.complained');
    expect(await stateOf(id)).toBe('complained');
    expect(await database.knex('suppressed_addresses').where({ email: account.email }).first('reason')).toEqual({ reason: 'complained' });
  });

  test('failed raises a task', async () => {
    const { id, emailId } = await sent();
    await report(emailId, 'email.failed', { extra: { failed: { reason: 'reached_daily_quota' } } });
    expect(await stateOf(id)).toBe('failed');
    expect(await tasksAbout(database.knex, id)).toEqual(['A message could not be sent']);
  });

  test('a repeat has no effect and is answered as such', async () => {
    const { id, emailId } = await sent();
    const once = { id: `msg_${randomUUID()}` };
    expect(await report(emailId, 'email.delivered', once)).toEqual({ status: 200, result: 'accepted' });
    expect(await report(emailId, 'email.delivered', once)).toEqual({ status: 200, result: 'duplicate' });
    expect(await database.knex('message_events').where({ message_id: id })).toHaveLength(1);
  });

  test('a report that comes before the answer to our request is matched by its tag, and our answer changes nothing then', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);
    standIn.plan({ next: [{ kind: 'lose-answer' }] });
    const deps = dependencies(database.knex, { provider: resendMail({ apiKey: 're_standin', baseUrl }) });
    await deliver(deps, id);
    const email = standIn.store.list(1, null).emails[0]!;
    expect(await report(email.id, 'email.delivered')).toEqual({ status: 200, result: 'accepted' });
    expect(await deliver(deps, id)).toEqual({ kind: 'settled', state: 'delivered' });
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'delivered', provider_id: email.id });
  });

  test('a report settles what nobody knew, and takes back the task', async () => {
    const { id, emailId } = await sent();
    await database.knex('messages').where({ id }).update({ state: 'unknown' });
    await database.knex('tasks').insert({ key: `mail/${id}/unknown`, queue: 'Customer Care', title: 'Find out', created_at: new Date() });
    await report(emailId, 'email.delivered');
    expect(await stateOf(id)).toBe('delivered');
    expect(await tasksAbout(database.knex, id)).toEqual([]);
  });

  test('reports about mail that is not ours, or not about mail, are ignored', async () => {
    const email = { id: randomUUID(), key: null, createdAt: Date.now(), from: 'a@b.example', to: ['c@d.example'], subject: 's', html: null, text: null, tags: [], lastEvent: 'sent' };
    const { headers, body } = signedEvent(email, 'email.delivered', secret);
    expect(await receiveResendEvent(database.knex, { headers, rawBody: body, secret })).toEqual({ status: 200, result: 'ignored' });
    const other = signedEvent(email, 'contact.created', secret);
    expect(await receiveResendEvent(database.knex, { headers: other.headers, rawBody: other.body, secret })).toEqual({ status: 200, result: 'ignored' });
  });
});

describe('deliveries that are not genuine are refused', () => {
  const body = '{"type":"email.delivered","created_at":"2026-03-10T09:00:00Z","data":{"email_id":"x"}}';
  const headersOf = (id: string, at: number, signature: string): Record<string, string> => ({ 'svix-id': id, 'svix-timestamp': String(Math.floor(at / 1_000)), 'svix-signature': signature });
  const sign = (id: string, at: number, text = body): string => new Webhook(secret).sign(id, new Date(at), text);
  const receive = (headers: Record<string, string>, rawBody = body, key = secret): ReturnType<typeof receiveResendEvent> => receiveResendEvent(database.knex, { headers, rawBody, secret: key });
  const now = Date.now();

  test.each<[string, { headers: Record<string, string>; text?: string; key?: string }]>([
    ['no headers', { headers: {} }],
    ['a wrong signature', { headers: headersOf('m1', now, sign('m2', now)) }],
    ['a changed body', { headers: headersOf('m1', now, sign('m1', now)), text: body.replace('"x"', '"y"') }],
    ['older than 5 minutes', { headers: headersOf('m1', now - 6 * 60_000, sign('m1', now - 6 * 60_000)) }],
    ['from the future', { headers: headersOf('m1', now + 6 * 60_000, sign('m1', now + 6 * 60_000)) }],
    ['a timestamp that is no number', { headers: { ...headersOf('m1', now, sign('m1', now)), 'svix-timestamp': 'soon' } }],
    ['another version of signatures', { headers: headersOf('m1', now, sign('m1', now).replace('v1,', 'v2,')) }],
    ['an empty secret', { headers: headersOf('m1', now, sign('m1', now)), key: 'whsec_' }],
    ['signed, but not JSON', { headers: headersOf('m1', now, sign('m1', now, 'hello')), text: 'hello' }],
    ['signed, but no event', { headers: headersOf('m1', now, sign('m1', now, '[]')), text: '[]' }],
  ])('%s', async (_, { headers, text, key }) => {
    expect(await receive(headers, text, key)).toMatchObject({ status: 401 });
  });

  test('accepted: several signatures of which one fits, header names webhook-…, a secret without its prefix', async () => {
    const right = sign('m1', now);
    expect(await receive(headersOf('m1', now, `v2,xyz v1,AAAA ${right}`))).toEqual({ status: 200, result: 'ignored' });
    const { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signature } = headersOf('m1', now, right) as Record<'svix-id' | 'svix-timestamp' | 'svix-signature', string>;
    expect(await receive({ 'Webhook-Id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature })).toEqual({ status: 200, result: 'ignored' });
    expect(await receive(headersOf('m1', now, right), body, secret.slice('whsec_'.length))).toEqual({ status: 200, result: 'ignored' });
  });
});

describe('the states of a message', () => {
  let id: string;
  beforeAll(async () => {
    id = await queue(database.knex, policy, await createAccount(database.knex));
  });

  test.each(messageStates.flatMap((from) => messageStates.map((to): [MessageState, MessageState, boolean] => [from, to, mayMove(from, to)])))('%s to %s: %s', async (from, to, allowed) => {
    await database.knex('messages').where({ id }).update({ state: from });
    expect(await database.knex.transaction((trx) => moveMessage(trx, id, to))).toBe(allowed);
    expect(await stateOf(id)).toBe(allowed ? to : from);
  });

  test('what has ended stays as it ended, whatever is reported', () => {
    for (const end of ['failed', 'cancelled', 'complained'] as const) expect(messageStates.filter((to) => mayMove(end, to))).toEqual([]);
  });
});
