import type { Knex } from 'knex';
import type { DisputeReason } from '../../domain/dispute/dispute';
import { keptRate, type PromiseState } from '../../domain/promise/promise';
import { nowSql } from './clockSql';
import { readPage, Where, type Page, type PageRequest } from './keyset';
import { person } from './person';

type Source = 'call' | 'reply' | 'api' | 'portal';
export interface PromiseItem {
  id: number;
  externalId: string;
  customerId: number;
  customerName: string;
  currency: string;
  amountMinor: number;
  paidMinor: number;
  promisedOn: string;
  endsAt: Date;
  state: PromiseState;
  source: Source;
  note: string | null;
  madeAt: Date;
  madeBy: string;
  decidedAt: Date | null;
  invoices: { invoiceId: number; invoiceNumber: string; amountMinor: number; superseded: boolean }[];
}

const promiseColumns = `p.id, p.external_id AS "externalId", p.customer_id AS "customerId", c.name AS "customerName", p.currency, p.amount_minor AS "amountMinor", p.promised_on AS "promisedOn", p.ends_at AS "endsAt",
  CASE WHEN p.state = 'pending' THEN coalesce((SELECT sum(least(l.amount_minor, s.paid)) FROM promise_invoices l CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount_minor), 0) AS paid FROM applications a JOIN payments y ON y.id = a.payment_id
    WHERE a.invoice_id = l.invoice_id AND a.id > l.after_application_id AND a.reversed_at IS NULL AND y.received_at < p.ends_at) s
    WHERE l.promise_id = p.id AND NOT l.superseded), 0) ELSE p.paid_minor END::bigint AS "paidMinor",
  p.state, p.source, p.note, p.made_at AS "madeAt", ${person('p.made_by')} AS "madeBy", p.decided_at AS "decidedAt",
  (SELECT json_agg(json_build_object('invoiceId', i.id, 'invoiceNumber', i.number, 'amountMinor', l.amount_minor, 'superseded', l.superseded) ORDER BY i.due_on, i.id)
     FROM promise_invoices l JOIN invoices i ON i.id = l.invoice_id WHERE l.promise_id = p.id) AS invoices`;
const promises = 'promises p JOIN customers c ON c.id = p.customer_id';

export function listPromises(db: Knex, filter: { state?: readonly PromiseState[]; customerId?: number; invoiceId?: number; from?: string; to?: string }, page: PageRequest): Promise<Page<PromiseItem>> {
  const where = new Where().among('p.state', filter.state).when(filter.customerId, 'p.customer_id = ?').when(filter.from, 'p.promised_on >= ?').when(filter.to, 'p.promised_on <= ?')
    .when(filter.invoiceId, 'EXISTS (SELECT FROM promise_invoices l WHERE l.promise_id = p.id AND l.invoice_id = ?)');
  return readPage<PromiseItem>(db, { columns: promiseColumns, from: promises, where, sort: [{ sql: 'p.promised_on', type: 'date' }, { sql: 'p.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findPromise(db: Knex, id: number): Promise<PromiseItem | null> {
  const { rows } = await db.raw<{ rows: PromiseItem[] }>(`SELECT ${promiseColumns} FROM ${promises} WHERE p.id = ?`, [id]);
  return rows[0] ?? null;
}

/** How much of what a customer promised came as promised, for each currency. */
export async function readKeptRates(db: Knex, customerId: number): Promise<{ currency: string; decided: number; kept: number; rate: number | null }[]> {
  const { rows } = await db.raw<{ rows: { currency: string; state: PromiseState; amountMinor: number; paidMinor: number }[] }>(
    `SELECT currency, state, amount_minor AS "amountMinor", paid_minor AS "paidMinor" FROM promises WHERE customer_id = ? AND state IN ('kept', 'partly-kept', 'broken') ORDER BY currency`, [customerId]);
  return [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    return { currency, decided: own.length, kept: own.filter(({ state }) => state === 'kept').length, rate: keptRate(own) };
  });
}

export interface DisputeItem {
  id: number;
  externalId: string;
  customerId: number;
  customerName: string;
  invoiceId: number;
  invoiceNumber: string;
  currency: string;
  amountMinor: number;
  openMinor: number;
  reason: DisputeReason;
  detail: string | null;
  source: Source;
  state: 'open' | 'resolved';
  owner: { id: number; name: string } | null;
  openedAt: Date;
  openedBy: string;
  deadlineOn: string | null;
  late: boolean;
  escalatedAt: Date | null;
  resolution: 'valid' | 'invalid' | 'split' | null;
  resolutionNote: string | null;
  creditedMinor: number;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  rowVersion: number;
}
export interface DisputeDetail extends DisputeItem {
  notes: { id: number; author: string; body: string; at: Date }[];
  files: { id: number; fileName: string; contentType: string; bytes: number; addedBy: string; addedAt: Date }[];
}

const late = `coalesce(d.state = 'open' AND d.deadline_at <= ${nowSql}, false)`;
const disputeColumns = `d.id, d.external_id AS "externalId", d.customer_id AS "customerId", c.name AS "customerName", d.invoice_id AS "invoiceId", i.number AS "invoiceNumber", d.currency, d.amount_minor AS "amountMinor",
  i.open_minor AS "openMinor", d.reason_code AS reason, d.detail, d.source, d.state, CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END AS owner,
  d.opened_at AS "openedAt", ${person('d.opened_by')} AS "openedBy", d.deadline_on AS "deadlineOn", ${late} AS late, d.escalated_at AS "escalatedAt", d.resolution, d.resolution_note AS "resolutionNote",
  d.credited_minor AS "creditedMinor", d.resolved_at AS "resolvedAt", ${person('d.resolved_by')} AS "resolvedBy", d.row_version AS "rowVersion"`;
const disputes = 'disputes d JOIN customers c ON c.id = d.customer_id JOIN invoices i ON i.id = d.invoice_id LEFT JOIN users u ON u.id = d.owner_id';

export function listDisputes(
  db: Knex, filter: { state?: 'open' | 'resolved'; reason?: string; ownerId?: number; customerId?: number; invoiceId?: number; late?: boolean }, page: PageRequest,
): Promise<Page<DisputeItem>> {
  const where = new Where().when(filter.state, 'd.state = ?').when(filter.reason, 'd.reason_code = ?').when(filter.ownerId, 'd.owner_id = ?').when(filter.customerId, 'd.customer_id = ?')
    .when(filter.invoiceId, 'd.invoice_id = ?').when(filter.late, `${late} = ?`);
  return readPage<DisputeItem>(db, { columns: disputeColumns, from: disputes, where, sort: [{ sql: 'd.opened_at', type: 'timestamptz' }, { sql: 'd.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findDispute(db: Knex, id: number): Promise<DisputeDetail | null> {
  const { rows: [dispute] } = await db.raw<{ rows: DisputeItem[] }>(`SELECT ${disputeColumns} FROM ${disputes} WHERE d.id = ?`, [id]);
  if (!dispute) return null;
  const { rows: notes } = await db.raw<{ rows: DisputeDetail['notes'] }>('SELECT id, author, body, at FROM dispute_notes WHERE dispute_id = ? ORDER BY at DESC, id DESC', [id]);
  const { rows: files } = await db.raw<{ rows: DisputeDetail['files'] }>(
    'SELECT id, file_name AS "fileName", content_type AS "contentType", bytes, added_by AS "addedBy", added_at AS "addedAt" FROM dispute_files WHERE dispute_id = ? ORDER BY added_at, id', [id]);
  return { ...dispute, notes, files };
}
