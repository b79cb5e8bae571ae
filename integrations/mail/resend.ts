import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Resend, type CreateEmailResponseSuccess } from 'resend';
import { resendResult, retryAfterMs } from './resendAnswers';
import { findAtResend } from './resendSearch';
import type { MailProvider, OutgoingMessage } from './provider';

export interface ResendOptions {
  apiKey: string;
  /** Other than https://api.resend.com, for a region, a proxy or a test. */
  baseUrl?: string;
}

/** Resend forgets a key 24 hours after it was first used. */
const keyLifetimeMs = 24 * 60 * 60_000;
/** A quota that is used up is waited for between calls, not during one. */
const paceMostMs = 5_000;

/**
 * Resend, by its own SDK. The request goes through the SDK's `fetchRequest`, since its `emails.send` would build the body anew at every
 * attempt, and a repeat under the same key must be the same bytes.
 */
export function resendMail({ apiKey, baseUrl }: ResendOptions): MailProvider {
  const resend = new Resend(apiKey, { baseUrl: baseUrl?.replace(/\/+$/, '') });
  let quotaResetsAt = 0;

  return {
    name: 'resend',
    keyLifetimeMs,
    compose: (message) => Promise.resolve(JSON.stringify(requestBody(message))),
    async send({ idempotencyKey, payload }, signal) {
      const waitMs = Math.min(paceMostMs, quotaResetsAt - Date.now());
      if (waitMs > 0) await sleep(waitMs);
      const response = await resend.fetchRequest<CreateEmailResponseSuccess>('/emails', {
        method: 'POST',
        body: payload,
        signal,
        headers: {
          Authorization: `Bearer ${resend.key ?? ''}`,
          'User-Agent': resend.userAgent,
          'Content-Type': 'application/json',
          'Idempotency-Key': resendKey(idempotencyKey),
        },
      });
      if (response.headers?.['ratelimit-remaining'] === '0') quotaResetsAt = Date.now() + retryAfterMs(response.headers);
      return resendResult(response);
    },
    find: (sought, signal) => findAtResend(resend, sought, signal),
  };
}

/** Resend takes keys of up to 256 characters, and a header takes printable ASCII: other keys are stood for by their hash. */
export function resendKey(key: string): string {
  return /^[\x21-\x7e]{1,256}$/.test(key) ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** The name of the tag by which events and look-ups are matched to our message. */
export const messageTag = 'message';

function requestBody(message: OutgoingMessage): object {
  return {
    from: message.from,
    to: message.to,
    ...(message.replyTo ? { reply_to: message.replyTo } : {}),
    ...(message.messageIdHeader || message.headers ? { headers: { ...(message.messageIdHeader ? { 'Message-ID': message.messageIdHeader } : {}), ...message.headers } } : {}),
    subject: message.subject,
    html: message.html,
    text: message.text,
    tags: [{ name: messageTag, value: message.id }],
    attachments: message.attachments.map(({ filename, contentType, contentBase64 }) => ({ filename, content: contentBase64, content_type: contentType })),
  };
}
