import { randomUUID } from 'node:crypto';
import type { MailDependencies } from '../../../activities/mail';
import { tellPeople } from '../../../activities/notices/noticeMails';
import { addUser, findUser, putNoticeSettings } from '../../../db/access/users';
import { recordProviderEvent, type MailEvent } from '../../../db/mail/recordProviderEvent';
import { settleUnknownNotice } from '../../../db/notices/settleUnknownNotice';
import { addNote } from '../../../db/work/notes';
import { escalateOverdueTasks } from '../../../db/work/escalateTasks';
import { raiseNotices } from '../../../db/work/raiseNotices';
import { raiseTasks } from '../../../db/work/raiseTasks';
import { moveTask } from '../../../db/work/tasks';
import type { Role } from '../../../domain/access/roles';
import type { NoticeMailChoice } from '../../../domain/notice/due';
import type { HandOver, MailProvider, SendResult } from '../../../integrations/mail/provider';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, dependencies, type Account } from '../mail/account';

let database: FreshDatabase;
let account: Account;
beforeEach(async () => {
  database = await freshDatabase();
  account = await createAccount(database.knex, { name: 'Ropes & Rigging' });
});
afterEach(() => database.destroy());

const start = Date.parse('2026-03-10T09:00:00Z');
const minutes = (many: number): number => start + many * 60_000;
const ann = { kind: 'user' as const, id: '900', name: 'Ann' };

/** A provider that knows a key for a day and counts what really leaves. */
function provider(answer: (handOver: HandOver, attempt: number) => SendResult | null = () => null) {
  const sent = new Map<string, HandOver>();
  let attempts = 0;
  const mail: MailProvider = {
    name: 'resend', keyLifetimeMs: 86_400_000,
    compose: (message) => Promise.resolve(JSON.stringify({ subject: message.subject, text: message.text, to: message.to })),
    send: (handOver) => {
      const before = sent.get(handOver.idempotencyKey);
      if (before && before.payload !== handOver.payload) return Promise.resolve({ kind: 'conflict', reason: 'another body' });
      const said = answer(handOver, (attempts += 1));
      if (!said || said.kind === 'unknown') sent.set(handOver.idempotencyKey, handOver);
      return Promise.resolve(said ?? { kind: 'accepted', providerId: `p-${handOver.idempotencyKey}`, delivered: false });
    },
  };
  return { mail, letters: () => [...sent.values()].map(({ payload, to }) => ({ ...(JSON.parse(payload) as { subject: string; text: string }), to: [...to] })), attempts: () => attempts };
}

const deps = (mail: MailProvider, over: Partial<MailDependencies> = {}): MailDependencies =>
  dependencies(database.knex, { provider: mail, thread: { key: Buffer.alloc(32), replyAddress: null, publicUrl: 'https://dunwell.example/' }, ...over });

async function person(name: string, mail: NoticeMailChoice, role: Role = 'collector'): Promise<number> {
  const { user } = await addUser(database.knex, { email: `${name.toLowerCase()}@us.example`, name, role, password: 'long enough to be one' });
  await putNoticeSettings(database.knex, user.id, { mail, timeZone: 'UTC' });
  return user.id;
}

const note = (body: string, at = start) => database.knex.transaction((trx) => addNote(trx, ann, { customerId: account.customerId, invoiceId: null, body, issueType: null }, new Date(at)));
const task = (key: string, over: object = {}) => database.knex.transaction((trx) => raiseTasks(trx, [{ key, queue: 'Customer Care', title: `Call about ${key}`, instructions: null, customerId: account.customerId, invoiceId: null, dueOn: '2026-03-10', at: start, ...over }]));

test('a mention is told once, with a link, to whom it is for', async () => {
  await person('Bo', 'at-once');
  await person('Cleo', 'at-once');
  const { mail, letters } = provider();
  await note('Could you look at this, @Bo?');
  await tellPeople(deps(mail), minutes(1));
  await tellPeople(deps(mail), minutes(30));
  expect(letters()).toEqual([expect.objectContaining({ to: ['bo@us.example'], subject: expect.stringMatching(/Ann mentioned you.*Ropes & Rigging/s) })]);
  expect(letters()[0]!.text).toContain(`https://dunwell.example/customers/${account.customerId}`);
});

