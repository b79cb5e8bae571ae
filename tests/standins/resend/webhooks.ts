import { randomUUID } from 'node:crypto';
import { Webhook } from 'svix';
import type { AcceptedEmail } from './store';

export interface WebhookTarget {
  url: string;
  secret: string;
}

export interface SignedEvent {
  headers: Record<string, string>;
  body: string;
}

/** An event about an email as Resend sends it, signed as Svix signs. */
export function signedEvent(email: AcceptedEmail, type: string, secret: string, { extra = {}, at = Date.now(), id = `msg_${randomUUID()}` }: { extra?: object; at?: number; id?: string } = {}): SignedEvent {
  const body = JSON.stringify({
    type,
    created_at: new Date(at).toISOString(),
    data: {
      email_id: email.id, from: email.from, to: email.to, subject: email.subject, created_at: new Date(email.createdAt).toISOString(),
      tags: Object.fromEntries(email.tags.map(({ name, value }) => [name, value])),
      ...extra,
    },
  });
  const signature = new Webhook(secret).sign(id, new Date(at), body);
  return { headers: { 'content-type': 'application/json', 'svix-id': id, 'svix-timestamp': String(Math.floor(at / 1_000)), 'svix-signature': signature }, body };
}

/** Posts an event; answers with the receiver's status, or 0 when it could not be reached. */
export async function postEvent(target: WebhookTarget, { headers, body }: SignedEvent): Promise<number> {
  try {
    const response = await fetch(target.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return 0;
    throw error;
  }
}
