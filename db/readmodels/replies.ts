import type { Knex } from 'knex';
import { containing, readPage, Where, type Page, type PageRequest } from './keyset';
import { person } from './person';

export type ReplyState = 'received' | 'triage' | 'settled' | 'ignored';
export interface ReplyListItem {
  id: number;
  state: ReplyState;
  receivedAt: Date;
  fromAddress: string;
  fromName: string | null;
  subject: string;
  excerpt: string;
  customerId: number | null;
  customerName: string | null;
  matchedBy: 'address' | 'references' | 'sender' | 'person' | null;
  automatic: 'auto-reply' | 'report' | 'bulk' | 'loop' | null;
  kind: string | null;
  confidence: number | null;
  decidedKind: string | null;
  pausedUntil: Date | null;
}
interface ReplyDetails {
  on: string | null;
  disputeReason: string | null;
  referredTo: string | null;
}
export interface Reply extends ReplyListItem {
  messageId: string | null;
  messageSubject: string | null;
  recipients: string[];
  said: string;
  bodyText: string;
  isCut: boolean;
  writtenAt: Date | null;
  senderKnown: boolean | null;
  source: 'resend' | 'imap';
  reason: string | null;
  classifier: string | null;
  suggested: (ReplyDetails & { amount: { decimal: string; currency: string | null } | null }) | null;
  decided: (ReplyDetails & { amountMinor: number | null; invoiceIds?: number[] }) | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  invoices: { invoiceId: number; number: string; openMinor: number; currency: string; dueOn: string }[];
  attachments: { position: number; filename: string; contentType: string; bytes: number; refused: string | null }[];
  rowVersion: number;
}

const columns = `r.id, r.state, r.received_at AS "receivedAt", r.from_address AS "fromAddress", r.from_name AS "fromName", r.subject, left(r.said, 200) AS excerpt, r.customer_id AS "customerId", c.name AS "customerName",
  r.matched_by AS "matchedBy", r.automatic, r.kind, r.confidence::float8 AS confidence, r.decided_kind AS "decidedKind", r.paused_until AS "pausedUntil"`;
const from = 'replies r LEFT JOIN customers c ON c.id = r.customer_id';
const decider = person('r.decided_by');

export function listReplies(db: Knex, filter: { state?: readonly ReplyState[]; kind?: string; customerId?: number; unmatched?: boolean; search?: string }, page: PageRequest): Promise<Page<ReplyListItem>> {
  const where = new Where().when(filter.customerId, 'r.customer_id = ?').when(filter.kind, 'coalesce(r.decided_kind, r.kind) = ?').when(filter.unmatched, '(r.customer_id IS NULL) = ?');
  where.among('r.state', filter.state);
  if (filter.search !== undefined) where.and('r.subject ILIKE ? OR r.from_address ILIKE ?', containing(filter.search), containing(filter.search));
  return readPage<ReplyListItem>(db, { columns, from, where, sort: [{ sql: 'r.received_at', type: 'timestamptz' }, { sql: 'r.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findReply(db: Knex, id: number): Promise<Reply | null> {
  const { rows } = await db.raw<{ rows: Reply[] }>(
    `SELECT ${columns}, r.message_id AS "messageId", m.subject AS "messageSubject", r.recipients, r.said, r.body_text AS "bodyText", r.is_cut AS "isCut", r.written_at AS "writtenAt", r.sender_known AS "senderKnown", r.source, r.reason, r.classifier, r.details AS suggested,
       CASE WHEN r.decided_details IS NOT NULL THEN r.decided_details - 'kind' END AS decided, ${decider} AS "decidedBy", r.decided_at AS "decidedAt", r.row_version AS "rowVersion",
       coalesce((SELECT json_agg(json_build_object('invoiceId', i.id, 'number', i.number, 'openMinor', i.open_minor, 'currency', i.currency, 'dueOn', i.due_on) ORDER BY i.due_on, i.id) FROM reply_invoices n JOIN invoices i ON i.id = n.invoice_id WHERE n.reply_id = r.id), '[]') AS invoices,
       coalesce((SELECT json_agg(json_build_object('position', a.position, 'filename', a.filename, 'contentType', a.content_type, 'bytes', a.bytes, 'refused', a.refused) ORDER BY a.position) FROM reply_attachments a WHERE a.reply_id = r.id), '[]') AS attachments
     FROM ${from} LEFT JOIN messages m ON m.id = r.message_id WHERE r.id = ?`, [id]);
  return rows[0] ?? null;
}

export async function findReplyAttachment(db: Knex, id: number, position: number): Promise<{ filename: string; content: Buffer } | null> {
  const { rows } = await db.raw<{ rows: { filename: string; content: Buffer }[] }>('SELECT filename, content FROM reply_attachments WHERE reply_id = ? AND position = ? AND content IS NOT NULL', [id, position]);
  return rows[0] ?? null;
}

export interface OptedOut {
  email: string;
  via: 'one-click' | 'reply' | 'person';
  messageId: string | null;
  at: Date;
}
export function listOptOuts(db: Knex, filter: { search?: string }, page: PageRequest): Promise<Page<OptedOut>> {
  return readPage<OptedOut>(db, { columns: 'o.email, o.via, o.message_id AS "messageId", o.at', from: 'mail_opt_outs o', where: new Where().containing(filter.search, 'o.email'), sort: [{ sql: 'o.email', type: 'text' }], direction: 'asc' }, page);
}