test('a hundred tasks at once are one mail; what comes within ten minutes waits for the next', async () => {
  const bo = await person('Bo', 'at-once');
  const { mail, letters } = provider();
  for (let index = 0; index < 100; index += 1) await task(`t-${index}`, { assigneeId: bo });
  await tellPeople(deps(mail), minutes(1));
  await task('later', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(5));
  expect(letters().map(({ subject }) => subject)).toEqual(['100 notices']);
  expect(letters()[0]!.text).toContain('50 more in the console');
  await tellPeople(deps(mail), minutes(11));
  expect(letters().map(({ subject }) => subject)).toEqual(['100 notices', 'Your task: Call about later: Ropes & Rigging']);
});

test('day 1 to 3: the daily list comes at seven, and none where nothing is', async () => {
  const bo = await person('Bo', 'daily');
  const { mail, letters } = provider();
  await task('one', { assigneeId: bo });
  await note('@Bo see here');
  await tellPeople(deps(mail), minutes(1));
  expect(letters()).toEqual([]);
  await tellPeople(deps(mail), Date.parse('2026-03-11T07:00:00Z'));
  await tellPeople(deps(mail), Date.parse('2026-03-12T07:00:00Z'));
  expect(letters().map(({ subject }) => subject)).toEqual(['2 notices']);
});

test('what is over before the mail leaves is not told: a task done, one given to somebody else, a mention that was read', async () => {
  const [bo, cleo] = [await person('Bo', 'daily'), await person('Cleo', 'none')];
  const { mail, letters } = provider();
  const [[done], [given]] = [await task('done', { assigneeId: bo }), await task('given', { assigneeId: bo })];
  await note('@Bo see here');
  await tellPeople(deps(mail), minutes(1));
  await database.knex.transaction((trx) => moveTask(trx, ann, done!, { kind: 'complete', report: { outcome: 'done', note: null }, userId: bo, others: true, at: new Date(start) }));
  await database.knex.transaction((trx) => moveTask(trx, ann, given!, { kind: 'reassign', assigneeId: cleo, queue: null }));
  await database.knex('notification_readers').update({ read_at: new Date() });
  await tellPeople(deps(mail), Date.parse('2026-03-11T07:00:00Z'));
  expect(letters()).toEqual([]);
  expect(await database.knex('notices').whereNull('dropped')).toEqual([]);
});

describe('what a group is told', () => {
  const tell = (key: string, audience: string, title = 'Two months overdue') => database.knex.transaction((trx) => raiseNotices(trx, [{ key, audience, title, customerId: account.customerId, invoiceId: null, at: start }]));
  const member = async (name: string, mail: NoticeMailChoice, role: Role = 'collector'): Promise<number> => {
    const id = await person(name, mail, role);
    await putNoticeSettings(database.knex, id, { mail, timeZone: 'UTC', groups: true });
    return id;
  };
  const reached = (key: string) => database.knex('notification_readers as r').join('notifications as n', 'n.id', 'r.notification_id').join('users as u', 'u.id', 'r.user_id').where('n.key', key).orderBy('u.name').pluck('u.name');

  test('is sent to each of its people who wants that, once, and to nobody who wants only their own, has left, or has read it', async () => {
    const cleo = await member('Cleo', 'at-once');
    await member('Bo', 'at-once');
    await person('Own', 'at-once');
    await member('None', 'none');
    await member('Sal', 'at-once', 'sales');
    const gone = await member('Gone', 'at-once');
    const left = await member('Left', 'at-once');
    await database.knex('users').where({ id: gone }).update({ active: false });
    await tell('n-1', 'collector');
    await database.knex('users').where({ id: left }).update({ active: false });
    await database.knex('notification_readers').where({ user_id: cleo }).update({ read_at: new Date() });
    const { mail, letters } = provider();
    await tellPeople(deps(mail), minutes(1));
    await tell('n-1', 'collector');
    await tellPeople(deps(mail), minutes(30));
    expect(await reached('n-1')).toEqual(['Bo', 'Cleo', 'Left', 'None', 'Own']);
    expect(letters().map(({ to, subject }) => [to[0], subject])).toEqual([['bo@us.example', 'Two months overdue: Ropes & Rigging']]);
  });

  test('a worker that dies after taking it down, or before offering the mail, leaves it to the next; whoever is switched off meanwhile is not written to', async () => {
    const bo = await member('Bo', 'at-once');
    const cleo = await member('Cleo', 'at-once');
    await tell('n-1', 'collector');
    const down = provider(() => ({ kind: 'unavailable', reason: 'down' }));
    let wall = Date.now();
    await tellPeople(deps(down.mail, { wallNow: () => wall }), minutes(1));
    expect(await database.knex('notice_mails').orderBy('user_id').select('user_id', 'state')).toEqual([{ user_id: bo, state: 'queued' }, { user_id: cleo, state: 'queued' }]);
    await database.knex('users').where({ id: cleo }).update({ active: false });
    wall += 3_600_000;
    const { mail, letters } = provider();
    await tellPeople(deps(mail, { wallNow: () => wall }), minutes(2));
    await tellPeople(deps(mail, { wallNow: () => wall + 3_600_000 }), minutes(3));
    expect(letters().map(({ to }) => to[0])).toEqual(['bo@us.example']);
    expect(await database.knex('notice_mails').orderBy('user_id').select('state', 'state_reason')).toEqual([expect.objectContaining({ state: 'sent' }), { state: 'failed', state_reason: 'they have left' }]);
  });

  test('who does not want that any more is not written to about what waits', async () => {
    const bo = await member('Bo', 'daily');
    await tell('n-1', 'collector');
    const { mail, letters } = provider();
    await tellPeople(deps(mail), minutes(1));
    await putNoticeSettings(database.knex, bo, { mail: 'daily', timeZone: 'UTC', groups: false });
    await tellPeople(deps(mail), Date.parse('2026-03-11T07:00:00Z'));
    expect(letters()).toEqual([]);
  });

  test('an audience is a role, the people and the lead of a queue, whose account the customer is, or one person; one that means nobody here reaches the credit managers', async () => {
    const [bo, cleo, sal] = [await member('Bo', 'none'), await member('Cleo', 'none', 'viewer'), await member('Sal', 'none', 'sales')];
    await member('Max', 'none', 'credit-manager');
    await database.knex('task_queues').insert({ name: 'Disputes', lead_id: cleo });
    await database.knex.raw(`INSERT INTO task_queue_members SELECT id, ? FROM task_queues WHERE name = 'Disputes'`, [bo]);
    await database.knex('customers').where({ id: account.customerId }).update({ owner_id: sal });
    for (const [key, audience] of [['role', 'sales'], ['queue', 'disputes'], ['owner', 'owner'], ['one', 'Bo@us.example'], ['nobody', 'collections']] as const) await tell(key, audience);
    expect(await Promise.all(['role', 'queue', 'owner', 'one', 'nobody'].map(reached))).toEqual([['Sal'], ['Bo', 'Cleo'], ['Sal'], ['Bo'], ['Max']]);
  });
});

