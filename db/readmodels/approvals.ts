import type { Knex } from 'knex';
import { readPage, Where, type Page, type PageRequest } from './keyset';
import { person } from './person';

export type ApprovalKind = 'hold' | 'handoff' | 'write-off';
export type ApprovalState = 'pending' | 'approved' | 'refused' | 'withdrawn' | 'timed-out';

export interface Approval {
  id: number;
  kind: ApprovalKind;
  customerId: number;
  customerName: string;
  invoiceId: number;
  invoiceNumber: string;
  step: string | null;
  /** Where an automation asked. */
  automationId: number | null;
  automationTitle: string | null;
  role: 'credit-manager' | 'admin';
  amountMinor: number;
  openMinor: number;
  currency: string;
  state: ApprovalState;
  reason: string | null;
  requestedBy: string;
  requestedAt: Date;
  dueAt: Date | null;
  escalatedAt: Date | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  answer: string | null;
  outcome: string | null;
}

const columns = `a.id, a.kind, a.customer_id AS "customerId", c.name AS "customerName", a.invoice_id AS "invoiceId", i.number AS "invoiceNumber", a.step,
  f.automation_id AS "automationId", v.document ->> 'title' AS "automationTitle", a.role, a.amount_minor AS "amountMinor",
  i.open_minor AS "openMinor", a.currency, a.state, a.reason, ${person('a.requested_by')} AS "requestedBy", a.requested_at AS "requestedAt",
  a.due_at AS "dueAt", a.escalated_at AS "escalatedAt", a.answered_by_name AS "answeredBy", a.answered_at AS "answeredAt", a.answer, a.outcome`;
const from = 'approvals a JOIN customers c ON c.id = a.customer_id JOIN invoices i ON i.id = a.invoice_id LEFT JOIN automation_firings f ON f.id = a.firing_id LEFT JOIN automation_versions v ON v.id = f.version_id';

export interface ApprovalFilter {
  state?: readonly ApprovalState[];
  kind?: ApprovalKind;
  customerId?: number;
  invoiceId?: number;
}

/** What waits for an answer, the most urgent first; with other states the newest requests first. */
export function listApprovals(db: Knex, filter: ApprovalFilter, sort: 'dueAt' | '-requestedAt', page: PageRequest): Promise<Page<Approval>> {
  const where = new Where().when(filter.kind, 'a.kind = ?').when(filter.customerId, 'a.customer_id = ?').when(filter.invoiceId, 'a.invoice_id = ?');
  where.among('a.state', filter.state);
  return sort === 'dueAt'
    ? readPage<Approval>(db, { columns, from, where, sort: [{ sql: `coalesce(a.due_at, 'infinity')`, type: 'timestamptz' }, { sql: 'a.id', type: 'bigint' }], direction: 'asc' }, page)
    : readPage<Approval>(db, { columns, from, where, sort: [{ sql: 'a.requested_at', type: 'timestamptz' }, { sql: 'a.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findApproval(db: Knex, id: number): Promise<Approval | null> {
  const { rows } = await db.raw<{ rows: Approval[] }>(`SELECT ${columns} FROM ${from} WHERE a.id = ?`, [id]);
  return rows[0] ?? null;
}
