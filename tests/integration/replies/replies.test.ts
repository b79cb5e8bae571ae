import pino from 'pino';
import { deliver } from '../../../activities/mail/deliver';
import { receiveResendEvent } from '../../../api/webhooks/receiveResendEvent';
import { startManualClock } from '../../../db/clock/clock';
import { recordControl } from '../../../db/collection/controls';
import { down, up } from '../../../db/migrations/0361_pauses_by_cause';
import { readThreadKey } from '../../../db/replies/signingKey';
import { systemActor } from '../../../db/audit';
import { decideReply, type PersonsDecision } from '../../../db/replies/settleReply';
import { readTimeline } from '../../../db/readmodels/timeline';
import { offlineClassifier } from '../../../domain/reply/classifyOffline';
import { pollMailbox } from '../../../integrations/inbound/imapInbound';
import { replyAddress } from '../../../integrations/inbound/replyAddress';
import { resendInbound } from '../../../integrations/inbound/resendInbound';
import { resendMail } from '../../../integrations/mail/resend';
import { createInbound } from '../../../worker/inbound';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { ImapStandIn } from '../../standins/imap/standIn';
import { ResendStandIn } from '../../standins/resend/standIn';
import { createAccount, dependencies, publishPolicy, queue, readMessage, type Account } from '../mail/account';
import { rawMail, type Mail } from './mails';

const secret = `whsec_${Buffer.from('a secret of the tests').toString('base64')}`;
const today = '2026-03-10T09:00:00Z';
const log = pino({ level: 'silent' });
let database: FreshDatabase;
let policy: number;
let key: Buffer;
let standIn: ResendStandIn;
let imap: ImapStandIn;
let baseUrl: string;
let inbound: ReturnType<typeof createInbound>;

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse(today));
  key = await readThreadKey(database.knex);
  standIn = new ResendStandIn();
  baseUrl = await standIn.listen();
  imap = new ImapStandIn();
  const imapUrl = await imap.listen();
  inbound = createInbound({
    knex: database.knex, log, key, classifier: offlineClassifier, fetchMail: resendInbound({ apiKey: 're_standin', baseUrl }), mailbox: { name: 'test', poll: (position, mark) => pollMailbox(imapUrl, position, mark) },
  });
});
afterAll(async () => {
  await standIn.close();
  await imap.close();
  await database.destroy();
});

const thread = () => ({ key, replyAddress: '*@replies.example', publicUrl: 'https://dunwell.example' });

/** A customer with a reminder that has been sent, and whose invoices are under collection. */
async function reminded(options: Parameters<typeof createAccount>[1] = {}): Promise<{ account: Account; messageId: string; address: string }> {
  const account = await createAccount(database.knex, options);
  await database.knex('collections').insert(account.invoices.map(({ id }) => ({ invoice_id: id, customer_id: account.customerId, policy_version_id: policy, started_at: today })));
  const messageId = await queue(database.knex, policy, account);
  await deliver(dependencies(database.knex, { provider: resendMail({ apiKey: 're_standin', baseUrl }), thread: thread() }), messageId);
  return { account, messageId, address: replyAddress({ key, address: '*@replies.example' }, messageId) };
}

interface ReplyRow {
  id: number;
  state: string;
  kind: string | null;
  decided_kind: string | null;
  customer_id: number | null;
  message_id: string | null;
  matched_by: string | null;
  automatic: string | null;
  paused_until: Date | null;
  said: string;
}
const repliesOf = (customerId: number | null): Promise<ReplyRow[]> => database.knex('replies').where({ customer_id: customerId }).orderBy('id').select<ReplyRow[]>('*');
const pauses = (account: Account): Promise<(string | null)[]> => database.knex('collections').whereIn('invoice_id', account.invoices.map(({ id }) => id)).orderBy('invoice_id')
  .then((rows: { paused: boolean; paused_until: Date | null }[]) => rows.map(({ paused, paused_until }) => (paused ? paused_until?.toISOString() ?? 'until resumed' : null)));
const tasksOf = (customerId: number): Promise<string[]> => database.knex('tasks').where({ customer_id: customerId, state: 'open' }).orderBy('id').pluck('title');

/** Announced by webhook, fetched, attached, and read by the rules. */
async function comesByResend(mail: Mail): Promise<void> {
  await announce(rawMail(mail));
  await inbound.fetchAnnounced();
  await inbound.classifyWaiting();
}
function announce(raw: string) {
  const { headers, body } = standIn.received.event(standIn.received.receive(raw), secret);
  return receiveResendEvent(database.knex, { headers, rawBody: body, secret });
}

describe('a reminder says where answers go', () => {
  test('its Reply-To and Message-ID carry a token that nobody else can make; a reminder has no unsubscribe link', async () => {
    const { messageId, address } = await reminded();
    const payload = JSON.parse((await readMessage(database.knex, messageId)).payload!) as { reply_to: string; headers: Record<string, string> };
    expect(payload.reply_to).toBe(address);
    expect(payload.headers['Message-ID']).toContain(address.split('@')[0]);
    expect(payload.headers['List-Unsubscribe']).toBeUndefined();
  });
});