test('a task that becomes overdue is told of again, one that somebody takes is not', async () => {
  const bo = await person('Bo', 'at-once');
  const { mail, letters } = provider();
  await task('late', { assigneeId: bo });
  const [free] = await task('free');
  await database.knex.transaction((trx) => moveTask(trx, ann, free!, { kind: 'claim', userId: bo }));
  await tellPeople(deps(mail), minutes(1));
  await escalateOverdueTasks(database.knex, Date.parse('2026-03-11T00:00:00Z'));
  await database.knex('tasks').where({ id: free }).update({ state: 'cancelled' });
  await tellPeople(deps(mail), Date.parse('2026-03-11T00:00:10Z'));
  expect(letters().map(({ subject }) => subject)).toEqual(['Your task: Call about late: Ropes & Rigging', 'Overdue: Call about late: Ropes & Rigging']);
});

test('an address that bounced is told to whom the account is; an approval to who may answer, save who asks', async () => {
  const [owner, asker] = [await person('Olu', 'at-once', 'sales'), await person('Mia', 'at-once', 'credit-manager')];
  await person('Max', 'at-once', 'credit-manager');
  const { mail, letters } = provider();
  await database.knex('customers').where({ id: account.customerId }).update({ owner_id: owner });
  await task('mail/0/bounced', { title: 'A message came back' });
  await database.knex('approvals').insert({
    key: 'write-off/1', kind: 'write-off', customer_id: account.customerId, invoice_id: account.invoices[0]!.id, role: 'credit-manager', amount_minor: 100, currency: 'EUR', requested_by: `user:${asker}`, requested_at: new Date(start),
  });
  await tellPeople(deps(mail), minutes(1));
  expect(letters().map(({ to, subject }) => [to[0], subject]).sort()).toEqual([
    ['max@us.example', expect.stringMatching(/^A write-off waits for approval: invoice/)], ['olu@us.example', 'A message came back: Ropes & Rigging'],
  ]);
});

