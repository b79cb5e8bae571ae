import { Resend } from 'resend';
import { InboundMailError, type InboundMail } from './inboundMail';
import { mailBytesMax, parseMail } from './parseMail';

export interface ResendInboundOptions {
  apiKey: string;
  baseUrl?: string;
}

export type FetchedMail =
  | { kind: 'mail'; mail: InboundMail }
  /** Not now; `retryAfterMs` where Resend said when. */
  | { kind: 'retry'; reason: string; retryAfterMs: number | null }
  /** Resend does not have it, or it cannot be read. */
  | { kind: 'gone'; reason: string };

const timeoutMs = 30_000;

/**
 * Fetches a mail of which Resend's `email.received` event told: its webhooks carry no body. `GET /emails/receiving/:id` answers with a signed address of the raw
 * mail, which is read like any other, so that both sources agree on what a reply says.
 */
export function resendInbound({ apiKey, baseUrl }: ResendInboundOptions) {
  const resend = new Resend(apiKey, { baseUrl: baseUrl?.replace(/\/+$/, '') });
  return async function fetchMail(emailId: string, ownMark: string): Promise<FetchedMail> {
    const { data, error, headers } = await resend.emails.receiving.get(emailId);
    if (error) {
      const reason = `${error.name}: ${error.message}`;
      if (error.statusCode === 404) return { kind: 'gone', reason };
      return { kind: 'retry', reason, retryAfterMs: waitOf(headers) };
    }
    const { raw, created_at: createdAt } = data;
    if (!raw) return { kind: 'gone', reason: 'Resend answered without the raw mail' };
    if (!isTrusted(raw.download_url, baseUrl)) return { kind: 'gone', reason: `Resend named an address that is not fetched from: ${new URL(raw.download_url).origin}` };
    try {
      const { content, isCut } = await download(raw.download_url);
      return { kind: 'mail', mail: await parseMail(content, { source: 'resend', sourceRef: emailId, receivedAt: createdAt, isCut, ownMark }) };
    } catch (failed) {
      if (failed instanceof InboundMailError || (failed instanceof Error && (failed.name === 'TimeoutError' || failed instanceof TypeError))) return { kind: 'retry', reason: failed.message, retryAfterMs: null };
      throw failed;
    }
  };
}

/** Signed addresses are https; those of a stand-in come from where it is. */
function isTrusted(address: string, baseUrl: string | undefined): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || (baseUrl !== undefined && origin === new URL(baseUrl).origin);
}

/** Reads as much of a mail as is read at all. */
async function download(address: string): Promise<{ content: Buffer; isCut: boolean }> {
  const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!response.ok || !response.body) throw new InboundMailError(`the raw mail was answered with ${response.status}`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(Buffer.from(part.value));
    bytes += part.value.byteLength;
    if (bytes > mailBytesMax) {
      await reader.cancel();
      break;
    }
  }
  return { content: Buffer.concat(chunks).subarray(0, mailBytesMax), isCut: bytes > mailBytesMax };
}

function waitOf(headers: Readonly<Record<string, string>> | null): number | null {
  const seconds = Number(headers?.['retry-after'] ?? headers?.['ratelimit-reset'] ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3_600) * 1_000 : null;
}
