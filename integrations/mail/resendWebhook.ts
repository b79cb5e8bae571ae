import { Webhook, WebhookVerificationError } from 'svix';
import { z } from 'zod';
import { cutText } from '../../domain/cutText';
import { storableText } from '../../domain/storableText';
import { messageTag } from './resend';

/** What a provider reports about a message, in our words. */
export interface ProviderEvent {
  /** The report's own id: a repeat has the same. */
  id: string;
  provider: 'resend';
  /** As the provider names it, e.g. `email.bounced`. */
  type: string;
  /** What it means for the message. */
  meaning: EventMeaning;
  /** Epoch ms. */
  at: number;
  providerId: string;
  /** Our message's id, if the report carries it. */
  messageId: string | null;
  /** Whom it is about. */
  addresses: readonly string[];
  payload: unknown;
}

export type EventMeaning =
  | { kind: 'sent' }
  | { kind: 'delivered' }
  | { kind: 'opened' }
  | { kind: 'clicked' }
  | { kind: 'delayed' }
  /** `permanent`: the address will not take mail later either. */
  | { kind: 'bounced'; permanent: boolean; reason: string }
  | { kind: 'complained' }
  | { kind: 'failed'; reason: string };

export type ReadEvent =
  | { kind: 'event'; event: ProviderEvent }
  /** A mail came in, and is to be fetched: the event carries no body. */
  | { kind: 'received'; ref: string; envelope: { from: string; to: string[]; subject: string; messageId: string } }
  /** Genuine, but not about a message's delivery. */
  | { kind: 'other'; type: string }
  | { kind: 'refused'; reason: string };

const envelope = z.object({ type: z.string(), created_at: z.string(), data: z.record(z.string(), z.unknown()) });
const emailData = z.object({
  email_id: z.string(),
  to: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.string()).optional(),
  bounce: z.object({ message: z.string().default(''), type: z.string().default('') }).optional(),
  failed: z.object({ reason: z.string() }).optional(),
  suppressed: z.object({ message: z.string().default('') }).optional(),
});
const receivedData = z.object({
  email_id: z.string().min(1).max(200), from: z.string().max(500).default(''), to: z.array(z.string().max(500)).max(200).default([]), subject: z.string().nullable().default(''), message_id: z.string().max(1_000).default(''),
});
type EmailData = z.infer<typeof emailData>;

/**
 * Checks the signature of a webhook from Resend and reads what it says. Svix's library refuses timestamps more than 5 minutes away and
 * compares in constant time; header names may be `svix-…` or `webhook-…`. `rawBody` must be the bytes as received.
 */
export function readResendEvent({ headers, rawBody, secret }: { headers: Readonly<Record<string, string | string[] | undefined>>; rawBody: string | Buffer; secret: string }): ReadEvent {
  const plain = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])));
  const id = plain['svix-id'] ?? plain['webhook-id'] ?? '';
  // An empty key would verify whatever anybody signs with an empty key.
  if (secret.replace(/^whsec_/, '') === '') return { kind: 'refused', reason: 'no signing secret is configured (RESEND_WEBHOOK_SECRET)' };
  let content: unknown;
  try {
    content = storable(new Webhook(secret).verify(rawBody, plain));
  } catch (error) {
    if (error instanceof WebhookVerificationError) return { kind: 'refused', reason: error.message };
    // Signed, but not JSON.
    if (error instanceof SyntaxError) return { kind: 'refused', reason: 'the body is not JSON' };
    throw error;
  }
  const parsed = envelope.safeParse(content);
  if (!parsed.success) return { kind: 'refused', reason: 'the body is not an event: it needs type, created_at and data' };
  const { type, created_at, data } = parsed.data;
  if (!type.startsWith('email.')) return { kind: 'other', type };
  if (type === 'email.received') return receivedMail(data);
  const email = emailData.safeParse(data);
  const at = Date.parse(created_at);
  if (!email.success || Number.isNaN(at)) return { kind: 'refused', reason: `the event ${type} lacks email_id, or its dates cannot be read` };
  const meaning = meaningOf(type, email.data);
  if (!meaning) return { kind: 'other', type };
  const { email_id, to, tags } = email.data;
  return { kind: 'event', event: { id, provider: 'resend', type, meaning, at, providerId: email_id, messageId: uuidOrNull(tags?.[messageTag]), addresses: to, payload: content } };
}

/** What others wrote, a subject among it, as our database can keep it. */
function storable(content: unknown): unknown {
  return JSON.parse(JSON.stringify(content ?? null), (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value)) as unknown;
}

function receivedMail(data: unknown): ReadEvent {
  const received = receivedData.safeParse(data);
  if (!received.success) return { kind: 'refused', reason: 'the event email.received lacks email_id, or something in it cannot be read' };
  const { email_id, from, to, subject, message_id } = received.data;
  return { kind: 'received', ref: email_id, envelope: { from, to, subject: storableText(cutText(subject ?? '', 500)), messageId: message_id } };
}

function meaningOf(type: string, { bounce, failed, suppressed }: EmailData): EventMeaning | null {
  switch (type) {
    case 'email.sent': return { kind: 'sent' };
    case 'email.delivered': return { kind: 'delivered' };
    case 'email.opened': return { kind: 'opened' };
    case 'email.clicked': return { kind: 'clicked' };
    case 'email.delivery_delayed': return { kind: 'delayed' };
    case 'email.complained': return { kind: 'complained' };
    // `Transient` is a full mailbox or the like; all else will not pass by itself.
    case 'email.bounced': return { kind: 'bounced', permanent: bounce?.type !== 'Transient', reason: bounce?.message ?? 'no reason given' };
    case 'email.suppressed': return { kind: 'bounced', permanent: true, reason: suppressed?.message ?? 'the provider no longer writes to this address' };
    case 'email.failed': return { kind: 'failed', reason: failed?.reason ?? 'no reason given' };
    default: return null;
  }
}

function uuidOrNull(text: string | undefined): string | null {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : null;
}
