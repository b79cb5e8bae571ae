import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { control } from './control';
import { Faults, type FaultPlan } from './faults';
import { ReceivedEmails } from './received';
import { sendEmailBody } from './requests';
import { EmailStore, type AcceptedEmail } from './store';
import { postEvent, signedEvent, type WebhookTarget } from './webhooks';

export interface StandInOptions {
  apiKey?: string;
  /** The clock on which keys expire; the machine's unless given. */
  now?: () => number;
  /** Where acceptances are kept over restarts. */
  stateFile?: string;
  /** Requests to POST /emails in a second before 429; no limit unless given. */
  requestsPerSecond?: number;
  /** Where events are sent; none are until it is known. */
  webhook?: WebhookTarget;
  /** Of the random faults. */
  seed?: number;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/**
 * Resend's HTTP API as far as the product uses it, for tests: bearer keys, Idempotency-Key for 24 hours, rate limit, validation, lists, signed
 * events; and, on order, everything that can go wrong. It counts what it accepted.
 */
export class ResendStandIn {
  readonly store: EmailStore;
  readonly faults: Faults;
  readonly received = new ReceivedEmails();
  /** Requests to POST /emails, whatever became of them. */
  requests = 0;
  webhook: WebhookTarget | null;
  private readonly apiKey: string;
  private readonly now: () => number;
  private readonly requestsPerSecond: number | null;
  private server: Server | null = null;
  private window = { startsAt: 0, used: 0 };

  constructor({ apiKey = 're_standin', now = Date.now, stateFile, requestsPerSecond, webhook, seed }: StandInOptions = {}) {
    this.apiKey = apiKey;
    this.now = now;
    this.requestsPerSecond = requestsPerSecond ?? null;
    this.store = new EmailStore(now, stateFile ?? null);
    this.faults = new Faults(seed);
    this.webhook = webhook ?? null;
  }

  /** Listens on a loopback port, a free one for 0; answers with the base url. */
  async listen(port = 0): Promise<string> {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
    await new Promise<void>((resolve, reject) => this.server?.once('error', reject).listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  plan(plan: FaultPlan): void {
    this.faults.plan(plan);
  }

  /** Sends an event about an email to the webhook's url; answers with the status it got. */
  async report(emailId: string, type: string, extra: object = {}): Promise<number> {
    const email = this.store.find(emailId);
    if (!email || !this.webhook) throw new Error(`There is no email ${emailId}, or no webhook to report it to.`);
    email.lastEvent = type.replace(/^email\./, '');
    return postEvent(this.webhook, signedEvent(email, type, this.webhook.secret, { extra }));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://standin');
    const body = await readBody(request);
    if (url.pathname.startsWith('/_control/')) return answer(response, await control(this, request.method ?? 'GET', url.pathname, body));
    const [, rawId] = /^\/raw\/([0-9a-f-]+)$/.exec(url.pathname) ?? [];
    if (rawId && url.searchParams.has('signature')) {
      const raw = this.received.raw(rawId);
      return void response.writeHead(raw === null ? 403 : 200, { 'content-type': 'message/rfc822' }).end(raw ?? '');
    }
    if (request.headers.authorization !== `Bearer ${this.apiKey}`) return answer(response, refusal(401, 'invalid_api_key', 'API key is invalid'));
    if (url.pathname === '/emails' && request.method === 'POST') return this.send(request, response, body);
    if (url.pathname === '/emails' && request.method === 'GET') return answer(response, this.list(url.searchParams));
    const [, receivedId] = /^\/emails\/receiving\/([0-9a-f-]+)$/.exec(url.pathname) ?? [];
    if (receivedId) {
      const described = this.received.describe(receivedId, `http://${request.headers.host ?? ''}`);
      return answer(response, described ? { status: 200, body: described } : refusal(404, 'not_found', 'Not found'));
    }
    const [, id] = /^\/emails\/([0-9a-f-]+)$/.exec(url.pathname) ?? [];
    const email = id ? this.store.find(id) : null;
    return answer(response, email ? { status: 200, body: { object: 'email', ...listed(email), html: email.html, text: email.text, tags: email.tags } } : refusal(404, 'not_found', 'Not found'));
  }

  private async send(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    this.requests += 1;
    const limits = this.countRequest();
    if (limits.exceeded) return answer(response, { ...refusal(429, 'rate_limit_exceeded', 'Too many requests. You can only make a few requests per second.'), headers: limits.headers });
    const fault = this.faults.draw();
    if (fault?.kind === 'drop') return void request.socket.destroy();
    if (fault?.kind === 'refuse') return answer(response, { ...refusal(fault.status, fault.name, fault.message), headers: fault.headers });

    const key = request.headers['idempotency-key']?.toString() ?? null;
    if (key !== null && key.length > 256) return answer(response, refusal(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars'));
    const parsed = sendEmailBody.safeParse(json(body));
    if (!parsed.success) return answer(response, refusal(422, 'validation_error', parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')));
    const reservation = this.store.reserve(key, body);
    switch (reservation.kind) {
      case 'in-progress': return answer(response, refusal(409, 'concurrent_idempotent_requests', 'Same idempotency key used while original request is still in progress'));
      case 'other-body': return answer(response, refusal(409, 'invalid_idempotent_request', 'Same idempotency key used with a different request payload'));
      case 'repeat': return answer(response, { status: 200, body: { id: reservation.email.id }, headers: limits.headers });
      case 'new': break;
    }
    if (fault?.kind === 'delay') await sleep(fault.ms);
    const { from, to, subject, html, text, tags } = parsed.data;
    const email = this.store.accept(key, body, { from, to, subject, html: html ?? null, text: text ?? null, tags });
    if (fault?.kind === 'hold-answer') await sleep(fault.ms);
    if (fault?.kind === 'lose-answer') return void request.socket.destroy();
    if (fault?.kind === 'fail-after') return answer(response, refusal(500, 'internal_server_error', 'An unexpected error occurred'));
    answer(response, { status: 200, body: { id: email.id }, headers: limits.headers });
  }

  private list(query: URLSearchParams): Answer {
    const limit = Number(query.get('limit') ?? 20);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) return refusal(422, 'validation_error', 'The `limit` must be between 1 and 100');
    const { emails, hasMore } = this.store.list(limit, query.get('after'));
    return { status: 200, body: { object: 'list', has_more: hasMore, data: emails.map(listed) } };
  }

  /** A fixed window of one second, as the real limit's headers describe it. */
  private countRequest(): { exceeded: boolean; headers: Record<string, string> } {
    if (this.requestsPerSecond === null) return { exceeded: false, headers: {} };
    const now = this.now();
    if (now - this.window.startsAt >= 1_000) this.window = { startsAt: now, used: 0 };
    this.window.used += 1;
    const headers = { 'ratelimit-limit': String(this.requestsPerSecond), 'ratelimit-remaining': String(Math.max(0, this.requestsPerSecond - this.window.used)), 'ratelimit-reset': '1' };
    const exceeded = this.window.used > this.requestsPerSecond;
    return { exceeded, headers: exceeded ? { ...headers, 'retry-after': '1' } : headers };
  }
}

function listed(email: AcceptedEmail): object {
  return {
    id: email.id, from: email.from, to: email.to, subject: email.subject, created_at: new Date(email.createdAt).toISOString(), last_event: email.lastEvent,
    bcc: null, cc: null, reply_to: null, scheduled_at: null,
  };
}

function refusal(statusCode: number, name: string, message: string): Answer {
  return { status: statusCode, body: { statusCode, name, message } };
}

function answer(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