test('who wants no mails gets none, nor what came up before they wanted them; who leaves gets nothing more', async () => {
  const bo = await person('Bo', 'none');
  const { mail, letters } = provider();
  await task('before', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(1));
  await putNoticeSettings(database.knex, bo, { mail: 'at-once', timeZone: 'UTC' });
  await tellPeople(deps(mail), minutes(2));
  await putNoticeSettings(database.knex, bo, { mail: 'daily', timeZone: 'UTC' });
  await task('after', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(3));
  await database.knex('users').where({ id: bo }).update({ active: false });
  await tellPeople(deps(mail), Date.parse('2026-03-12T07:00:00Z'));
  expect(letters()).toEqual([]);
});

test("an address that is a customer's is never written to", async () => {
  const bo = await person('Bo', 'at-once');
  await database.knex('contacts').insert({ customer_id: account.customerId, email: 'Bo@us.example' });
  const { mail, attempts } = provider();
  await task('one', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(1));
  expect(attempts()).toBe(0);
  expect(await database.knex('notices').pluck('dropped')).toEqual(["the address is a customer's"]);
});

test('an answer that was lost is asked for again under the same key with the same bytes: one mail leaves', async () => {
  const bo = await person('Bo', 'at-once');
  const { mail, letters, attempts } = provider((_handOver, attempt) => (attempt === 1 ? { kind: 'unknown', reason: 'the line broke' } : null));
  let wall = Date.now();
  const lossy = deps(mail, { wallNow: () => wall });
  await task('one', { assigneeId: bo });
  await tellPeople(lossy, minutes(1));
  wall += 3_600_000;
  await task('two', { assigneeId: bo });
  await tellPeople(lossy, minutes(2));
  expect([attempts(), letters().length]).toEqual([2, 1]);
  expect(await database.knex('notice_mails').select('state', 'attempts')).toEqual([{ state: 'sent', attempts: 2 }]);
});

test('a worker that dies while it offers a mail leaves it to the next, which does not offer it again once the provider has forgotten the key', async () => {
  const bo = await person('Bo', 'at-once');
  let wall = Date.now();
  const dying = provider();
  await task('one', { assigneeId: bo });
  await expect(tellPeople(deps({ ...dying.mail, send: () => Promise.reject(new Error('killed')) }, { wallNow: () => wall }), minutes(1))).rejects.toThrow('killed');
  // Within the lease nobody else takes it; two days later the key is forgotten and there is no way to look it up.
  const next = provider();
  await tellPeople(deps(next.mail, { wallNow: () => wall }), minutes(1));
  wall += 2 * 86_400_000;
  await tellPeople(deps(next.mail, { wallNow: () => wall }), minutes(1));
  expect(next.attempts()).toBe(0);
  expect(await database.knex('notice_mails').pluck('state')).toEqual(['unknown']);
});

test('a mail that nobody takes is given up after days, and tried less and less often until then', async () => {
  const bo = await person('Bo', 'at-once');
  let wall = Date.now();
  const { mail, attempts } = provider(() => ({ kind: 'unavailable', reason: 'down' }));
  await task('one', { assigneeId: bo });
  for (let hours = 0; hours <= 49; hours += 1) {
    await tellPeople(deps(mail, { wallNow: () => wall }), minutes(1));
    await tellPeople(deps(mail, { wallNow: () => wall }), minutes(1));
    wall += 3_600_000;
  }
  expect(attempts()).toBe(50);
  expect(await database.knex('notice_mails').select('state', 'state_reason')).toEqual([{ state: 'failed', state_reason: 'it could not be sent for days: down' }]);
});

test('of a mail that a person finds was not sent, what is not over is in the next, under a key of its own; one that was sent is done', async () => {
  const bo = await person('Bo', 'at-once');
  const lost = provider(() => ({ kind: 'conflict', reason: 'another body' }));
  const [over] = await task('over', { assigneeId: bo });
  await task('stays', { assigneeId: bo });
  await tellPeople(deps(lost.mail), minutes(1));
  const [unknown] = await database.knex('notice_mails').where({ state: 'unknown' }).pluck<string[]>('id');
  await database.knex('tasks').where({ id: over }).update({ state: 'cancelled' });
  const settle = (id: string, sent: boolean) => database.knex.transaction((trx) => settleUnknownNotice(trx, ann, id, { sent, reason: 'looked it up' }));
  await expect(settle(unknown!, false)).resolves.toBe(2);
  await expect(settle(unknown!, false)).rejects.toThrow('The mail is failed');
  await expect(settle(randomUUID(), true)).resolves.toBeUndefined();
  const { mail, letters } = provider();
  await tellPeople(deps(mail), minutes(20));
  expect(letters().map(({ subject }) => subject)).toEqual(['Your task: Call about stays: Ropes & Rigging']);
  const keys = await database.knex('notice_mails').orderBy('at').pluck<string[]>('idempotency_key');
  expect(new Set(keys).size).toBe(2);
  expect(keys[1]).toMatch(/\/1$/);
});

