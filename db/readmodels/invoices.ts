import type { Knex } from 'knex';
import { dayNumber } from '../../domain/calendar/dates';
import { dayAt } from '../../domain/calendar/zones';
import { nowSql, todaySql } from './clockSql';
import { containing, readPage, startingWith, Where, type Page, type PageRequest, type SortKey } from './keyset';

export type InvoiceState = 'draft' | 'open' | 'overdue' | 'paid' | 'void';
export type AgingBucket = 'not-due' | '1-30' | '31-60' | '61-90' | '91-120' | '120+';
export const agingBuckets: readonly AgingBucket[] = ['not-due', '1-30', '31-60', '61-90', '91-120', '120+'];

export interface CollectionSummary {
  state: 'active' | 'done';
  outcome: string | null;
  stage: string | null;
  nextStep: string | null;
  nextAt: string | null;
  paused: boolean;
  pausedUntil: string | null;
  stopped: boolean;
  policyVersion: string;
}

export interface InvoiceListItem {
  id: number;
  externalId: string;
  number: string;
  customerId: number;
  customerExternalId: string;
  customerName: string;
  issuedOn: string;
  dueOn: string;
  currency: string;
  totalMinor: number;
  openMinor: number;
  state: InvoiceState;
  daysPastDue: number;
  bucket: AgingBucket | null;
  type: string;
  businessUnit: string | null;
  collection: CollectionSummary | null;
}

/** Overdue starts the day after the due date, in the customer's zone. */
const daysSql = `(${todaySql} - i.due_on)`;

const collectionSql = `CASE WHEN k.invoice_id IS NULL THEN NULL ELSE json_build_object('state', k.state, 'outcome', k.outcome, 'stage', k.stage, 'nextStep', k.next_step, 'nextAt', k.next_at,
  'paused', k.paused, 'pausedUntil', k.paused_until, 'stopped', k.stopped OR c.stopped, 'policyVersion', v.policy || '@' || v.version) END`;

// The clock is asked once, and what follows from it is worked out here: said in SQL for every column, it takes longer to plan than to run.
const columns = `i.id, i.external_id AS "externalId", i.number, i.customer_id AS "customerId", c.external_id AS "customerExternalId", c.name AS "customerName", i.issued_on AS "issuedOn", i.due_on AS "dueOn",
  i.currency, i.total_minor AS "totalMinor", i.open_minor AS "openMinor", i.document_state AS "documentState", i.type, i.business_unit AS "businessUnit", c.time_zone AS "timeZone", ${nowSql} AS now, ${collectionSql} AS collection`;

interface InvoiceRow extends Omit<InvoiceListItem, 'state' | 'daysPastDue' | 'bucket'> {
  documentState: 'draft' | 'issued' | 'void';
  timeZone: string;
  now: Date;
}

/** Named one by one, not spread: half of the time that a page of a list took here went into copies of its rows. */
function listItem(row: InvoiceRow): InvoiceListItem {
  const days = dayAt(row.now.getTime(), row.timeZone) - dayNumber(row.dueOn);
  const isOpen = row.openMinor > 0;
  return {
    id: row.id, externalId: row.externalId, number: row.number, customerId: row.customerId, customerExternalId: row.customerExternalId, customerName: row.customerName,
    issuedOn: row.issuedOn, dueOn: row.dueOn, currency: row.currency, totalMinor: row.totalMinor, openMinor: row.openMinor, state: stateOf(row, days),
    daysPastDue: isOpen ? days : 0, bucket: isOpen ? bucketOf(days) : null, type: row.type, businessUnit: row.businessUnit, collection: row.collection && withPause(row.collection, row.now),
  };
}

function stateOf({ documentState, openMinor }: Pick<InvoiceRow, 'documentState' | 'openMinor'>, days: number): InvoiceState {
  if (documentState !== 'issued') return documentState;
  if (openMinor <= 0) return 'paid';
  return days > 0 ? 'overdue' : 'open';
}

function bucketOf(days: number): AgingBucket {
  return agingBuckets[days <= 0 ? 0 : Math.min(Math.floor((days - 1) / 30), 4) + 1] ?? '120+';
}

/** A pause with an end is over by itself. */
function withPause(collection: CollectionSummary, now: Date): CollectionSummary {
  const paused = collection.paused && (collection.pausedUntil === null || Date.parse(collection.pausedUntil) > now.getTime());
  return { ...collection, paused, pausedUntil: paused ? collection.pausedUntil : null };
}

