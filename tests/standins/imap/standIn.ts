import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * An IMAP4rev1 server (RFC 3501) as far as reading a mailbox takes: greeting, CAPABILITY, LOGIN, EXAMINE, UID SEARCH, UID FETCH of sizes and of parts of the
 * source, LOGOUT. It refuses what would change the mailbox, and counts that it was asked to.
 */
export class ImapStandIn {
  readonly mails: { uid: number; raw: string; internalDate: string }[] = [];
  uidValidity = 7;
  logins = 0;
  changes = 0;
  private nextUid = 1;
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly user = 'replies', private readonly password = 'p@ss word') {}

  /** Listens on a loopback port; answers with the mailbox's url. */
  async listen(): Promise<string> {
    this.server = createServer((socket) => this.serve(socket));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `imap://${encodeURIComponent(this.user)}:${encodeURIComponent(this.password)}@127.0.0.1:${(this.server.address() as AddressInfo).port}/INBOX`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  /** `internalDate` as IMAP writes it: when the server got the mail. */
  deliver(raw: string, internalDate = '10-Mar-2026 10:00:00 +0000'): number {
    const uid = this.nextUid++;
    this.mails.push({ uid, raw: raw.replace(/\r?\n/g, '\r\n'), internalDate });
    return uid;
  }

  /** As after a server was restored from a copy: UIDs begin anew. */
  renumber(): void {
    this.uidValidity += 1;
    this.nextUid = 1;
    for (const mail of this.mails) mail.uid = this.nextUid++;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write('* OK [CAPABILITY IMAP4rev1] stand-in ready\r\n');
    let buffer = '';
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        for (const answer of this.answer(line)) socket.write(answer, 'latin1');
        if (/^\S+ LOGOUT/i.test(line)) socket.end();
      }
    });
  }

  private answer(line: string): string[] {
    const [, tag = '*', command = '', rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/i.exec(line) ?? [];
    const ok = (text = 'done'): string => `${tag} OK ${text}\r\n`;
    switch (command.toUpperCase()) {
      case 'CAPABILITY': return ['* CAPABILITY IMAP4rev1\r\n', ok()];
      case 'NOOP': return [ok()];
      case 'LOGIN': return [this.login(rest) ? ok('[CAPABILITY IMAP4rev1] signed in') : `${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`];
      case 'LIST': case 'LSUB': return [`* ${command.toUpperCase()} () "/" "INBOX"\r\n`, ok()];
      case 'EXAMINE': return ['* FLAGS (\\Seen)\r\n', `* ${this.mails.length} EXISTS\r\n`, '* 0 RECENT\r\n', `* OK [UIDVALIDITY ${this.uidValidity}] valid\r\n`, `* OK [UIDNEXT ${this.nextUid}] next\r\n`, ok('[READ-ONLY] examined')];
      case 'UID SEARCH': return [`* SEARCH ${this.search(rest).join(' ')}\r\n`, ok()];
      case 'UID FETCH': return [...this.fetch(rest), ok()];
      case 'CLOSE': case 'UNSELECT': return [ok()];
      case 'LOGOUT': return ['* BYE bye\r\n', ok()];
      case 'SELECT': case 'STORE': case 'UID STORE': case 'EXPUNGE': case 'UID MOVE': case 'UID COPY':
        this.changes += 1;
        return [`${tag} NO this mailbox is not to be changed\r\n`];
      default: return [`${tag} BAD unknown command\r\n`];
    }
  }

  private login(rest: string): boolean {
    this.logins += 1;
    const parts = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) => (match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'));
    return parts[0] === this.user && parts[1] === this.password;
  }

  /** `UID 5:*`, where * is the last mail, even if that is before 5. */
  private search(rest: string): number[] {
    const from = Number(/UID (\d+):\*/i.exec(rest)?.[1] ?? 1);
    const last = this.mails.at(-1)?.uid ?? 0;
    return this.mails.map(({ uid }) => uid).filter((uid) => uid >= Math.min(from, last));
  }

  private fetch(rest: string): string[] {
    const uid = Number(/^(\d+)/.exec(rest)?.[1]);
    const position = this.mails.findIndex((mail) => mail.uid === uid);
    const mail = this.mails[position];
    if (!mail) return [];
    const most = Number(/BODY\.PEEK\[\]<0\.(\d+)>/i.exec(rest)?.[1] ?? mail.raw.length);
    const source = Buffer.from(mail.raw).subarray(0, most);
    const head = /BODY\.PEEK\[\]<0/i.test(rest) ? 'BODY[]<0>' : 'BODY[]';
    return [`* ${position + 1} FETCH (UID ${uid} INTERNALDATE "${mail.internalDate}" RFC822.SIZE ${Buffer.byteLength(mail.raw)} ${head} {${source.length}}\r\n${source.toString('latin1')})\r\n`];
  }
}
