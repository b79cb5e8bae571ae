import type { Knex } from 'knex';
import { readPage, Where, type Page, type PageRequest } from './keyset';

export type Outcome = 'executed' | 'suppressed' | 'deferred' | 'covered' | 'skipped';
export interface DecisionItem {
  id: number;
  at: Date;
  on: string;
  customerId: number;
  customer: string;
  customerName: string;
  invoiceId: number;
  invoice: string;
  invoiceNumber: string;
  step: string;
  action: string;
  occurrence: number;
  outcome: Outcome;
  reasonCode: string;
  reason: string;
  plannedAt: Date;
  until: Date | null;
  coveredBy: string | null;
  openMinor: number;
  currency: string;
  ledgerVersion: number;
  policyVersion: string;
  inputs: Record<string, string | number | boolean | null>;
  messageId: string | null;
}

const columns = `d.id, d.at, d.on_date AS "on", d.customer_id AS "customerId", c.external_id AS customer, c.name AS "customerName", d.invoice_id AS "invoiceId", i.external_id AS invoice, i.number AS "invoiceNumber",
  d.step, d.action, d.occurrence, d.outcome, d.reason_code AS "reasonCode", d.reason, d.planned_at AS "plannedAt", d.until, d.covered_by AS "coveredBy", d.open_minor AS "openMinor", d.currency,
  d.ledger_version AS "ledgerVersion", v.policy || '@' || v.version AS "policyVersion", d.inputs, d.message_id AS "messageId"`;
const from = 'decisions d JOIN customers c ON c.id = d.customer_id JOIN invoices i ON i.id = d.invoice_id JOIN policy_versions v ON v.id = d.policy_version_id';

export interface DecisionFilter {
  from?: string;
  to?: string;
  customerId?: number;
  invoiceId?: number;
  policyVersionId?: number;
  step?: string;
  action?: string;
  outcome?: readonly Outcome[];
}

/** Between UTC and a place's own day there are at most 14 hours. */
const zoneHoursMax = 14;

export function listDecisionItems(db: Knex, filter: DecisionFilter, page: PageRequest): Promise<Page<DecisionItem>> {
  const where = new Where().when(filter.from, 'd.on_date >= ?::date').when(filter.to, 'd.on_date <= ?::date').when(filter.customerId, 'd.customer_id = ?').when(filter.invoiceId, 'd.invoice_id = ?')
    .when(filter.policyVersionId, 'd.policy_version_id = ?').when(filter.step, 'd.step = ?').when(filter.action, 'd.action = ?');
  // The same days as instants, as far as any zone is from UTC: the list is in the order of instants, and begins there by their index.
  where.when(filter.from, `d.at >= ?::date::timestamp AT TIME ZONE 'UTC' - interval '${zoneHoursMax} hours'`).when(filter.to, `d.at < (?::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '${zoneHoursMax} hours'`);
  where.among('d.outcome', filter.outcome);
  return readPage<DecisionItem>(db, { columns, from, where, sort: [{ sql: 'd.at', type: 'timestamptz' }, { sql: 'd.id', type: 'bigint' }], direction: 'desc' }, page);
}

const decisionsOfInvoiceMax = 1000;
export async function listInvoiceDecisions(db: Knex, invoiceId: number): Promise<DecisionItem[]> {
  const { rows } = await db.raw<{ rows: DecisionItem[] }>(`SELECT ${columns} FROM ${from} WHERE d.invoice_id = ? ORDER BY d.at, d.id LIMIT ${decisionsOfInvoiceMax}`, [invoiceId]);
  return rows;
}