describe('a customer answers', () => {
  test('day 10: a promise with a day stops the ladder until that day is over, and the timeline shows it', async () => {
    const { account, messageId, address } = await reminded({ timeZone: 'America/New_York' });
    await comesByResend({ to: address, text: 'Hi,\n\nsorry, we will pay on 20 March.\n\nOn Tue, 10 Mar 2026 at 09:01, Harbour Supplies wrote:\n> if you have already paid, ignore this' });
    const [reply] = await repliesOf(account.customerId);
    expect(reply).toMatchObject({ state: 'settled', kind: 'promise', decided_kind: 'promise', message_id: messageId, matched_by: 'address', said: 'Hi,\n\nsorry, we will pay on 20 March.' });
    // The promise holds back what is promised; the pause until somebody looked is over.
    expect(await database.knex('promises').where({ customer_id: account.customerId }).select('state', 'amount_minor', 'source')).toEqual([{ state: 'pending', amount_minor: 120_000, source: 'reply' }]);
    expect(await pauses(account)).toEqual([null]);
    const { rows } = await readTimeline(database.knex, account.customerId, { kind: ['reply'] }, { after: null, limit: 10 });
    expect(rows).toMatchObject([{ title: 'Reply: Re: Your invoice', messageId, state: 'promise' }]);
    expect(await database.knex('events').where({ kind: 'email.replied', customer_id: account.customerId })).toHaveLength(1);
  });

  test('a promise for a day beyond 60 days silences nothing for longer than one without a day; once a person agrees to it, it is recorded', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, text: 'Hi,\n\nsorry, we will pay on 31 December 2099.' });
    const promises = () => database.knex('promises').where({ customer_id: account.customerId }).pluck('promised_on');
    expect(await promises()).toEqual([]);
    expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
    expect(await database.knex('tasks').where({ customer_id: account.customerId }).first('title', 'instructions'))
      .toEqual({ title: 'A customer promises to pay by 2099-12-31', instructions: expect.stringContaining('its day is more than 60 days away') as string });
    const [reply] = await repliesOf(account.customerId);
    const agreed = { kind: 'promise' as const, on: '2026-06-30', amountMinor: null, disputeReason: null, referredTo: null, version: 1, customerId: null };
    await database.knex.transaction((trx) => decideReply(trx, { kind: 'user', id: '1', name: 'Ada' }, reply!.id, agreed));
    expect(await promises()).toHaveLength(1);
    expect(await pauses(account)).toEqual([null]);
  });

  test('the sixtieth day is promised without a person, the day after it is not', async () => {
    const promised = async (text: string): Promise<number> => {
      const { account, address } = await reminded();
      await comesByResend({ to: address, text });
      return (await database.knex('promises').where({ customer_id: account.customerId })).length;
    };
    expect([await promised('Sorry, we will pay on 9 May 2026.'), await promised('Sorry, we will pay on 10 May 2026.')]).toEqual([1, 0]);
  });

  test('a person chooses which invoices are promised or disputed, and the disputed part of one; what is chosen otherwise is taken back', async () => {
    const { account, address } = await reminded();
    const first = account.invoices[0]!.id;
    const [second] = await database.knex('invoices').insert({ external_id: 'SECOND', number: 'SECOND', customer_id: account.customerId, issued_on: '2026-02-01', due_on: '2026-03-03', currency: 'EUR', total_minor: 50_000 }).returning<{ id: number }[]>('id');
    await comesByResend({ to: address, text: 'Hello, how are you?' });
    const [reply] = await repliesOf(account.customerId);
    await database.knex('reply_invoices').insert({ reply_id: reply!.id, invoice_id: second!.id });
    const take = async (over: Partial<PersonsDecision>) => {
      const { row_version: version } = await database.knex('replies').where({ id: reply!.id }).first<{ row_version: number }>('row_version');
      return database.knex.transaction((trx) => decideReply(trx, { kind: 'user', id: '1', name: 'Ada' }, reply!.id, { kind: 'dispute', version, on: null, amountMinor: null, disputeReason: 'amount', referredTo: null, customerId: null, ...over }));
    };
    const open = () => database.knex('disputes').where({ state: 'open' }).whereLike('external_id', `reply-${reply!.id}/%`).orderBy('invoice_id').select('invoice_id', 'amount_minor');

    await expect(take({ amountMinor: 7_000 })).rejects.toThrow('choose which');
    await expect(take({ invoiceIds: [999_999] })).rejects.toThrow('none of those');
    await expect(take({ kind: 'question', invoiceIds: [first] })).rejects.toThrow('Only of a promise');
    await take({ invoiceIds: [first], amountMinor: 7_000 });
    expect(await open()).toEqual([{ invoice_id: first, amount_minor: 7_000 }]);
    await take({ invoiceIds: [first, second!.id] });
    expect(await open()).toEqual([{ invoice_id: first, amount_minor: 120_000 }, { invoice_id: second!.id, amount_minor: 50_000 }]);
    await take({ kind: 'promise', on: '2026-03-20', invoiceIds: [second!.id] });
    expect(await open()).toEqual([]);
    expect(await database.knex('promises').where({ state: 'pending', customer_id: account.customerId }).select('amount_minor')).toEqual([{ amount_minor: 50_000 }]);
  });

  test('what says nothing that a rule knows pauses for five days at most, and waits for a person', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, text: 'Lorem ipsum about the boat.' });
    expect(await repliesOf(account.customerId)).toMatchObject([{ state: 'triage' }]);
    expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
  });

  test('a dispute, "already paid" and a question give a person a task; thanks end the pause', async () => {
    const says = async (text: string): Promise<{ tasks: string[]; paused: boolean }> => {
      const { account, address } = await reminded();
      await comesByResend({ to: address, text });
      return { tasks: await tasksOf(account.customerId), paused: (await pauses(account))[0] !== null };
    };
    expect(await says('The goods arrived damaged, we refuse to pay.')).toEqual({ tasks: ['A customer disputes what is owed'], paused: false });
    expect(await database.knex('disputes').orderBy('id', 'desc').first('reason_code', 'amount_minor', 'source')).toEqual({ reason_code: 'quality', amount_minor: 120_000, source: 'reply' });
    expect(await says('Das haben wir bereits letzte Woche überwiesen.')).toEqual({ tasks: ['A customer says that it has paid'], paused: true });
    expect(await says('Pouvez-vous envoyer une copie de la facture ?')).toEqual({ tasks: ['A customer asks something'], paused: true });
    expect(await says('Thanks for letting me know.')).toEqual({ tasks: [], paused: false });
  });

  test('what is quoted of our reminder without any mark is not what the customer says', async () => {
    const { account, address, messageId } = await reminded();
    const reminder = (await database.knex('messages').where({ id: messageId }).first<{ body_text: string }>('body_text')).body_text;
    await comesByResend({ to: address, text: `The boat leaves at nine.\n\n${reminder}` });
    const [reply] = await repliesOf(account.customerId);
    expect(reply!.said).toMatch(/^The boat leaves at nine\./);
    expect(reply!.said.match(/\p{L}+/gu)!.length).toBeLessThan(5 + reminder.match(/\p{L}+/gu)!.length / 4);
  });

  test('a dispute about one of several invoices, none named, waits paused for a person to choose', async () => {
    const { account, address } = await reminded({ openMinor: [1_000, 2_000] });
    await comesByResend({ to: address, text: 'We never ordered this and refuse to pay.' });
    expect(await database.knex('disputes').where({ customer_id: account.customerId })).toEqual([]);
    expect(await pauses(account)).toEqual(['2026-03-24T09:00:00.000Z', '2026-03-24T09:00:00.000Z']);
  });

  test('of several invoices the one that it names is disputed, not one whose number stands in that number', async () => {
    const { account, address } = await reminded({ openMinor: [1_000, 2_000] });
    const [short, long] = account.invoices;
    await database.knex('invoices').where({ id: short!.id }).update({ number: 'R-71' });
    await database.knex('invoices').where({ id: long!.id }).update({ number: 'R-712' });
    await comesByResend({ to: address, text: 'We never ordered what R-712 is for and refuse to pay.' });
    expect(await database.knex('disputes').where({ customer_id: account.customerId }).pluck('invoice_id')).toEqual([long!.id]);
  });

  describe('of several invoices', () => {
    async function several(): Promise<Awaited<ReturnType<typeof reminded>>> {
      const thread = await reminded({ openMinor: [1_000, 2_000, 4_000] });
      for (const [index, { id }] of thread.account.invoices.entries()) await database.knex('invoices').where({ id }).update({ number: `${['R-71', 'R-712', 'R-9'][index]}-${thread.account.customerId}` });
      return thread;
    }
    const promised = ({ customerId }: Account): Promise<number[]> => database.knex('promises').where({ customer_id: customerId }).pluck('amount_minor');
    const says = async (text: (customerId: number) => string): Promise<{ promised: number[]; state: string; why: string }> => {
      const { account, address } = await several();
      await comesByResend({ to: address, text: text(account.customerId) });
      const { state, reason } = await database.knex('replies').where({ customer_id: account.customerId }).first<{ state: string; reason: string }>('state', 'reason');
      return { promised: await promised(account), state, why: reason };
    };

    test('those that a promise names are promised, all where it names none', async () => {
      expect(await says((id) => `Sorry, we will pay R-712-${id} on 20 March with the next payment run.`)).toMatchObject({ state: 'settled', promised: [2_000] });
      expect(await says((id) => `Sorry, we will pay R-71-${id} and R-9-${id} on 20 March with the next payment run.`)).toMatchObject({ state: 'settled', promised: [5_000] });
      expect(await says(() => 'Sorry, we will pay on 20 March with the next payment run.')).toMatchObject({ state: 'settled', promised: [7_000] });
    });

    test.each([
      ['all but one', (id: number) => `Sorry, we will pay all but R-712-${id} on 20 March with the next payment run.`],
      ['the other one', (id: number) => `Sorry, R-712-${id} is with my boss, the other ones we will pay on 20 March with the next payment run.`],
    ])('a promise of %s is for a person', async (_what, text) => {
      expect(await says(text)).toMatchObject({ state: 'triage', promised: [], why: expect.stringContaining('speaks of others') as string });
    });

    test('one of which the message did not tell is for a person, and so is an amount in another currency', async () => {
      const { account, address } = await several();
      await database.knex('invoices').insert({ external_id: `else-${account.customerId}`, number: `E-5-${account.customerId}`, customer_id: account.customerId, issued_on: '2026-02-01', due_on: '2026-03-03', currency: 'EUR', total_minor: 50_000 });
      await comesByResend({ to: address, text: `Sorry, we will pay E-5-${account.customerId} on 20 March with the next payment run.` });
      await comesByResend({ to: address, text: 'Sorry, we will pay 100 PLN on 20 March with the next payment run.' });
      expect(await database.knex('replies').where({ customer_id: account.customerId }).orderBy('id').pluck('reason')).toEqual([expect.stringContaining('was not about'), expect.stringContaining('not in the currency')]);
      expect(await promised(account)).toEqual([]);
    });
  });

  test('a dispute that a person says was a question is over, and what it held back is collected again', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, text: 'The goods arrived damaged, we refuse to pay.' });
    const [reply] = await repliesOf(account.customerId);
    const asked = { kind: 'question' as const, on: null, amountMinor: null, disputeReason: null, referredTo: null, version: 1, customerId: null };
    expect(await database.knex.transaction((trx) => decideReply(trx, systemActor, reply!.id, asked))).toBe(true);
    expect(await database.knex('disputes').where({ customer_id: account.customerId }).select('state', 'resolution', 'resolution_note')).toEqual([{ state: 'resolved', resolution: 'invalid', resolution_note: 'the reply was taken as something else' }]);
    expect(await tasksOf(account.customerId)).toEqual(['A customer asks something']);
  });

  test('a pause that a person set without an end is not shortened', async () => {
    const { account, address } = await reminded();
    await database.knex('collections').where({ customer_id: account.customerId }).update({ paused: true, paused_until: null });
    await comesByResend({ to: address, text: 'Thanks for letting me know.' });
    expect(await pauses(account)).toEqual(['until resumed']);
  });

  describe('pauses by several causes stand beside each other', () => {
    const asks = (account: Account, kind: 'pause' | 'resume', until: string | null = null) => database.knex.transaction((trx) => recordControl(trx, {
      requestId: `${kind}-${account.customerId}-${until}`, invoice: account.invoices[0]!.externalId, kind, step: null, until, actor: systemActor, reason: 'they asked for some days', at: Date.parse(today),
    }));
    const thursday = '2026-03-13T09:00:00.000Z';
    const away = { subject: 'Automatic reply: Your invoice', headers: ['Auto-Submitted: auto-replied'] };

    test('a person pauses until 13 March, thanks come and are read: until 13 March again, and the history says so', async () => {
      const { account, address } = await reminded();
      await asks(account, 'pause', thursday);
      await announce(rawMail({ to: address, text: 'Thanks for letting me know.' }));
      await inbound.fetchAnnounced();
      expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
      await inbound.classifyWaiting();
      expect(await pauses(account)).toEqual([thursday]);
      expect((await database.knex('collection_controls').where({ invoice_id: account.invoices[0]!.id }).orderBy('id').select<{ kind: string; until: Date }[]>('kind', 'until')).map(({ kind, until }) => [kind, until.toISOString()]))
        .toEqual([['pause', thursday], ['pause', '2026-03-15T09:00:00.000Z'], ['pause', thursday]]);
    });

    test('an absence until 12 March stays while a question and thanks come and go', async () => {
      const { account, address } = await reminded();
      await comesByResend({ to: address, ...away, text: 'I am out of the office until 12 March.' });
      expect(await pauses(account)).toEqual(['2026-03-12T00:00:00.000Z']);
      await comesByResend({ to: address, text: 'Pouvez-vous envoyer une copie de la facture ?' });
      expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
      await comesByResend({ to: address, text: 'Thanks for letting me know.' });
      expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
      const [, question] = await repliesOf(account.customerId);
      const nothing = { kind: 'other' as const, on: null, amountMinor: null, disputeReason: null, referredTo: null, version: 1, customerId: null };
      await database.knex.transaction((trx) => decideReply(trx, systemActor, question!.id, nothing));
      expect(await pauses(account)).toEqual(['2026-03-12T00:00:00.000Z']);
    });

    test('what a person resumed is not paused again by the end of another pause', async () => {
      const { account, address } = await reminded();
      await comesByResend({ to: address, ...away, text: 'I am out of the office until 20 March.' });
      await announce(rawMail({ to: address, text: 'Thanks for letting me know.' }));
      await inbound.fetchAnnounced();
      await asks(account, 'resume');
      expect(await pauses(account)).toEqual([null]);
      await inbound.classifyWaiting();
      expect(await pauses(account)).toEqual([null]);
    });

    test('what a reply wrote over in an earlier version is found in the history by the migration', async () => {
      const { account, address } = await reminded();
      await asks(account, 'pause', thursday);
      await comesByResend({ to: address, text: 'Lorem ipsum about the boat.' });
      await down(database.knex);
      await up(database.knex);
      expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
      const [reply] = await repliesOf(account.customerId);
      const nothing = { kind: 'other' as const, on: null, amountMinor: null, disputeReason: null, referredTo: null, version: 1, customerId: null };
      await database.knex.transaction((trx) => decideReply(trx, systemActor, reply!.id, nothing));
      expect(await pauses(account)).toEqual([thursday]);
    });

    test('a pause that is over comes back for nobody', async () => {
      const { account, address } = await reminded();
      await database.knex('collections').where({ customer_id: account.customerId }).update({ paused: true, paused_until: '2026-03-09T09:00:00Z' });
      await comesByResend({ to: address, text: 'Thanks for letting me know.' });
      expect(await pauses(account)).toEqual([null]);
    });
  });

  test('an out-of-office answer pauses until the day of return, whoever else it names', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, subject: 'Automatic reply: Your invoice', text: 'I am out of the office until 23 March. For urgent matters contact help@hale.example.', headers: ['Auto-Submitted: auto-replied'] });
    expect(await repliesOf(account.customerId)).toMatchObject([{ automatic: 'auto-reply', state: 'settled', decided_kind: 'out-of-office' }]);
    expect(await pauses(account)).toEqual(['2026-03-23T00:00:00.000Z']);
  });

  test('who asks for no more mail gets reminders only, and a person hears of it', async () => {
    const { account, address } = await reminded();
    await comesByResend({ from: 'stop@ropes.example', to: address, text: 'unsubscribe' });
    expect(await database.knex('mail_opt_outs').where({ email: 'stop@ropes.example' }).first('via')).toEqual({ via: 'reply' });
    expect(await tasksOf(account.customerId)).toEqual(['A customer asked for less mail']);
  });
});

