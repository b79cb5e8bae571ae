import type { Knex } from 'knex';
import { containing, readPage, Where, type Page, type PageRequest } from './keyset';

export type MessageState = 'queued' | 'sending' | 'sent' | 'unknown' | 'delivered' | 'bounced' | 'complained' | 'failed' | 'cancelled';
export interface MessageListItem {
  id: string;
  customerId: number;
  customerName: string;
  invoiceId: number | null;
  invoiceNumber: string | null;
  template: string;
  language: string;
  fromAddress: string | null;
  toAddresses: string[];
  subject: string | null;
  state: MessageState;
  stateReason: string | null;
  provider: string | null;
  queuedAt: Date;
  sentAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
}
export interface MessageDetail extends MessageListItem {
  idempotencyKey: string;
  bodyText: string | null;
  hasHtml: boolean;
  attempts: number;
  providerId: string | null;
  contactOn: string | null;
  ledgerVersion: number;
  attachments: { index: number; filename: string; contentType: string; bytes: number }[];
  invoices: { invoiceId: number; number: string; step: string }[];
  events: { type: string; at: string }[];
}

const columns = `m.id, m.customer_id AS "customerId", c.name AS "customerName", m.invoice_id AS "invoiceId", i.number AS "invoiceNumber", m.template, m.language, m.from_address AS "fromAddress", m.to_addresses AS "toAddresses",
  m.subject, m.state, m.state_reason AS "stateReason", m.provider, m.queued_at AS "queuedAt", m.sent_at AS "sentAt", m.opened_at AS "openedAt", m.clicked_at AS "clickedAt"`;
const from = 'messages m JOIN customers c ON c.id = m.customer_id LEFT JOIN invoices i ON i.id = m.invoice_id';

export function listMessages(db: Knex, filter: { state?: readonly MessageState[]; customerId?: number; invoiceId?: number; template?: string; search?: string }, page: PageRequest): Promise<Page<MessageListItem>> {
  const where = new Where().when(filter.customerId, 'm.customer_id = ?').when(filter.template, 'm.template = ?').when(filter.invoiceId, 'm.id IN (SELECT message_id FROM message_invoices WHERE invoice_id = ?)');
  where.among('m.state', filter.state);
  if (filter.search !== undefined) where.and(`m.subject ILIKE ? OR array_to_string(m.to_addresses, ' ') ILIKE ?`, containing(filter.search), containing(filter.search));
  return readPage<MessageListItem>(db, { columns, from, where, sort: [{ sql: 'm.queued_at', type: 'timestamptz' }, { sql: 'm.id', type: 'uuid' }], direction: 'desc' }, page);
}

export async function findMessage(db: Knex, id: string): Promise<MessageDetail | null> {
  const { rows } = await db.raw<{ rows: MessageDetail[] }>(
    `SELECT ${columns}, m.idempotency_key AS "idempotencyKey", m.body_text AS "bodyText", m.html IS NOT NULL AS "hasHtml", m.attempts, m.provider_id AS "providerId", m.contact_on AS "contactOn", m.ledger_version AS "ledgerVersion",
       coalesce((SELECT json_agg(json_build_object('index', a.at - 1, 'filename', a.item ->> 'filename', 'contentType', a.item ->> 'contentType', 'bytes', length(decode(a.item ->> 'contentBase64', 'base64'))) ORDER BY a.at)
                 FROM jsonb_array_elements(m.attachments) WITH ORDINALITY a (item, at)), '[]') AS attachments,
       coalesce((SELECT json_agg(json_build_object('invoiceId', n.invoice_id, 'number', j.number, 'step', n.step) ORDER BY n.invoice_id, n.step) FROM message_invoices n JOIN invoices j ON j.id = n.invoice_id WHERE n.message_id = m.id), '[]') AS invoices,
       coalesce((SELECT json_agg(json_build_object('type', e.type, 'at', e.at) ORDER BY e.at, e.id) FROM message_events e WHERE e.message_id = m.id), '[]') AS events
     FROM ${from} WHERE m.id = ?`, [id]);
  return rows[0] ?? null;
}

export async function findMessageHtml(db: Knex, id: string): Promise<string | null> {
  const { rows } = await db.raw<{ rows: { html: string | null }[] }>('SELECT html FROM messages WHERE id = ?', [id]);
  return rows[0]?.html ?? null;
}

export async function findAttachment(db: Knex, id: string, index: number): Promise<{ filename: string; contentType: string; content: Buffer } | null> {
  const { rows } = await db.raw<{ rows: { filename: string; contentType: string; content: Buffer }[] }>(
    `SELECT item ->> 'filename' AS filename, item ->> 'contentType' AS "contentType", decode(item ->> 'contentBase64', 'base64') AS content
     FROM (SELECT attachments -> ?::integer AS item FROM messages WHERE id = ?) a WHERE item IS NOT NULL`, [index, id]);
  return rows[0] ?? null;
}

export interface SuppressedAddress {
  email: string;
  reason: 'bounced' | 'complained' | 'by-hand';
  messageId: string | null;
  at: Date;
}
const suppressedColumns = 's.email, s.reason, s.message_id AS "messageId", s.at';
export function listSuppressedAddresses(db: Knex, search: string | undefined, page: PageRequest): Promise<Page<SuppressedAddress>> {
  return readPage<SuppressedAddress>(db, { columns: suppressedColumns, from: 'suppressed_addresses s', where: new Where().containing(search, 's.email'), sort: [{ sql: 's.email', type: 'text' }], direction: 'asc' }, page);
}
