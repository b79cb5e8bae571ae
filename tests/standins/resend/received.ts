import { randomUUID } from 'node:crypto';
import { Webhook } from 'svix';
import type { SignedEvent } from './webhooks';

interface ReceivedEmail {
  id: string;
  raw: string;
  from: string;
  to: string[];
  subject: string;
  messageId: string;
  at?: Date;
}

/** Emails that came in: `email.received` announces them, GET /emails/receiving/:id describes them, and a signed address has them raw. */
export class ReceivedEmails {
  private readonly byId = new Map<string, ReceivedEmail>();
  /** How often a raw mail was downloaded. */
  downloads = 0;

  receive(raw: string, at = new Date()): ReceivedEmail {
    const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(raw)?.[1]?.trim() ?? '';
    const email = { id: randomUUID(), raw, from: header('From'), to: [header('To')], subject: header('Subject'), messageId: header('Message-ID'), at };
    this.byId.set(email.id, email);
    return email;
  }

  /** The event as documented: metadata, and no body. */
  event({ id, from, to, subject, messageId }: ReceivedEmail, secret: string): SignedEvent {
    const at = new Date();
    const body = JSON.stringify({
      type: 'email.received', created_at: at.toISOString(),
      data: { email_id: id, created_at: at.toISOString(), from, to, bcc: [], cc: [], message_id: messageId, subject, attachments: [] },
    });
    const eventId = `msg_${randomUUID()}`;
    return { headers: { 'content-type': 'application/json', 'svix-id': eventId, 'svix-timestamp': String(Math.floor(at.getTime() / 1_000)), 'svix-signature': new Webhook(secret).sign(eventId, at, body) }, body };
  }

  describe(id: string, baseUrl: string): object | null {
    const email = this.byId.get(id);
    if (!email) return null;
    return {
      object: 'email', id, to: email.to, from: email.from, created_at: (email.at ?? new Date()).toISOString(), subject: email.subject, html: null, text: 'not read here', headers: {}, bcc: [], cc: [], reply_to: [], message_id: email.messageId,
      raw: { download_url: `${baseUrl}/raw/${id}?signature=stand-in`, expires_at: new Date(Date.now() + 3_600_000).toISOString() }, attachments: [],
    };
  }

  raw(id: string): string | null {
    this.downloads += 1;
    return this.byId.get(id)?.raw ?? null;
  }
}
