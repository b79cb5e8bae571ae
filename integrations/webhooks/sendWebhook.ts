import { lookup as lookUpName, type LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'svix';
import { isPublicAddress } from './publicAddress';

export interface OutgoingWebhook {
  /** The delivery's id, the same at every attempt: receivers know a repeat by it. */
  id: string;
  url: string;
  /** `whsec_` and base64. */
  secret: string;
  body: string;
}

export type WebhookResult =
  | { kind: 'delivered' }
  /** `final`: trying again will not help. */
  | { kind: 'failed'; reason: string; final: boolean };

export interface WebhookSettings {
  /** Whether targets on this machine and in private networks are allowed. */
  allowPrivateTargets: boolean;
  timeoutMs?: number;
}

const timeoutDefaultMs = 10_000;

/** A signing secret for a new endpoint, in the form of Standard Webhooks. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/**
 * Posts a webhook, signed as Standard Webhooks has it (webhook-id, webhook-timestamp, webhook-signature). Only 2xx counts as delivered; redirects are not
 * followed. The address is checked as it is connected to, so that a name cannot point elsewhere between the check and the call; `fetch` offers no place for that.
 */
export function sendWebhook(webhook: OutgoingWebhook, { allowPrivateTargets, timeoutMs = timeoutDefaultMs }: WebhookSettings, now: Date = new Date()): Promise<WebhookResult> {
  const url = new URL(webhook.url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused(`${url.protocol} is not a protocol for webhooks`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivateTargets && isIP(host) && !isPublicAddress(host)) return refused(`${host} is not a public address`);
  const body = Buffer.from(webhook.body, 'utf8');
  const signature = signatureOf(webhook, now);
  if (!signature) return refused("the endpoint's secret is not whsec_ and base64: make the endpoint anew");
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'user-agent': 'Dunwell',
    'webhook-id': webhook.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signature,
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const request = send(url, {
      method: 'POST', headers, agent: false, signal: AbortSignal.timeout(timeoutMs), ...(allowPrivateTargets ? {} : { lookup: publicLookup }),
    }, (response) => {
      const status = response.statusCode ?? 0;
      // The answer's body is of no interest, and may be without end.
      response.destroy();
      // 410 is how a receiver says that it wants no more of this.
      resolve(status >= 200 && status < 300 ? { kind: 'delivered' } : { kind: 'failed', reason: `the receiver answered ${status}`, final: status === 410 });
    });
    request.on('error', (error) => resolve(
      error instanceof PrivateAddressError ? { kind: 'failed', reason: error.message, final: true }
      : { kind: 'failed', reason: error.name === 'AbortError' || error.name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : error.message, final: false },
    ));
    request.end(body);
  });
}

function signatureOf({ id, secret, body }: OutgoingWebhook, now: Date): string | null {
  if (secret.replace(/^whsec_/, '') === '') return null;
  try {
    return new Webhook(secret).sign(id, now, body);
  } catch (error) {
    // The library throws plain errors for what is not base64.
    if (error instanceof Error) return null;
    throw error;
  }
}

function refused(reason: string): Promise<WebhookResult> {
  return Promise.resolve({ kind: 'failed', reason, final: true });
}

class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
}

/** Resolves a name for the connection that is about to be made, and refuses it if any of its addresses is not public. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUpName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const inside = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (inside) return callback(new PrivateAddressError(`${hostname} is ${inside.address}, which is not a public address`), '', 0);
    if (!first) return callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '', 0);
    if (options.all) return (callback as (error: null, addresses: LookupAddress[]) => void)(null, addresses);
    callback(null, first.address, first.family);
  });
};
