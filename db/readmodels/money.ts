import type { Knex } from 'knex';
import type { ReversalKind } from '../../domain/ledger/reversal';
import { readPage, Where, type Page, type PageRequest } from './keyset';

interface Source {
  id: number;
  externalId: string;
  customerId: number;
  customerName: string;
  currency: string;
  amountMinor: number;
  appliedMinor: number;
  unappliedMinor: number;
}
export interface PaymentListItem extends Source {
  receivedAt: Date;
  method: string | null;
  refundedMinor: number;
  reversedAt: Date | null;
  reversalKind: ReversalKind | null;
  reversalReason: string | null;
}
export interface CreditNoteListItem extends Source {
  issuedOn: string;
  reason: string | null;
}
export interface AppliedTo {
  invoiceId: number;
  invoiceExternalId: string;
  invoiceNumber: string;
  amountMinor: number;
  appliedAt: Date;
  reversedAt: Date | null;
}

const source = (s: string): string => `${s}.id, ${s}.external_id AS "externalId", ${s}.customer_id AS "customerId", c.name AS "customerName", ${s}.currency, ${s}.amount_minor AS "amountMinor", ${s}.applied_minor AS "appliedMinor", ${s}.unapplied_minor AS "unappliedMinor"`;
const paymentColumns = `${source('p')}, p.received_at AS "receivedAt", p.method, p.refunded_minor AS "refundedMinor", p.reversed_at AS "reversedAt", p.reversal_kind AS "reversalKind", p.reversal_reason AS "reversalReason"`;
const creditNoteColumns = `${source('n')}, n.issued_on AS "issuedOn", n.reason`;
const payments = 'payments p JOIN customers c ON c.id = p.customer_id';
const creditNotes = 'credit_notes n JOIN customers c ON c.id = n.customer_id';

export interface MoneyFilter {
  customerId?: number;
  currency?: string;
  externalId?: string;
  unapplied?: boolean;
}

function moneyWhere(alias: string, filter: MoneyFilter): Where {
  return new Where().when(filter.customerId, `${alias}.customer_id = ?`).when(filter.currency, `${alias}.currency = ?`).when(filter.externalId, `${alias}.external_id = ?`)
    .when(filter.unapplied, `(${alias}.unapplied_minor > 0) = ?`);
}

export function listPayments(db: Knex, filter: MoneyFilter & { reversed?: boolean; receivedFrom?: string; receivedTo?: string }, page: PageRequest): Promise<Page<PaymentListItem>> {
  const where = moneyWhere('p', filter).when(filter.reversed, '(p.reversed_at IS NOT NULL) = ?')
    .when(filter.receivedFrom, 'p.received_at >= (?::date)::timestamp AT TIME ZONE c.time_zone').when(filter.receivedTo, 'p.received_at < (?::date + 1)::timestamp AT TIME ZONE c.time_zone');
  return readPage<PaymentListItem>(db, { columns: paymentColumns, from: payments, where, sort: [{ sql: 'p.received_at', type: 'timestamptz' }, { sql: 'p.id', type: 'bigint' }], direction: 'desc' }, page);
}