const report = (over: Partial<MailEvent>) => recordProviderEvent(database.knex, {
  id: randomUUID(), provider: 'resend', type: 'email.bounced', meaning: { kind: 'bounced', permanent: true, reason: 'no such mailbox' }, at: start, providerId: 'none', messageId: null, addresses: ['bo@us.example'], payload: {}, ...over,
});

test('a notice that bounces suppresses the address of whom it was for, once, raises a task, and nothing further is sent there', async () => {
  const bo = await person('Bo', 'at-once');
  const { mail, attempts } = provider();
  await task('one', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(1));
  const [told] = await database.knex('notice_mails').select<{ id: string; provider_id: string }[]>('id', 'provider_id');
  expect(await report({ providerId: told!.provider_id, meaning: { kind: 'delivered' } })).toBe('recorded');
  expect(await report({ providerId: told!.provider_id })).toBe('recorded');
  expect(await report({ providerId: told!.provider_id })).toBe('repeated');
  expect(await report({ providerId: told!.provider_id, meaning: { kind: 'opened' } })).toBe('repeated');
  expect(await report({ providerId: 'somebody else’s' })).toBe('unmatched');
  expect(await database.knex('notice_mails').select('state', 'state_reason')).toEqual([{ state: 'bounced', state_reason: 'no such mailbox' }]);
  expect(await database.knex('suppressed_addresses').select('email', 'reason', 'message_id')).toEqual([{ email: 'bo@us.example', reason: 'bounced', message_id: null }]);
  expect(await database.knex('tasks').where('title', 'Bo cannot be told by email').pluck('instructions')).toEqual([expect.stringContaining('no such mailbox')]);
  expect(await findUser(database.knex, bo)).toMatchObject({ mailRefused: 'bounced' });
  await task('two', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(30));
  expect(attempts()).toBe(1);
  expect(await database.knex('notices').whereNotNull('dropped').pluck('dropped')).toEqual(['the address bounced']);
});

test('a report that comes before the answer is matched by the tag; a full mailbox condemns nothing, a complaint does', async () => {
  const bo = await person('Bo', 'at-once');
  const { mail } = provider((_handOver, attempt) => (attempt === 1 ? { kind: 'unknown', reason: 'the line broke' } : null));
  await task('one', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(1));
  const [id] = await database.knex('notice_mails').pluck<string[]>('id');
  expect(await report({ providerId: 'p-1', messageId: id!, meaning: { kind: 'bounced', permanent: false, reason: 'mailbox full' } })).toBe('recorded');
  expect(await database.knex('suppressed_addresses')).toEqual([]);
  expect(await report({ providerId: 'p-1', meaning: { kind: 'complained' } })).toBe('recorded');
  expect(await database.knex('notice_mails').select('state', 'provider_id')).toEqual([{ state: 'complained', provider_id: 'p-1' }]);
  expect(await database.knex('suppressed_addresses').pluck('reason')).toEqual(['complained']);
});

test('two workers at once write one mail', async () => {
  const bo = await person('Bo', 'at-once');
  const { mail, letters } = provider();
  for (let index = 0; index < 20; index += 1) await task(`t-${index}`, { assigneeId: bo });
  await Promise.all([1, 2, 3, 4].map(() => tellPeople(deps(mail), minutes(1))));
  const told = await database.knex('notices').whereNotNull('mail_id').count();
  expect([letters().length, Number(told[0]!.count)]).toEqual([1, 20]);
});

test('words that somebody has broken do not keep a notice', async () => {
  const bo = await person('Bo', 'at-once');
  await database.knex.raw(`INSERT INTO template_versions (template_id, version, default_language, texts, published_by) SELECT id, 2, 'en', '{"en": {"subject": "{{ invoice.number }}", "heading": "x", "body": "{{ invoice.number }}"}}', 'somebody' FROM templates WHERE name = 'internal-notice'`);
  await database.knex.raw(`UPDATE templates SET current_version = 2 WHERE name = 'internal-notice'`);
  const { mail, letters } = provider();
  await task('one', { assigneeId: bo });
  await tellPeople(deps(mail), minutes(1));
  expect(letters().map(({ subject }) => subject)).toEqual(['Your task: Call about one: Ropes & Rigging']);
});
