/** A message as a provider needs it: everything in it is final. */
export interface OutgoingMessage {
  id: string;
  from: string;
  to: readonly string[];
  replyTo: string | null;
  /** In angle brackets; the provider makes one where it is absent. */
  messageIdHeader?: string;
  /** Further headers. */
  headers?: Readonly<Record<string, string>>;
  subject: string;
  html: string;
  text: string;
  attachments: readonly { filename: string; contentType: string; contentBase64: string }[];
}

export interface HandOver {
  idempotencyKey: string;
  /** What `compose` made of the message, byte for byte. */
  payload: string;
  from: string;
  to: readonly string[];
}

/** What a provider made of a message that was handed to it. */
export type SendResult =
  /** It took the message. `delivered`: and it has arrived already. `note`: for some recipients it did not. */
  | { kind: 'accepted'; providerId: string; delivered: boolean; note?: string }
  /** It will never take this message. */
  | { kind: 'rejected'; reason: string }
  /** It did not take the message, because too many came at once. */
  | { kind: 'throttled'; reason: string; retryAfterMs: number }
  /** It did not take the message, for a reason that may pass. */
  | { kind: 'unavailable'; reason: string }
  /** It may have taken the message: the answer was lost, or says nothing about it. */
  | { kind: 'unknown'; reason: string }
  /** It is still working on another request with the same key. */
  | { kind: 'busy' }
  /** It has taken something else under the same key. */
  | { kind: 'conflict'; reason: string };

/** What to look for at the provider when it no longer remembers the key. */
export interface Sought {
  messageId: string;
  to: readonly string[];
  subject: string;
  text: string;
  /** Wall clock, epoch ms. */
  firstAttemptAt: number;
}

export type FindResult =
  | { kind: 'found'; providerId: string }
  /** It was certainly never taken. */
  | { kind: 'absent' }
  /** The provider did not answer; ask again. */
  | { kind: 'unavailable'; reason: string }
  | { kind: 'cannot-tell'; reason: string };

/** Where mail is handed over. One that cannot tell whether it took a message has neither a key lifetime nor `find`. */
export interface MailProvider {
  readonly name: 'resend' | 'smtp' | 'outbox';
  /** How long a repeated request with the same key is known for the same, wall clock. 0: repeats are never known. */
  readonly keyLifetimeMs: number;
  /** The exact bytes to hand over. They are stored before the first attempt, and every attempt sends them as stored. */
  compose(message: OutgoingMessage): Promise<string>;
  send(handOver: HandOver, signal: AbortSignal): Promise<SendResult>;
  find?(sought: Sought, signal: AbortSignal): Promise<FindResult>;
}