const from = `invoices i JOIN customers c ON c.id = i.customer_id LEFT JOIN collections k ON k.invoice_id = i.id LEFT JOIN policy_versions v ON v.id = k.policy_version_id`;

export interface InvoiceFilter {
  state?: readonly InvoiceState[];
  bucket?: readonly AgingBucket[];
  customerId?: number;
  currency?: string;
  businessUnit?: string;
  search?: string;
  externalId?: string;
  dueFrom?: string;
  dueTo?: string;
  stage?: string;
  nextStep?: string;
  type?: string;
}

const sorts = {
  dueOn: { sql: 'i.due_on', type: 'date' }, issuedOn: { sql: 'i.issued_on', type: 'date' }, openMinor: { sql: 'i.open_minor', type: 'bigint' }, number: { sql: 'i.number', type: 'text' },
} as const satisfies Record<string, SortKey>;
export type InvoiceSort = keyof typeof sorts | `-${keyof typeof sorts}`;

export async function listInvoices(db: Knex, filter: InvoiceFilter, sort: InvoiceSort, page: PageRequest): Promise<Page<InvoiceListItem>> {
  const where = new Where();
  if (filter.state) where.and(filter.state.map((state) => stateClauses[state]).join(' OR '));
  if (filter.bucket) where.and('i.open_minor > 0').and(filter.bucket.map((bucket) => bucketClauses[bucket]).join(' OR '));
  where.when(filter.customerId, 'i.customer_id = ?').when(filter.currency, 'i.currency = ?').when(filter.businessUnit, 'i.business_unit = ?').when(filter.externalId, 'i.external_id = ?')
    .when(filter.dueFrom, 'i.due_on >= ?::date').when(filter.dueTo, 'i.due_on <= ?::date').when(filter.type, 'i.type = ?')
    .when(filter.stage, 'k.stage = ?').when(filter.nextStep, `k.next_step = ? AND k.state = 'active'`);
  if (filter.search !== undefined) {
    where.and(`i.id IN (SELECT id FROM invoices WHERE number ILIKE ? UNION SELECT id FROM invoices WHERE external_id ILIKE ?
      UNION SELECT n.id FROM invoices n JOIN customers m ON m.id = n.customer_id WHERE m.name ILIKE ?)`, startingWith(filter.search), startingWith(filter.search), containing(filter.search));
  }
  const key = sorts[sort.replace('-', '') as keyof typeof sorts];
  const { rows, next } = await readPage<InvoiceRow>(db, { columns, from, where, sort: [key, { sql: 'i.id', type: 'bigint' }], direction: sort.startsWith('-') ? 'desc' : 'asc' }, page);
  return { rows: rows.map(listItem), next };
}

/*
 * The customer's own date differs from the clock's by a day at most, in either direction. The clause on `due_on` alone, with that
 * day to spare, is what lets an index find the rows; the exact one then decides.
 */
const spareDays = (comparison: '<' | '>=', days: number): string => `i.due_on ${comparison} ${nowSql}::date + ${days}`;
const stateClauses: Readonly<Record<InvoiceState, string>> = {
  draft: `i.document_state = 'draft'`,
  void: `i.document_state = 'void'`,
  paid: `i.document_state = 'issued' AND i.open_minor <= 0`,
  open: `i.open_minor > 0 AND ${spareDays('>=', -1)} AND ${daysSql} <= 0`,
  overdue: `i.open_minor > 0 AND ${spareDays('<', 2)} AND ${daysSql} > 0`,
};
const between = (low: number, high: number): string => `${spareDays('<', 2 - low)} AND ${spareDays('>=', -high - 1)} AND ${daysSql} BETWEEN ${low} AND ${high}`;
const bucketClauses: Readonly<Record<AgingBucket, string>> = {
  'not-due': `${spareDays('>=', -1)} AND ${daysSql} <= 0`,
  '1-30': between(1, 30), '31-60': between(31, 60), '61-90': between(61, 90), '91-120': between(91, 120),
  '120+': `${spareDays('<', 2 - 121)} AND ${daysSql} > 120`,
};

export interface InvoiceDetail extends InvoiceListItem {
  settledMinor: number;
  graceDays: number | null;
  documentState: 'draft' | 'issued' | 'void';
  custom: Record<string, string | number | boolean | null>;
  hasDocument: boolean;
  onHold: boolean;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
}