describe('a mail that is read late', () => {
  const late = 'Thu, 5 Mar 2026 12:00:00 +0000';
  const promisesOf = ({ customerId }: Account): Promise<string[]> => database.knex('promises').where({ customer_id: customerId }).pluck('promised_on');

  test('counts its days from when it was written, in the customer\'s zone', async () => {
    const [weeks, tokyo] = [await reminded(), await reminded({ timeZone: 'Asia/Tokyo' })];
    await comesByResend({ to: weeks.address, date: late, text: 'Sorry, we will pay the invoice in two weeks with the next payment run.' });
    expect(await promisesOf(weeks.account)).toEqual(['2026-03-19']);
    // In Tokyo that is the tenth already.
    await comesByResend({ to: tokyo.address, date: 'Mon, 9 Mar 2026 23:30:00 +0000', text: 'Sorry, we will pay the invoice tomorrow with the next payment run.' });
    expect(await promisesOf(tokyo.account)).toEqual(['2026-03-11']);
  });

  test('a promised day that is over when it is read is for a person, who is told why; the invoices stand still meanwhile', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, date: late, text: 'Sorry, we will pay the invoice tomorrow with the next payment run.' });
    expect(await promisesOf(account)).toEqual([]);
    expect(await database.knex('replies').where({ customer_id: account.customerId }).first('state', 'kind', 'reason', 'details'))
      .toEqual({ state: 'triage', kind: 'promise', reason: expect.stringContaining('its day was past when it was read') as string, details: expect.objectContaining({ on: '2026-03-06' }) as object });
    expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
  });

  test('an absence that is over holds nothing up', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, date: late, subject: 'Automatic reply: Your invoice', text: 'I am out of the office, back on Monday.', headers: ['Auto-Submitted: auto-replied'] });
    expect(await repliesOf(account.customerId)).toMatchObject([{ state: 'settled', decided_kind: 'out-of-office' }]);
    expect(await pauses(account)).toEqual([null]);
  });

  test('a date to come, or none that can be read, is no date: the server\'s counts, and never later than now', async () => {
    const text = 'Sorry, we will pay the invoice in two weeks with the next payment run.';
    const [ahead, imapped, announced] = [await reminded(), await reminded(), await reminded()];
    await comesByResend({ to: ahead.address, date: 'Wed, 10 Mar 2027 12:00:00 +0000', text });
    expect(await promisesOf(ahead.account)).toEqual(['2026-03-24']);
    imap.deliver(rawMail({ to: imapped.address, date: 'yesterday, about tea', text }), ' 5-Mar-2026 12:00:00 +0000');
    await inbound.poll();
    const event = standIn.received.event(standIn.received.receive(rawMail({ to: announced.address, date: null, text }), new Date('2026-03-05T12:00:00Z')), secret);
    await receiveResendEvent(database.knex, { headers: event.headers, rawBody: event.body, secret });
    await inbound.fetchAnnounced();
    await inbound.classifyWaiting();
    expect([await promisesOf(imapped.account), await promisesOf(announced.account)]).toEqual([['2026-03-19'], ['2026-03-19']]);
    imap.mails.splice(0);
  });
});

