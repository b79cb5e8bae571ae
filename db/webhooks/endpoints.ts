import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';

export interface WebhookEndpoint {
  id: number;
  url: string;
  events: string[];
  active: boolean;
  createdAt: Date;
  waiting: number;
  failed: number;
}

const columns = `e.id, e.url, e.events, e.active, e.created_at AS "createdAt",
  (SELECT count(*) FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.state = 'waiting') AS waiting, (SELECT count(*) FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.state = 'failed') AS failed`;

/** Endpoints in the order in which they were added; `search` is a part of the address. */
export function listEndpoints(db: Knex, { search, active }: { search?: string; active?: boolean }, page: PageRequest): Promise<Page<WebhookEndpoint>> {
  return readPage<WebhookEndpoint>(db, { columns, from: 'webhook_endpoints e', where: new Where().containing(search, 'e.url').when(active, 'e.active = ?'), sort: [{ sql: 'e.id', type: 'bigint' }], direction: 'asc' }, page);
}

export async function findEndpoint(db: Knex, id: number): Promise<WebhookEndpoint | null> {
  const { rows } = await db.raw<{ rows: WebhookEndpoint[] }>(`SELECT ${columns} FROM webhook_endpoints e WHERE e.id = ?`, [id]);
  return rows[0] ?? null;
}

/** Adds an endpoint. Its secret is in the form that Svix's libraries take, and is in this answer only. */
export async function addEndpoint(trx: Knex.Transaction, actor: Actor, endpoint: { url: string; events: readonly string[] }): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const { rows } = await trx.raw<{ rows: { id: number }[] }>('INSERT INTO webhook_endpoints (url, secret, events) VALUES (?, ?, ?) RETURNING id', [endpoint.url, secret, [...endpoint.events]]);
  const added = await findEndpoint(trx, rows[0]?.id ?? 0);
  if (!added) throw new Error('The webhook endpoint vanished while it was being added.');
  await appendAudit(trx, [{ actor, action: 'webhook-endpoint.created', subjectType: 'webhook-endpoint', subjectId: String(added.id), after: endpoint }]);
  return { endpoint: added, secret };
}

export async function changeEndpoint(trx: Knex.Transaction, actor: Actor, id: number, change: { events?: readonly string[]; active?: boolean }): Promise<WebhookEndpoint | null> {
  const before = await findEndpoint(trx, id);
  if (!before) return null;
  await trx.raw('UPDATE webhook_endpoints SET events = ?, active = ? WHERE id = ?', [[...(change.events ?? before.events)], change.active ?? before.active, id]);
  await appendAudit(trx, [{ actor, action: 'webhook-endpoint.updated', subjectType: 'webhook-endpoint', subjectId: String(id), before: { events: before.events, active: before.active }, after: change }]);
  return findEndpoint(trx, id);
}

export interface WebhookDelivery {
  id: string;
  event: string;
  eventKey: string;
  state: 'waiting' | 'delivered' | 'failed' | 'superseded';
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
}
export function listDeliveries(db: Knex, endpointId: number, state: WebhookDelivery['state'] | undefined, page: PageRequest): Promise<Page<WebhookDelivery>> {
  return readPage<WebhookDelivery>(db, {
    columns: 'd.id, d.event, d.event_key AS "eventKey", d.state, d.attempts, d.next_attempt_at AS "nextAttemptAt", d.last_error AS "lastError"', from: 'webhook_deliveries d',
    where: new Where().and('d.endpoint_id = ?', endpointId).when(state, 'd.state = ?'), sort: [{ sql: 'd.created_at', type: 'timestamptz' }, { sql: 'd.id', type: 'uuid' }], direction: 'desc',
  }, page);
}
