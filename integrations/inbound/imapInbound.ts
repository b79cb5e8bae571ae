import { ImapFlow } from 'imapflow';
import type { InboundMail } from './inboundMail';
import { mailBytesMax, parseMail } from './parseMail';

/** How far a mailbox has been read. UIDs mean nothing once its UIDVALIDITY is another (RFC 9051, 2.3.1.1). */
export interface MailboxPosition {
  uidValidity: number;
  lastUid: number;
}

export interface PolledMail {
  uid: number;
  mail: InboundMail;
}

export interface Poll {
  position: MailboxPosition;
  mails: PolledMail[];
  /** There is more than one poll takes. */
  hasMore: boolean;
}

const mailsAtOnce = 20;
const patienceMs = 30_000;

/**
 * Reads what is new in a mailbox since a position, the oldest first, and changes nothing in it: no mail is marked, moved or deleted. Without a position
 * everything that is there is read; mails that are known already are recognised by their Message-ID.
 * `url` is `imaps://user:password@host:993/Folder`.
 */
export async function pollMailbox(url: string, position: MailboxPosition | null, ownMark: string): Promise<Poll> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname.startsWith('127.');
  const client = new ImapFlow({
    host: hostname, port: port ? Number(port) : protocol === 'imaps:' ? 993 : 143, secure: protocol === 'imaps:',
    // A password never crosses a network in the clear.
    ...(protocol === 'imaps:' ? {} : { doSTARTTLS: !isLoopback }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false, disableAutoIdle: true, connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs,
  });
  // Without a listener a broken connection would end the process; the call under way fails by it all the same.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const mailbox = await client.mailboxOpen(decodeURIComponent(pathname.slice(1)) || 'INBOX', { readOnly: true });
    const uidValidity = Number(mailbox.uidValidity);
    const from = position?.uidValidity === uidValidity ? position.lastUid : 0;
    return await readNew(client, { uidValidity, lastUid: from }, ownMark);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

/** What a mailbox is called in our own tables: without the password. */
export function mailboxName(url: string): string {
  const { hostname, port, username, pathname } = new URL(url);
  return `${decodeURIComponent(username)}@${hostname}${port ? `:${port}` : ''}${pathname || '/INBOX'}`;
}

async function readNew(client: ImapFlow, { uidValidity, lastUid }: MailboxPosition, ownMark: string): Promise<Poll> {
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  // `n:*` matches the last mail also where it is older than n.
  const uids = (found || []).filter((uid) => uid > lastUid).sort((a, b) => a - b);
  const mails: PolledMail[] = [];
  for (const uid of uids.slice(0, mailsAtOnce)) {
    const message = await client.fetchOne(String(uid), { size: true, internalDate: true, source: { maxLength: mailBytesMax } }, { uid: true });
    // Deleted between the search and now.
    if (!message || !message.source) continue;
    mails.push({ uid, mail: await parseMail(message.source, { source: 'imap', sourceRef: `${uidValidity}:${uid}`, receivedAt: message.internalDate, isCut: (message.size ?? 0) > message.source.length, ownMark }) });
  }
  return { position: { uidValidity, lastUid: uids.slice(0, mailsAtOnce).at(-1) ?? lastUid }, mails, hasMore: uids.length > mailsAtOnce };
}