export async function findInvoice(db: Knex, id: number): Promise<InvoiceDetail | null> {
  const { rows } = await db.raw<{ rows: (InvoiceRow & Omit<InvoiceDetail, keyof InvoiceListItem>)[] }>(
    `SELECT ${columns}, i.settled_minor AS "settledMinor", i.grace_days AS "graceDays", i.custom, i.row_version AS "rowVersion", i.created_at AS "createdAt", i.updated_at AS "updatedAt",
       EXISTS (SELECT FROM invoice_documents d WHERE d.invoice_id = i.id) AS "hasDocument",
       EXISTS (SELECT FROM holds h WHERE h.customer_id = i.customer_id AND h.released_at IS NULL) AS "onHold"
     FROM ${from} WHERE i.id = ?`, [id]);
  if (!rows[0]) return null;
  const { timeZone: _timeZone, now: _now, ...row } = rows[0];
  return { ...row, ...listItem(rows[0]) };
}

export async function findCollection(db: Knex, invoiceId: number): Promise<CollectionSummary | null> {
  const { rows } = await db.raw<{ rows: { collection: CollectionSummary; now: Date }[] }>(
    `SELECT ${collectionSql} AS collection, ${nowSql} AS now FROM collections k JOIN policy_versions v ON v.id = k.policy_version_id JOIN customers c ON c.id = k.customer_id WHERE k.invoice_id = ?`, [invoiceId]);
  return rows[0] ? withPause(rows[0].collection, rows[0].now) : null;
}

export interface InvoiceName {
  id: number;
  externalId: string;
  customerId: number;
}
export async function findInvoiceName(db: Knex, id: number): Promise<InvoiceName | null> {
  const { rows } = await db.raw<{ rows: InvoiceName[] }>('SELECT id, external_id AS "externalId", customer_id AS "customerId" FROM invoices WHERE id = ?', [id]);
  return rows[0] ?? null;
}

export interface InvoiceLine {
  line: number;
  description: string;
  quantity: number;
  amountMinor: number;
}
export async function listInvoiceLines(db: Knex, invoiceId: number): Promise<InvoiceLine[]> {
  const { rows } = await db.raw<{ rows: InvoiceLine[] }>('SELECT line, description, quantity::float8 AS quantity, amount_minor AS "amountMinor" FROM invoice_lines WHERE invoice_id = ? ORDER BY line', [invoiceId]);
  return rows;
}

export interface Application {
  id: number;
  kind: 'payment' | 'credit-note' | 'write-off' | 'discount';
  sourceId: number;
  sourceExternalId: string;
  amountMinor: number;
  appliedAt: Date;
  reversedAt: Date | null;
  /** The refund that took it back, by its external id. */
  refundExternalId: string | null;
}
export async function listInvoiceApplications(db: Knex, invoiceId: number): Promise<Application[]> {
  const { rows } = await db.raw<{ rows: Application[] }>(
    `SELECT a.id, CASE WHEN a.payment_id IS NOT NULL THEN 'payment' WHEN a.credit_note_id IS NOT NULL THEN 'credit-note' WHEN a.discount_offer_id IS NOT NULL THEN 'discount' ELSE 'write-off' END AS kind,
       coalesce(a.payment_id, a.credit_note_id, a.write_off_id, a.discount_offer_id) AS "sourceId", coalesce(p.external_id, n.external_id, w.external_id, o.source_name) AS "sourceExternalId",
       a.amount_minor AS "amountMinor", a.applied_at AS "appliedAt", a.reversed_at AS "reversedAt",
       (SELECT r.external_id FROM refunds r WHERE r.id = a.refund_id) AS "refundExternalId"
     FROM applications a LEFT JOIN payments p ON p.id = a.payment_id LEFT JOIN credit_notes n ON n.id = a.credit_note_id LEFT JOIN write_offs w ON w.id = a.write_off_id LEFT JOIN discount_offers o ON o.id = a.discount_offer_id
     WHERE a.invoice_id = ? ORDER BY a.applied_at, a.id`, [invoiceId]);
  return rows;
}

export async function findInvoiceDocument(db: Knex, invoiceId: number): Promise<{ fileName: string; contentType: string; content: Buffer } | null> {
  const { rows } = await db.raw<{ rows: { fileName: string; contentType: string; content: Buffer }[] }>(
    'SELECT file_name AS "fileName", content_type AS "contentType", content FROM invoice_documents WHERE invoice_id = ?', [invoiceId]);
  return rows[0] ?? null;
}