describe('what is not to be believed', () => {
  test('an address with a token of somebody else\'s making belongs to nobody, and is kept', async () => {
    const { address } = await reminded();
    const forged = `${address[0] === 'a' ? 'b' : 'a'}${address.slice(1)}`;
    await comesByResend({ to: forged, text: 'We will pay on 20 March.', messageId: '<forged@hale.example>' });
    expect(await database.knex('replies').where({ mail_id: 'forged@hale.example' }).first('state', 'customer_id', 'kind')).toEqual({ state: 'triage', customer_id: null, kind: 'promise' });
  });

  test('a known sender alone attaches and pauses, but a person decides', async () => {
    const { account } = await reminded({ emails: ['known@ropes.example'] });
    await comesByResend({ from: 'Known <KNOWN@ropes.example>', to: 'billing@harbour.example', text: 'We will pay on 20 March.' });
    expect(await repliesOf(account.customerId)).toMatchObject([{ matched_by: 'sender', state: 'triage', kind: 'promise', decided_kind: null }]);
    expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
  });

  test.each([
    ['a promise', 'Sorry, we will pay on 20 March.', 'promise'], ['a dispute', 'The goods arrived damaged, we refuse to pay.', 'dispute'], ['a payment', 'Das haben wir bereits letzte Woche überwiesen.', 'paid'],
    ['a wrong contact', 'I no longer work there, wrong person.', 'wrong-contact'], ['an opt-out', 'unsubscribe', 'unsubscribe'], ['thanks', 'Thanks for letting me know.', 'other'],
  ])('%s by somebody who is no contact, though with the address of the thread, is attached and waits for a person', async (_what, text, kind) => {
    const { account, address, messageId } = await reminded();
    await comesByResend({ from: 'Mallory <mallory@elsewhere.example>', to: address, text });
    expect(await database.knex('replies').where({ customer_id: account.customerId }).select('state', 'kind', 'message_id', 'sender_known', 'reason'))
      .toEqual([{ state: 'triage', kind, message_id: messageId, sender_known: false, reason: expect.stringContaining('none of the customer\'s contacts') as string }]);
    expect((await readTimeline(database.knex, account.customerId, { kind: ['reply'] }, { after: null, limit: 10 })).rows).toHaveLength(1);
    for (const table of ['promises', 'disputes', 'tasks']) expect(await database.knex(table).where({ customer_id: account.customerId })).toEqual([]);
    expect(await database.knex('mail_opt_outs').where({ email: 'mallory@elsewhere.example' })).toEqual([]);
    expect(await database.knex('events').where({ customer_id: account.customerId, kind: 'reply.classified' })).toEqual([]);
    expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
  });

  test('an absence of somebody who is no contact holds nothing up; a colleague, and an address that the message went to, may speak', async () => {
    const [absent, colleague, written] = [await reminded(), await reminded(), await reminded({ emails: ['old@gone.example'] })];
    await comesByResend({ from: 'desk@elsewhere.example', to: absent.address, subject: 'Automatic reply: Your invoice', text: 'I am out of the office until 23 March.', headers: ['Auto-Submitted: auto-replied'] });
    expect([await repliesOf(absent.account.customerId), await pauses(absent.account)]).toMatchObject([[{ state: 'triage' }], [null]]);
    await comesByResend({ from: 'Eve <EVE@Ropes.example>', to: colleague.address, text: 'Sorry, we will pay on 20 March.' });
    await database.knex('contacts').where({ customer_id: written.account.customerId }).update({ email: 'new@gone.example' });
    await comesByResend({ from: 'old@gone.example', to: written.address, text: 'Sorry, we will pay on 20 March.' });
    for (const { account } of [colleague, written]) expect(await repliesOf(account.customerId)).toMatchObject([{ state: 'settled', decided_kind: 'promise' }]);
  });

  describe('a pause that is not renewed without a person', () => {
    const weekMs = 7 * 86_400_000;
    const later = (weeks: number): Promise<void> => database.knex('clock').update({ virtual_now: new Date(Date.parse(today) + weeks * weekMs) });
    afterEach(() => later(0));
    const nothing = { kind: 'other' as const, on: null, amountMinor: null, disputeReason: null, referredTo: null, version: 1, customerId: null };
    const looks = (id: number): Promise<boolean> => database.knex.transaction((trx) => decideReply(trx, systemActor, id, nothing));

    test('whoever writes in the name of a known sender, or into a thread of others, pauses once until somebody has looked', async () => {
      const [spoofed, foreign] = [await reminded({ emails: ['ada@spoofed.example'] }), await reminded()];
      const write = async (): Promise<void> => {
        await comesByResend({ from: 'ada@spoofed.example', to: 'billing@harbour.example', text: 'Lorem ipsum about the boat.' });
        await comesByResend({ from: 'mallory@elsewhere.example', to: foreign.address, text: 'Lorem ipsum about the boat.' });
      };
      await write();
      await write();
      for (const { account } of [spoofed, foreign]) expect(await pauses(account)).toEqual(['2026-03-15T09:00:00.000Z']);
      await later(1);
      await write();
      for (const { account } of [spoofed, foreign]) {
        expect((await repliesOf(account.customerId)).at(-1)).toMatchObject({ state: 'triage', paused_until: null });
        expect(await database.knex('collections').where({ customer_id: account.customerId }).where('paused_until', '>', '2026-03-17T09:00:00Z')).toEqual([]);
        for (const { id } of await repliesOf(account.customerId)) await looks(id);
      }
      await write();
      for (const { account } of [spoofed, foreign]) expect(await pauses(account)).toEqual(['2026-03-22T09:00:00.000Z']);
    });

    test('the customer itself may write again, for fifteen days in all', async () => {
      const { account, address } = await reminded();
      const write = (): Promise<void> => comesByResend({ to: address, text: 'Lorem ipsum about the boat.' });
      await write();
      await later(1);
      await write();
      expect(await pauses(account)).toEqual(['2026-03-22T09:00:00.000Z']);
      await later(2);
      await write();
      expect(await pauses(account)).toEqual(['2026-03-25T09:00:00.000Z']);
      await later(3);
      await write();
      expect((await repliesOf(account.customerId)).at(-1)).toMatchObject({ paused_until: null });
    });

    test('the second promise, and the second time that it is paid, is for a person, until one has looked', async () => {
      const [promising, paying] = [await reminded(), await reminded()];
      const write = async (promised: string): Promise<string[]> => {
        await comesByResend({ to: promising.address, text: `Sorry, we will pay the invoice on ${promised} with the next payment run.` });
        await comesByResend({ to: paying.address, text: 'We have already paid this.' });
        return Promise.all([promising, paying].map(async ({ account }) => (await repliesOf(account.customerId)).at(-1)!.state));
      };
      expect(await write('12 March')).toEqual(['settled', 'settled']);
      await later(1);
      expect(await write('20 March')).toEqual(['triage', 'triage']);
      expect(await database.knex('replies').where({ customer_id: promising.account.customerId, state: 'triage' }).first('reason')).toEqual({ reason: expect.stringContaining('nobody has looked since') as string });
      await looks((await repliesOf(promising.account.customerId)).at(-1)!.id);
      await database.knex('tasks').where({ customer_id: paying.account.customerId }).update({ state: 'done' });
      await later(2);
      expect(await write('27 March')).toEqual(['settled', 'settled']);
    });

    test('an absence is told with every reminder; one that becomes longer is for a person', async () => {
      const { account, address } = await reminded();
      const away = (until: string): Promise<void> => comesByResend({ to: address, subject: 'Automatic reply: Your invoice', text: `I am out of the office until ${until}.`, headers: ['Auto-Submitted: auto-replied'] });
      await away('23 March');
      await away('23 March');
      await later(1);
      await away('2 April');
      expect((await repliesOf(account.customerId)).map(({ state }) => state)).toEqual(['settled', 'settled', 'triage']);
      expect(await pauses(account)).toEqual(['2026-03-23T00:00:00.000Z']);
    });
  });

  test('References lead back where the answer went to another address', async () => {
    const { account, address, messageId } = await reminded();
    await comesByResend({ to: 'billing@harbour.example', text: 'Thanks for letting me know.', headers: [`References: <x@hale.example> <${address.split('@')[0]}@harbour.example>`] });
    expect(await repliesOf(account.customerId)).toMatchObject([{ matched_by: 'references', message_id: messageId }]);
  });

  test('a webhook that is not signed is refused, a repeat changes nothing, and one mail under two announcements is one reply', async () => {
    const { account, address } = await reminded();
    const raw = rawMail({ to: address, text: 'Noted.', messageId: '<once@hale.example>' });
    const { headers, body } = standIn.received.event(standIn.received.receive(raw), secret);
    expect(await receiveResendEvent(database.knex, { headers: { ...headers, 'svix-signature': 'v1,AAAA' }, rawBody: body, secret })).toMatchObject({ status: 401 });
    expect(await receiveResendEvent(database.knex, { headers, rawBody: body, secret })).toEqual({ status: 200, result: 'accepted' });
    expect(await receiveResendEvent(database.knex, { headers, rawBody: body, secret })).toEqual({ status: 200, result: 'duplicate' });
    await announce(raw);
    await inbound.fetchAnnounced();
    expect(await repliesOf(account.customerId)).toHaveLength(1);
  });

  test('another mail under a Message-ID that was used is another reply, once; the same by another way, with lines broken otherwise, is none', async () => {
    const { account, address } = await reminded();
    const messageId = '<used@hale.example>';
    await comesByResend({ to: address, messageId, text: 'Thanks for letting me know.' });
    await comesByResend({ to: address, messageId, text: 'Thanks for\nletting me know.' });
    await comesByResend({ to: address, messageId, text: 'We have already paid this.' });
    await comesByResend({ to: address, messageId, text: 'We have already paid this.' });
    await comesByResend({ from: 'Bo <bo@ropes.example>', to: address, messageId, text: 'Thanks for letting me know.' });
    expect((await repliesOf(account.customerId)).map(({ said, state }) => [said, state])).toEqual([['Thanks for letting me know.', 'settled'], ['We have already paid this.', 'settled'], ['Thanks for letting me know.', 'settled']]);
    expect(await tasksOf(account.customerId)).toEqual(['A customer says that it has paid']);
  });

  test('our own mail that comes back, reports and newsletters pause nothing', async () => {
    const { account, address } = await reminded();
    await comesByResend({ to: address, text: 'a copy', headers: ['X-Dunwell-Message: 00000000-0000-4000-8000-000000000000'] });
    await comesByResend({ from: 'MAILER-DAEMON@hale.example', to: address, text: 'We will pay on 20 March.' });
    await comesByResend({ to: address, text: 'We will pay on 20 March.', headers: ['Precedence: bulk'] });
    expect((await repliesOf(account.customerId)).map(({ automatic, state }) => [automatic, state])).toEqual([['loop', 'ignored'], ['report', 'triage'], ['bulk', 'triage']]);
    expect(await pauses(account)).toEqual([null]);
  });

  test('what a machine wrote never promises, disputes or says that it is paid, by whichever way it comes; an absence is one where it says so', async () => {
    const says = ['Sorry, we will pay on 20 March.', 'The goods arrived damaged, we refuse to pay.', 'Das haben wir bereits letzte Woche überwiesen.', 'unsubscribe', 'We have got your mail, your ticket is 4711.'];
    const marks = ['Return-Path: <>', 'Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All', 'Precedence: bulk', 'Content-Type: multipart/report; boundary=b'];
    const { account, address } = await reminded();
    for (const text of says) {
      for (const mark of marks) {
        const report = mark.startsWith('Content-Type') ? { body: `--b\nContent-Type: text/plain; charset=utf-8\n\n${text}\n--b--` } : {};
        await comesByResend({ to: address, text, headers: [mark], ...report });
        imap.deliver(rawMail({ to: address, text: `${text} `, headers: [mark], ...report }));
      }
    }
    for (let read = await inbound.poll(); read > 0; read = await inbound.poll());
    for (let left = await inbound.classifyWaiting(); left > 0; left = await inbound.classifyWaiting());
    imap.mails.splice(0);
    const replies = await repliesOf(account.customerId);
    expect(replies.length).toBeGreaterThanOrEqual(says.length * marks.length);
    expect(new Set(replies.map(({ state, automatic }) => `${state} ${automatic === null ? 'of a person' : 'of a machine'}`))).toEqual(new Set(['triage of a machine']));
    for (const table of ['promises', 'disputes', 'tasks']) expect(await database.knex(table).where({ customer_id: account.customerId })).toEqual([]);
    expect(await pauses(account)).toEqual([null]);
  });

  test('what Resend no longer has waits for a person with what was announced of it', async () => {
    const { headers, body } = standIn.received.event({ id: '00000000-0000-4000-8000-00000000dead', raw: '', from: 'Gone <gone@hale.example>', to: ['x@replies.example'], subject: 'Lost', messageId: '<lost@hale.example>' }, secret);
    await receiveResendEvent(database.knex, { headers, rawBody: body, secret });
    await inbound.fetchAnnounced();
    await inbound.classifyWaiting();
    expect(await database.knex('replies').where({ mail_id: 'lost@hale.example' }).first('state', 'from_address', 'is_cut')).toEqual({ state: 'triage', from_address: 'gone@hale.example', is_cut: true });
  });
});

