import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { writeOffDeadline, writeOffRequestAfter, type WriteOffRequestChange } from '../../domain/approval/writeOffRequest';
import type { InstantMs } from '../../domain/calendar/dates';
import { appendAudit, systemActor } from '../audit';
import { lockCustomersOf } from '../ledger/locks';

const atOnceMax = 200;

interface Row {
  id: number;
  customer_id: number;
  invoice: string;
  time_zone: string;
  state: 'pending' | 'withdrawn';
  role: 'credit-manager' | 'admin';
  timeout_days: number;
  due_at: Date;
  open_minor: number;
}

/**
 * What becomes of requests for write-offs without an answer: one whose invoice is settled is withdrawn, one whose invoice is open again is asked anew, and one whose
 * time is over goes to an administrator, and is left out after that. Answers how many were changed. Safe to repeat, and at the same time.
 */
export async function settleWriteOffRequests(knex: Knex, now: InstantMs): Promise<number> {
  let changed = 0;
  for (let batch = -1; batch !== 0; changed += batch) {
    const customers = await concerned(knex, now);
    batch = customers.length === 0 ? 0 : await knex.transaction((trx) => settleOf(trx, customers, now));
  }
  return changed;
}

/** The next instant at which the time for an answer is over, if that is after one and not after another. */
export const nextWriteOffDeadlineSql = `SELECT min(due_at) FROM approvals WHERE kind = 'write-off' AND state = 'pending' AND due_at > :now AND due_at <= :limit`;

/** A request that was withdrawn by itself, and the newest of its invoice: an older one is not asked about again beside it. */
const openAgainSql = `a.state = 'withdrawn' AND a.answered_by IS NULL AND i.open_minor > 0
  AND NOT EXISTS (SELECT FROM approvals newer WHERE newer.invoice_id = a.invoice_id AND newer.kind = 'write-off' AND newer.id > a.id)`;
const concernedSql = `a.kind = 'write-off' AND a.state IN ('pending', 'withdrawn') AND a.timeout_days IS NOT NULL AND ((a.state = 'pending' AND (a.due_at <= :at OR i.open_minor <= 0)) OR (${openAgainSql}))`;

async function concerned(knex: Knex, now: InstantMs): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { customer_id: number }[] }>(
    `SELECT DISTINCT a.customer_id FROM approvals a JOIN invoices i ON i.id = a.invoice_id WHERE ${concernedSql} LIMIT :atOnceMax`, { at: new Date(now), atOnceMax });
  return rows.map(({ customer_id }) => customer_id);
}

async function settleOf(trx: Knex.Transaction, customers: readonly number[], now: InstantMs): Promise<number> {
  await lockCustomersOf(trx, customers);
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT a.id, a.customer_id, i.external_id AS invoice, c.time_zone, a.state, a.role, a.timeout_days, a.due_at, i.open_minor
     FROM approvals a JOIN invoices i ON i.id = a.invoice_id JOIN customers c ON c.id = a.customer_id
     WHERE a.customer_id = ANY (:customers) AND ${concernedSql} ORDER BY a.id FOR UPDATE OF a`, { at: new Date(now), customers: [...customers] });
  const changes = rows.flatMap((row) => {
    const change = writeOffRequestAfter({ state: row.state, role: row.role, dueAt: row.due_at.getTime(), openMinor: row.open_minor }, now);
    return change ? [{ row, ...columnsOf(change, row, now) }] : [];
  });
  if (changes.length === 0) return 0;
  const fields = ['state', 'role', 'due_at', 'escalated_at', 'outcome'] as const;
  await trx.raw(
    `UPDATE approvals a SET state = n.state, role = n.role, due_at = n.due_at, escalated_at = n.escalated_at, outcome = n.outcome FROM jsonb_populate_recordset(NULL::approvals, ?) n WHERE a.id = n.id`,
    [JSON.stringify(changes.map(({ row, after }) => ({ id: row.id, ...after })))]);
  await appendAudit(trx, changes.map(({ row, action, after }) => ({
    actor: systemActor, action, subjectType: 'invoice' as const, subjectId: row.invoice, before: { approval: row.id, state: row.state, role: row.role }, after: Object.fromEntries(fields.map((field) => [field, after[field]])),
  })));
  return changes.length;
}

interface Columns {
  state: string;
  role: string;
  due_at: Date | null;
  escalated_at: Date | null;
  outcome: string | null;
}

function columnsOf(change: WriteOffRequestChange, { role, due_at, timeout_days, time_zone }: Row, now: InstantMs): { action: string; after: Columns } {
  const dueAt = (): Date => new Date(writeOffDeadline(now, timeout_days, time_zone));
  switch (change.kind) {
    case 'withdraw': return { action: 'approval.withdrawn', after: { state: 'withdrawn', role, due_at, escalated_at: null, outcome: change.reason } };
    case 'ask-again': return { action: 'approval.asked-again', after: { state: 'pending', role: 'credit-manager', due_at: dueAt(), escalated_at: null, outcome: null } };
    case 'escalate': return { action: 'approval.escalated', after: { state: 'pending', role: 'admin', due_at: dueAt(), escalated_at: new Date(now), outcome: null } };
    case 'time-out': return { action: 'approval.timed-out', after: { state: 'timed-out', role, due_at, escalated_at: due_at, outcome: change.reason } };
    default: return assertNever(change);
  }
}
