/** A mail that came in, as every source hands it on. */
export interface InboundMail {
  source: 'resend' | 'imap';
  /** What the source calls it. */
  sourceRef: string;
  /** Without the angle brackets; made from the content where the mail has none. */
  messageId: string;
  from: { address: string; name: string | null };
  /** To, Cc and what the server says it was delivered to. */
  recipients: readonly string[];
  subject: string;
  /** When it was written, or came to its server if that was before; null: neither says so. In milliseconds, as the sender wrote it: it may lie in the future. */
  writtenAt: number | null;
  /** Plain text; made from the HTML where there is no other. */
  text: string;
  /** In-Reply-To and References, without angle brackets, the newest first. */
  references: readonly string[];
  /** A machine wrote it, by its headers: an answer on somebody's behalf, a report of non-delivery, a list. */
  automatic: AutomaticMail | null;
  attachments: readonly InboundAttachment[];
  /** The mail was longer than is read, so some of it is missing. */
  isCut: boolean;
}

export type AutomaticMail = 'auto-reply' | 'report' | 'bulk' | 'loop';

export interface InboundAttachment {
  filename: string;
  contentType: string;
  bytes: number;
  /** Null: refused, and why. */
  content: Buffer | null;
  refused: string | null;
}

/** A mail that could not be read at all; the message says why. */
export class InboundMailError extends Error {
  override name = 'InboundMailError';
}
