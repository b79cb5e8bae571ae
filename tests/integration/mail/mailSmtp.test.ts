import { once } from 'node:events';
import type { Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { deliver, type Delivery } from '../../../activities/mail/deliver';
import { startManualClock } from '../../../db/clock/clock';
import { smtpMail } from '../../../integrations/mail/smtp';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, dependencies, publishPolicy, queue, readMessage, tasksAbout } from './account';

let database: FreshDatabase;
let policy: number;
let server: SMTPServer | null = null;
let received: string[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse('2026-03-10T09:00:00Z'));
});
afterAll(() => database.destroy());
beforeEach(() => {
  received = [];
});
afterEach(async () => {
  const closing = server;
  server = null;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});

/** What happens once a message has been received whole, before the server answers. */
type AtEnd = (answer: (error?: Error & { responseCode?: number }) => void) => void;

async function start(options: SMTPServerOptions = {}, atEnd: AtEnd = (answer) => answer()): Promise<string> {
  server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData(stream, _session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('latin1'));
        atEnd(answer);
      });
    },
    ...options,
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined); // clients that break off are part of these tests
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `smtp://127.0.0.1:${address.port}`;
}

const refusal = (responseCode: number, message: string): Error & { responseCode: number } => Object.assign(new Error(message), { responseCode });
const deliverBy = (url: string, id: string): Promise<Delivery> => deliver(dependencies(database.knex, { provider: smtpMail({ url }) }), id);
const queued = async (options: Parameters<typeof createAccount>[1] = {}): Promise<string> => queue(database.knex, policy, await createAccount(database.knex, options));

describe('SMTP', () => {
  test('250 after DATA: sent once, as text and HTML with the invoice, under a Message-ID of our own', async () => {
    const url = await start();
    const id = await queued({ name: 'Müller & Söhne' });
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(received).toHaveLength(1);
    const mail: ParsedMail = await simpleParser(received[0]!);
    expect(mail.text).toContain('Dear Müller & Söhne');
    expect(mail.html).toContain('Müller &amp; Söhne');
    expect(mail.attachments.map(({ contentType, content }) => [contentType, content.subarray(0, 5).toString()])).toEqual([['application/pdf', '%PDF-']]);
    expect(mail.messageId).toBe(`<${(await readMessage(database.knex, id)).provider_id}>`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(received[0]!).not.toMatch(/[^\x00-\x7f]/);
  });

  test('a name with line breaks adds no header', async () => {
    const url = await start();
    const id = await queued({ name: 'Eve\r\nBcc: everyone@evil.example' });
    await database.knex('invoices').update({ number: '7\r\nX-Injected: yes' }).where({ id: (await database.knex('message_invoices').where({ message_id: id }).first('invoice_id'))!.invoice_id });
    await deliverBy(url, id);
    const mail = await simpleParser(received[0]!);
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.has('x-injected')).toBe(false);
    expect(mail.subject).toContain('7 X-Injected: yes');
  });

  test('no server: it stays queued and comes back', async () => {
    const id = await queued();
    expect(await deliverBy('smtp://127.0.0.1:1', id)).toMatchObject({ kind: 'retry' });
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'queued', payload: null });
    expect(await deliverBy(await start(), id)).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('451: not now; 250 later', async () => {
    let answers = 0;
    const url = await start({}, (answer) => answer(answers++ === 0 ? refusal(451, 'greylisted') : undefined));
    const id = await queued();
    expect(await deliverBy(url, id)).toMatchObject({ kind: 'retry', reason: expect.stringContaining('greylisted') as string });
    expect((await readMessage(database.knex, id)).state).toBe('queued');
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('550 for the only recipient: failed, with a task', async () => {
    const url = await start({ onRcptTo: (_address, _session, callback) => callback(refusal(550, 'no such user')) });
    const id = await queued();
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'failed' });
    expect(await tasksAbout(database.knex, id)).toEqual(['A message could not be sent']);
    expect(received).toHaveLength(0);
  });

  test('550 for one of two recipients: sent to the other, and the message says who was refused', async () => {
    const url = await start({ onRcptTo: ({ address }, _session, callback) => callback(address.startsWith('gone') ? refusal(550, 'no such user') : undefined) });
    const id = await queued({ emails: ['gone@ropes.example', 'here@ropes.example'] });
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'sent' });
    expect((await readMessage(database.knex, id)).state_reason).toBe('the server refused gone@ropes.example');
  });

  test('an address that could smuggle in a command or a header is never used', async () => {
    const url = await start();
    const id = await queued({ emails: ['a@ropes.example>\r\nRCPT TO:<b@evil.example', 'c@ropes.example, d@evil.example'] });
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(received).toHaveLength(0);
  });

  test('the connection breaks after the last byte and before the answer: nobody knows, so it is not repeated and a person looks', async () => {
    const url = await start({}, () => {
      for (const socket of sockets) socket.destroy();
    });
    const id = await queued();
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'unknown' });
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'unknown' });
    expect(received).toHaveLength(1);
    expect(await tasksAbout(database.knex, id)).toEqual(['Find out whether a message was sent']);
  });

  test('a process that died while it sent: not repeated, a person looks', async () => {
    const url = await start();
    const id = await queued();
    await database.knex('messages').where({ id }).update({ state: 'sending', provider: 'smtp', payload: 'x', from_address: 'a@b.example', first_attempt_at: new Date(), last_attempt_at: new Date() });
    expect(await deliverBy(url, id)).toEqual({ kind: 'settled', state: 'unknown' });
    expect(received).toHaveLength(0);
  });

  test('wrong credentials hold mail back without giving it up', async () => {
    const url = await start({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, callback) => callback(new Error('who are you')) });
    const id = await queued();
    expect(await deliverBy(url.replace('smtp://', 'smtp://user:secret@'), id)).toMatchObject({ kind: 'retry' });
    expect((await readMessage(database.knex, id)).state).toBe('queued');
  });
});
