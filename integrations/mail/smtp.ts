import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { addressOf } from './addresses';
import type { HandOver, MailProvider, OutgoingMessage, SendResult } from './provider';

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, `smtps://…:465` for TLS from the start. */
  url: string;
  /** For servers with a certificate of their own making, in tests. */
  acceptAnyCertificate?: boolean;
}

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 20_000;

/**
 * A mail server by SMTP. The protocol has no idempotency keys: a message counts as taken when the server answers the end of its DATA with 250, and
 * as not taken at any refusal before. Between the last byte and that answer nobody can know; such a message is never repeated, a person looks.
 */
export function smtpMail(options: SmtpOptions): MailProvider {
  return {
    name: 'smtp',
    keyLifetimeMs: 0,
    compose: rawMessage,
    send: (handOver, signal) => sendOnce(options, handOver, signal),
  };
}

/** The message as MIME text, 7-bit clean. Its Message-ID follows from our own id, so that servers and people can recognise a copy. */
async function rawMessage(message: OutgoingMessage): Promise<string> {
  const domain = addressOf(message.from).split('@').at(-1) ?? 'localhost';
  const composer = new MailComposer({
    from: message.from,
    to: [...message.to],
    ...(message.replyTo ? { replyTo: message.replyTo } : {}),
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: message.messageIdHeader ?? `<${createHash('sha256').update(message.id).digest('hex').slice(0, 32)}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...message.headers },
    attachments: message.attachments.map(({ filename, contentType, contentBase64 }) => ({ filename, contentType, content: contentBase64, encoding: 'base64' })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return (await composer.compile().build()).toString('latin1');
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

async function sendOnce(options: SmtpOptions, { idempotencyKey, payload, from, to }: HandOver, signal: AbortSignal): Promise<SendResult> {
  const connection = new SMTPConnection(connectionOptions(options));
  const body = { isHandedOver: false };
  const stop = (): void => connection.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await open(connection, options);
    const { rejected } = await new Promise<SMTPConnection.SentMessageInfo>((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('the server closed the connection')));
      connection.send({ from: addressOf(from), to: [...to] }, stream(payload, body), (error, info) => (error ? reject(error) : resolve(info)));
    });
    connection.quit();
    return { kind: 'accepted', providerId: /^Message-ID:\s*<([^>]+)>/im.exec(payload)?.[1] ?? idempotencyKey, delivered: false, ...(rejected?.length ? { note: `the server refused ${rejected.join(', ')}` } : {}) };
  } catch (error) {
    connection.close();
    return whatItMeans(error instanceof Error ? error : new Error(String(error)), body.isHandedOver);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The payload as a stream that notes when its last byte was read: from then on the server may have the whole message. */
function stream(payload: string, body: { isHandedOver: boolean }): Readable {
  let isRead = false;
  return new Readable({
    read() {
      if (isRead) {
        body.isHandedOver = true;
        this.push(null);
      } else {
        isRead = true;
        this.push(Buffer.from(payload, 'latin1'));
      }
    },
  });
}

function connectionOptions({ url, acceptAnyCertificate }: SmtpOptions): ConstructorParameters<typeof SMTPConnection>[0] {
  const { protocol, hostname, port, username } = new URL(url);
  const secure = protocol === 'smtps:';
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    // A password never crosses a network in the clear.
    requireTLS: username !== '' && !isLoopback,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: answerTimeoutMs,
    tls: { rejectUnauthorized: !acceptAnyCertificate },
  };
}

async function open(connection: SMTPConnection, { url }: SmtpOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  const { username, password } = new URL(url);
  if (!username) return;
  await new Promise<void>((resolve, reject) => {
    connection.login({ user: decodeURIComponent(username), pass: decodeURIComponent(password) }, (error) => (error ? reject(error) : resolve()));
  });
}

/** A reply with a code is an answer: 5xx never, 4xx not now. Without one the message was not taken, unless it had been handed over whole. */
function whatItMeans(error: SmtpError, isHandedOver: boolean): SendResult {
  const reason = error.message;
  const status = error.responseCode ?? 0;
  // Signing in is refused because of the configuration, not of the message.
  if (error.code === 'EAUTH') return { kind: 'unavailable', reason };
  // An envelope that is refused without a reply was refused by the client library: no address in it can be written to.
  if (status >= 500 || (error.code === 'EENVELOPE' && status === 0)) return { kind: 'rejected', reason };
  if (status >= 400) return { kind: 'unavailable', reason };
  return isHandedOver ? { kind: 'unknown', reason } : { kind: 'unavailable', reason };
}