describe('a reply at which reading it fails', () => {
  const other = { text: 'We have already paid this.' };
  const classified = async (account: Account): Promise<unknown> => (await repliesOf(account.customerId)).map(({ state, kind }) => [state, kind]);

  test('an amount that no integer holds is for a person, and those behind it do not wait', async () => {
    const [huge, next] = [await reminded(), await reminded()];
    await announce(rawMail({ to: huge.address, text: 'We will pay 999,999,999,999,999,999,999 EUR on 20 March.' }));
    await comesByResend({ to: next.address, ...other });
    expect(await classified(huge.account)).toEqual([['triage', 'promise']]);
    expect(await database.knex('promises').where({ customer_id: huge.account.customerId })).toEqual([]);
    expect(await classified(next.account)).toEqual([['settled', 'paid']]);
  });

  test('what is quoted of it in tasks and disputes ends between characters', async () => {
    const long = (start: string): Mail => ({ to: '', headers: ['Content-Transfer-Encoding: 8bit'], text: `${start} ${'x'.repeat(998 - start.length)}\u{1F600} done` });
    const [paid, disputed] = [await reminded(), await reminded()];
    await comesByResend({ ...long('We have already paid this invoice.'), to: paid.address });
    await comesByResend({ ...long('The goods arrived damaged, we refuse to pay.'), to: disputed.address });
    expect(await tasksOf(paid.account.customerId)).toEqual(['A customer says that it has paid']);
    expect(await database.knex('disputes').where({ customer_id: disputed.account.customerId }).first('detail')).toEqual({ detail: expect.stringMatching(/x$/) as string });
  });

  test('what follows fails at every try: it is tried again, others go on, and after the fifth time a person gets it with why', async () => {
    const [poisoned, next] = [await reminded(), await reminded()];
    await database.knex.raw(`CREATE FUNCTION refuse_task() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trigger of the test refuses this'; END $$;
      CREATE TRIGGER refuse_task BEFORE INSERT ON tasks FOR EACH ROW WHEN (new.customer_id = ${poisoned.account.customerId}) EXECUTE FUNCTION refuse_task()`);
    await announce(rawMail({ to: poisoned.address, ...other }));
    await comesByResend({ to: next.address, ...other });
    expect(await classified(poisoned.account)).toEqual([['received', null]]);
    expect(await classified(next.account)).toEqual([['settled', 'paid']]);
    expect(await inbound.classifyWaiting()).toBe(0);
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      expect(await classified(poisoned.account)).toEqual([['received', null]]);
      await database.knex('replies').where({ customer_id: poisoned.account.customerId }).update({ next_attempt_at: database.knex.fn.now() });
      expect(await inbound.classifyWaiting()).toBe(1);
    }
    await database.knex.raw('DROP TRIGGER refuse_task ON tasks; DROP FUNCTION refuse_task');
    expect(await database.knex('replies').where({ customer_id: poisoned.account.customerId }).first('state', 'kind', 'attempts', 'reason'))
      .toEqual({ state: 'triage', kind: null, attempts: 5, reason: expect.stringContaining('a trigger of the test refuses this') as string });
    expect(await inbound.classifyWaiting()).toBe(0);
  });
});

