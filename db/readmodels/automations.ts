import type { Knex } from 'knex';
import type { AutomationDocument } from '../../domain/automation/schema';
import type { Automation } from '../../domain/automation/types';
import type { EventKind } from '../../domain/events/kinds';
import type { DoneAction } from '../automations/acting';
import type { ApprovalState } from './approvals';
import { containing, readPage, Where, type Page, type PageRequest } from './keyset';

export interface AutomationRow {
  id: number;
  key: string;
  active: boolean;
  /** The newest version. */
  version: number;
  document: AutomationDocument;
  parsed: Automation;
  editedBy: string;
  editedAt: Date;
  /** Of all its versions. */
  fired: number;
  waiting: number;
  lastFiredAt: Date | null;
  rowVersion: number;
}

const columns = `a.id, a.key, a.active_version_id IS NOT NULL AS active, v.version, v.document, v.parsed, v.created_by AS "editedBy", v.created_at AS "editedAt", a.row_version AS "rowVersion",
  (SELECT count(*)::int FROM automation_firings f WHERE f.automation_id = a.id AND f.state = 'fired') AS fired,
  (SELECT count(*)::int FROM automation_firings f WHERE f.automation_id = a.id AND f.state = 'waiting') AS waiting,
  (SELECT max(decided_at) FROM automation_firings f WHERE f.automation_id = a.id AND f.state = 'fired') AS "lastFiredAt"`;
const from = 'automations a CROSS JOIN LATERAL (SELECT * FROM automation_versions v WHERE v.automation_id = a.id ORDER BY v.version DESC LIMIT 1) v';

export interface AutomationFilter {
  /** In the title or the short name. */
  search?: string;
  state?: 'on' | 'off';
  event?: EventKind;
}

export function listAutomations(db: Knex, filter: AutomationFilter, page: PageRequest): Promise<Page<AutomationRow>> {
  const where = new Where().when(filter.event, 'v.trigger_kind = ?');
  if (filter.search !== undefined) where.and(`v.document ->> 'title' ILIKE ? OR a.key ILIKE ?`, containing(filter.search), containing(filter.search));
  if (filter.state !== undefined) where.and(`a.active_version_id IS ${filter.state === 'on' ? 'NOT NULL' : 'NULL'}`);
  return readPage<AutomationRow>(db, { columns, from, where, sort: [{ sql: 'a.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findAutomation(db: Knex, id: number): Promise<AutomationRow | null> {
  const { rows } = await db.raw<{ rows: AutomationRow[] }>(`SELECT ${columns} FROM ${from} WHERE a.id = ?`, [id]);
  return rows[0] ?? null;
}

export type FiringState = 'waiting' | 'fired' | 'not-met' | 'bounded' | 'suppressed' | 'failed';

export interface FiringRow {
  id: number;
  version: number;
  event: EventKind;
  eventAt: Date;
  depth: number;
  state: FiringState;
  decidedAt: Date | null;
  notBefore: Date | null;
  reason: string | null;
  inputs: Record<string, string | number | boolean | null>;
  actions: DoneAction[];
  /** What became of the approval that it asked for; null: none. */
  approval: ApprovalState | null;
  customerId: number;
  customerName: string;
  invoiceId: number | null;
  invoiceNumber: string | null;
}

export function listFirings(db: Knex, automationId: number, filter: { state?: readonly FiringState[]; customerId?: number }, page: PageRequest): Promise<Page<FiringRow>> {
  const where = new Where().and('f.automation_id = ?', automationId).when(filter.state, 'f.state = ANY (?)').when(filter.customerId, 'f.customer_id = ?');
  return readPage<FiringRow>(db, {
    columns: `f.id, v.version, e.kind AS event, e.at AS "eventAt", e.depth, f.state, f.decided_at AS "decidedAt", f.not_before AS "notBefore", f.reason, coalesce(f.inputs, '{}') AS inputs,
      coalesce(f.actions, '[]') AS actions, (SELECT p.state FROM approvals p WHERE p.firing_id = f.id) AS approval, f.customer_id AS "customerId", c.name AS "customerName", f.invoice_id AS "invoiceId", i.number AS "invoiceNumber"`,
    from: `automation_firings f JOIN automation_versions v ON v.id = f.version_id JOIN events e ON e.id = f.event_id JOIN customers c ON c.id = f.customer_id LEFT JOIN invoices i ON i.id = f.invoice_id`,
    where, sort: [{ sql: 'f.id', type: 'bigint' }], direction: 'desc',
  }, page);
}