export function listCreditNotes(db: Knex, filter: MoneyFilter, page: PageRequest): Promise<Page<CreditNoteListItem>> {
  return readPage<CreditNoteListItem>(db, { columns: creditNoteColumns, from: creditNotes, where: moneyWhere('n', filter), sort: [{ sql: 'n.issued_on', type: 'date' }, { sql: 'n.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findPayment(db: Knex, by: { id: number } | { externalId: string }): Promise<(PaymentListItem & { applications: AppliedTo[]; refunds: Refund[] }) | null> {
  const [column, value] = 'id' in by ? ['p.id', by.id] : ['p.external_id', by.externalId];
  const { rows } = await db.raw<{ rows: PaymentListItem[] }>(`SELECT ${paymentColumns} FROM ${payments} WHERE ${column} = ?`, [value]);
  const found = rows[0];
  return found ? { ...found, applications: await appliedTo(db, 'payment_id', found.id), refunds: await refundsOf(db, found.id) } : null;
}

export interface Refund {
  id: number;
  externalId: string;
  paymentId: number;
  paymentExternalId: string;
  customerId: number;
  customerName: string;
  currency: string;
  amountMinor: number;
  /** How much of it is open again, on invoices and on charges. */
  reopenedMinor: number;
  reason: string | null;
  refundedAt: Date;
  recordedAt: Date;
}

const refundColumns = `r.id, r.external_id AS "externalId", r.payment_id AS "paymentId", p.external_id AS "paymentExternalId", r.customer_id AS "customerId", c.name AS "customerName", r.currency, r.amount_minor AS "amountMinor",
  (coalesce((SELECT sum(a.amount_minor) FROM applications a WHERE a.refund_id = r.id), 0) + coalesce((SELECT sum(a.amount_minor) FROM charge_applications a WHERE a.refund_id = r.id), 0))::bigint AS "reopenedMinor",
  r.reason, r.refunded_at AS "refundedAt", r.recorded_at AS "recordedAt"`;
const refunds = 'refunds r JOIN payments p ON p.id = r.payment_id JOIN customers c ON c.id = r.customer_id';

export interface RefundFilter {
  customerId?: number;
  paymentId?: number;
  currency?: string;
  externalId?: string;
  refundedFrom?: string;
  refundedTo?: string;
}

export function listRefunds(db: Knex, filter: RefundFilter, page: PageRequest): Promise<Page<Refund>> {
  const where = new Where().when(filter.customerId, 'r.customer_id = ?').when(filter.paymentId, 'r.payment_id = ?').when(filter.currency, 'r.currency = ?').when(filter.externalId, 'r.external_id = ?')
    .when(filter.refundedFrom, 'r.refunded_at >= (?::date)::timestamp AT TIME ZONE c.time_zone').when(filter.refundedTo, 'r.refunded_at < (?::date + 1)::timestamp AT TIME ZONE c.time_zone');
  return readPage<Refund>(db, { columns: refundColumns, from: refunds, where, sort: [{ sql: 'r.refunded_at', type: 'timestamptz' }, { sql: 'r.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findRefund(db: Knex, externalId: string): Promise<Refund | null> {
  const { rows } = await db.raw<{ rows: Refund[] }>(`SELECT ${refundColumns} FROM ${refunds} WHERE r.external_id = ?`, [externalId]);
  return rows[0] ?? null;
}

async function refundsOf(db: Knex, paymentId: number): Promise<Refund[]> {
  const { rows } = await db.raw<{ rows: Refund[] }>(`SELECT ${refundColumns} FROM ${refunds} WHERE r.payment_id = ? ORDER BY r.id`, [paymentId]);
  return rows;
}

export async function findCreditNote(db: Knex, by: { id: number } | { externalId: string }): Promise<(CreditNoteListItem & { applications: AppliedTo[] }) | null> {
  const [column, value] = 'id' in by ? ['n.id', by.id] : ['n.external_id', by.externalId];
  const { rows } = await db.raw<{ rows: CreditNoteListItem[] }>(`SELECT ${creditNoteColumns} FROM ${creditNotes} WHERE ${column} = ?`, [value]);
  const found = rows[0];
  return found ? { ...found, applications: await appliedTo(db, 'credit_note_id', found.id) } : null;
}

async function appliedTo(db: Knex, column: 'payment_id' | 'credit_note_id', id: number): Promise<AppliedTo[]> {
  const { rows } = await db.raw<{ rows: AppliedTo[] }>(
    `SELECT a.invoice_id AS "invoiceId", i.external_id AS "invoiceExternalId", i.number AS "invoiceNumber", a.amount_minor AS "amountMinor", a.applied_at AS "appliedAt", a.reversed_at AS "reversedAt"
     FROM applications a JOIN invoices i ON i.id = a.invoice_id WHERE a.${column} = ? ORDER BY a.id`, [id]);
  return rows;
}

export interface WriteOff {
  id: number;
  externalId: string;
  invoiceId: number;
  amountMinor: number;
  reason: string | null;
  writtenOffAt: Date;
  reversedAt: Date | null;
}
export async function findWriteOff(db: Knex, by: { id: number } | { externalId: string }): Promise<WriteOff | null> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['external_id', by.externalId];
  const { rows } = await db.raw<{ rows: WriteOff[] }>(
    `SELECT id, external_id AS "externalId", invoice_id AS "invoiceId", amount_minor AS "amountMinor", reason, written_off_at AS "writtenOffAt", reversed_at AS "reversedAt" FROM write_offs WHERE ${column} = ?`, [value]);
  return rows[0] ?? null;
}