describe('attachments', () => {
  test('a PDF is kept, what a machine would run is named and refused', async () => {
    const { account, address } = await reminded();
    const part = (type: string, name: string): string[] => ['--b', `Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64', '', Buffer.from(`content of ${name}`).toString('base64')];
    await comesByResend({
      to: address, headers: ['Content-Type: multipart/mixed; boundary="b"'],
      body: ['--b', 'Content-Type: text/html', '', '<p>Payment has been made. <script>alert(1)</script></p>', ...part('application/pdf', 'advice.pdf'), ...part('application/x-msdownload', '../run.exe'), ...part('application/pdf', 'page.html'), '--b--'].join('\n'),
    });
    const [reply] = await repliesOf(account.customerId);
    expect(reply).toMatchObject({ kind: 'paid', said: 'Payment has been made.' });
    expect(await database.knex('reply_attachments').where({ reply_id: reply!.id }).orderBy('position').select('filename', 'content', 'refused')).toEqual([
      { filename: 'advice.pdf', content: Buffer.from('content of advice.pdf'), refused: null },
      { filename: expect.not.stringContaining('/') as string, content: null, refused: expect.stringContaining('not kept') as string },
      { filename: 'page.html', content: null, refused: expect.stringContaining('not kept') as string },
    ]);
  });
});

describe('a mailbox by IMAP', () => {
  test('new mails are read once, in order, and nothing in the mailbox changes', async () => {
    const { account, address } = await reminded();
    imap.deliver(rawMail({ to: address, text: 'Noted.' }));
    imap.deliver(rawMail({ to: address, text: 'Wir überweisen am 20.03.2026.' }));
    expect(await inbound.poll()).toBe(2);
    expect(await inbound.poll()).toBe(0);
    imap.deliver(rawMail({ to: address, text: 'Thanks.' }));
    expect(await inbound.poll()).toBe(1);
    imap.renumber();
    expect(await inbound.poll()).toBe(3);
    await inbound.classifyWaiting();
    expect((await repliesOf(account.customerId)).map(({ said }) => said)).toEqual(['Noted.', 'Wir überweisen am 20.03.2026.', 'Thanks.']);
    expect(imap.changes).toBe(0);
  });

  test('a subject that the database cannot keep as it is, and a mail that it takes at no try, keep none behind them waiting', async () => {
    const { account, address } = await reminded();
    imap.deliver(rawMail({ to: address, subject: '=?utf-8?Q?x=00y?=', text: 'Noted.' }));
    imap.deliver(rawMail({ to: address, text: 'A trigger of the test refuses this.' }));
    imap.deliver(rawMail({ to: address, text: 'Thanks.' }));
    await database.knex.raw(`CREATE FUNCTION refuse_reply() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
      CREATE TRIGGER refuse_reply BEFORE INSERT ON replies FOR EACH ROW WHEN (new.body_text LIKE 'A trigger%') EXECUTE FUNCTION refuse_reply()`);
    await inbound.poll();
    await database.knex.raw('DROP TRIGGER refuse_reply ON replies; DROP FUNCTION refuse_reply');
    expect((await database.knex('replies').where({ customer_id: account.customerId }).orderBy('id').select<{ subject: string; said: string }[]>('subject', 'said'))).toEqual([{ subject: 'xy', said: 'Noted.' }, { subject: 'Re: Your invoice', said: 'Thanks.' }]);
    expect(await database.knex('replies').where({ subject: 'A mail that could not be read' }).first('customer_id', 'is_cut', 'body_text')).toEqual({ customer_id: null, is_cut: true, body_text: expect.stringMatching(/Look it up in the mailbox \(UID \d+\): .*refused/s) as string });
  });

  test('HTML that is long for its pictures is read; what is longer than is read says so', async () => {
    const { account, address } = await reminded();
    const html = (body: string) => rawMail({ to: address, headers: ['Content-Type: text/html; charset=utf-8'], body });
    imap.deliver(html(`<img src="data:image/png;base64,${'A'.repeat(1_200_000)}"><p>Thanks.</p>`));
    imap.deliver(html(`<p>Noted.</p>${'<p>x</p>'.repeat(150_000)}`));
    await inbound.poll();
    const [pictured, long] = await database.knex('replies').where({ customer_id: account.customerId }).orderBy('id').select<{ said: string; is_cut: boolean }[]>('said', 'is_cut');
    expect(pictured).toEqual({ said: 'Thanks.', is_cut: false });
    expect(long).toEqual({ said: expect.stringMatching(/^Noted\.\n/) as string, is_cut: true });
  });
});
