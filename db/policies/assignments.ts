import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { recordSelectedEvents } from '../events';
import { containing, readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';

/** Whose invoices an assignment is about. */
export type AssignmentTarget = { kind: 'invoice' | 'customer' | 'segment'; id: number };

export interface PolicyAssignment {
  id: number;
  policy: string;
  /** As in 'strict@3': the version of the policy that is in force. */
  version: string | null;
  kind: AssignmentTarget['kind'];
  targetId: number;
  /** The number of the invoice, the name of the customer, the title of the segment. */
  target: string;
  priority: number | null;
  reason: string;
  assignedBy: string;
  assignedAt: Date;
  /** Open invoices under collection of which it decides: nothing stronger is said of them. */
  invoices: number;
}

export interface AssignmentChange {
  id: number;
  kind: AssignmentTarget['kind'];
  target: string;
  policyBefore: string | null;
  policyAfter: string | null;
  reason: string;
  changedBy: string;
  at: Date;
}

/** What was asked makes no sense; the message is for the person. */
export class AssignmentError extends Error {
  override name = 'AssignmentError';
}

const columnOf = { invoice: 'invoice_id', customer: 'customer_id', segment: 'segment_id' } as const;
const kindSql = `CASE WHEN a.invoice_id IS NOT NULL THEN 'invoice' WHEN a.customer_id IS NOT NULL THEN 'customer' ELSE 'segment' END`;
const targetSql = 'coalesce(i.external_id, c.name, g.title)';
const joins = 'LEFT JOIN invoices i ON i.id = a.invoice_id LEFT JOIN customers c ON c.id = a.customer_id LEFT JOIN segments g ON g.id = a.segment_id';
/** Of each open invoice under collection, the assignment that decides; null where none does. The rule of resolvedVersionSql, for all of them at once. */
const governedSql = `in_force AS (SELECT a.* FROM policy_assignments a WHERE EXISTS (SELECT FROM policy_versions v WHERE v.policy = a.policy AND v.in_force)),
  by_segment AS (
    SELECT DISTINCT ON (m.customer_id) m.customer_id, a.id FROM in_force a JOIN segments g ON g.id = a.segment_id AND NOT g.archived JOIN segment_members m ON m.segment_id = g.id ORDER BY m.customer_id, a.priority
  ), governed AS (
    SELECT coalesce(ai.id, ac.id, s.id) AS id, count(*) AS invoices
    FROM collections k JOIN invoices i ON i.id = k.invoice_id LEFT JOIN in_force ai ON ai.invoice_id = k.invoice_id LEFT JOIN in_force ac ON ac.customer_id = k.customer_id LEFT JOIN by_segment s ON s.customer_id = k.customer_id
    WHERE i.open_minor > 0 GROUP BY 1
  )`;
const columns = `a.id, a.policy, v.policy || '@' || v.version AS version, ${kindSql} AS kind, coalesce(a.invoice_id, a.customer_id, a.segment_id) AS "targetId", ${targetSql} AS target, a.priority, a.reason,
  a.assigned_by AS "assignedBy", a.assigned_at AS "assignedAt", coalesce(u.invoices, 0)::int AS invoices`;
const from = `policy_assignments a LEFT JOIN governed u ON u.id = a.id ${joins} LEFT JOIN policy_versions v ON v.policy = a.policy AND v.in_force`;

/** Open invoices under collection that no assignment is about. */
export async function countByDefault(knex: Knex): Promise<number> {
  const { rows } = await knex.raw<{ rows: { invoices: number }[] }>(`WITH ${governedSql} SELECT coalesce(sum(invoices), 0)::int AS invoices FROM governed WHERE id IS NULL`);
  return rows[0]?.invoices ?? 0;
}

export interface AssignmentFilter {
  kind?: AssignmentTarget['kind'] | undefined;
  /** A part of the name of whom or what it is about. */
  search?: string | undefined;
}

/** Assignments in the order in which they decide: invoices, customers, segments by priority. */
export function listAssignments(knex: Knex, { kind, search }: AssignmentFilter, page: PageRequest): Promise<Page<PolicyAssignment>> {
  return readPage<PolicyAssignment>(knex, {
    with: { sql: governedSql, bindings: [] }, columns, from,
    where: new Where().when(kind, `${kindSql} = ?`).when(search && containing(search), `${targetSql} ILIKE ?`),
    sort: [
      { sql: 'CASE WHEN a.invoice_id IS NOT NULL THEN 0 WHEN a.customer_id IS NOT NULL THEN 1 ELSE 2 END', type: 'integer' }, { sql: 'coalesce(a.priority, 0)', type: 'integer' }, { sql: targetSql, type: 'text' }, { sql: 'a.id', type: 'bigint' },
    ], direction: 'asc',
  }, page);
}

export async function findAssignment(knex: Knex, id: number): Promise<PolicyAssignment | null> {
  const { rows } = await knex.raw<{ rows: PolicyAssignment[] }>(`WITH ${governedSql} SELECT ${columns} FROM ${from} WHERE a.id = ?`, [id]);
  return rows[0] ?? null;
}

export async function listAssignmentChanges(knex: Knex, limit: number): Promise<AssignmentChange[]> {
  const { rows } = await knex.raw<{ rows: AssignmentChange[] }>(
    `SELECT a.id, ${kindSql} AS kind, ${targetSql} AS target, a.policy_before AS "policyBefore", a.policy_after AS "policyAfter", a.reason, a.changed_by AS "changedBy", a.at
     FROM policy_assignment_changes a ${joins} ORDER BY a.id DESC LIMIT ?`, [limit]);
  return rows;
}

const tableOf = { invoice: 'invoices', customer: 'customers', segment: 'segments' } as const;

/** Assigns a policy to an invoice, a customer or a segment, in place of what was assigned there. Throws AssignmentError. */
export async function assignPolicy(trx: Knex.Transaction, actor: Actor, { policy, target, priority, reason, at }: { policy: string; target: AssignmentTarget; priority: number | null; reason: string; at: Date }): Promise<PolicyAssignment> {
  await lock(trx);
  const { rows: [inForce] } = await trx.raw<{ rows: unknown[] }>('SELECT FROM policy_versions WHERE policy = ? AND in_force', [policy]);
  if (!inForce) throw new AssignmentError(`No version of a policy "${policy}" is in force: publish one first.`);
  const { rows: [there] } = await trx.raw<{ rows: unknown[] }>(`SELECT FROM ${tableOf[target.kind]} WHERE id = ?`, [target.id]);
  if (!there) throw new AssignmentError(`There is no ${target.kind} ${target.id}.`);
  if ((target.kind === 'segment') !== (priority !== null)) throw new AssignmentError('A segment needs a priority, and only a segment has one.');
  if (priority !== null) {
    const { rows: [taken] } = await trx.raw<{ rows: { title: string }[] }>('SELECT g.title FROM policy_assignments a JOIN segments g ON g.id = a.segment_id WHERE a.priority = ? AND a.segment_id <> ?', [priority, target.id]);
    if (taken) throw new AssignmentError(`Priority ${priority} is that of the segment "${taken.title}": each segment needs its own, so that one decides.`);
  }
  const column = columnOf[target.kind];
  const { rows: [before] } = await trx.raw<{ rows: { policy: string }[] }>(`SELECT policy FROM policy_assignments WHERE ${column} = ?`, [target.id]);
  const { rows: [made] } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO policy_assignments (policy, ${column}, priority, reason, assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (${column}) DO UPDATE SET policy = excluded.policy, priority = excluded.priority, reason = excluded.reason, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at RETURNING id`,
    [policy, target.id, priority, reason, actor.name, at]);
  await noteChange(trx, actor, target, before?.policy ?? null, policy, reason, at);
  const assignment = made ? await findAssignment(trx, made.id) : null;
  if (!assignment) throw new Error('The assignment was not written.');
  return assignment;
}

/** Takes an assignment away: what is weaker decides from now on. Null when there is none. */
export async function removeAssignment(trx: Knex.Transaction, actor: Actor, id: number, reason: string, at: Date): Promise<PolicyAssignment | null> {
  await lock(trx);
  const assignment = await findAssignment(trx, id);
  if (!assignment) return null;
  await trx.raw('DELETE FROM policy_assignments WHERE id = ?', [id]);
  await noteChange(trx, actor, { kind: assignment.kind, id: assignment.targetId }, assignment.policy, null, reason, at);
  return assignment;
}

const peopleOf = {
  invoice: 'SELECT customer_id, id AS invoice_id FROM invoices WHERE id = ?',
  customer: 'SELECT id AS customer_id, NULL::bigint AS invoice_id FROM customers WHERE id = ?',
  segment: 'SELECT customer_id, NULL::bigint AS invoice_id FROM segment_members WHERE segment_id = ?',
} as const;

/** One change at a time: each looks at what the others say. */
async function lock(trx: Knex.Transaction): Promise<void> {
  await trx.raw('LOCK TABLE policy_assignments IN SHARE ROW EXCLUSIVE MODE');
}

async function noteChange(trx: Knex.Transaction, actor: Actor, target: AssignmentTarget, before: string | null, after: string | null, reason: string, at: Date): Promise<void> {
  const { rows: [change] } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO policy_assignment_changes (${columnOf[target.kind]}, policy_before, policy_after, reason, changed_by, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`, [target.id, before, after, reason, actor.name, at]);
  // One for each customer whom it is about, with the reason, so that timelines and automations have it.
  await recordSelectedEvents(trx, `
    SELECT 'policy.assigned' AS kind, ?::text || '/' || w.customer_id AS key, w.customer_id, w.invoice_id, ?::timestamptz AS at, jsonb_build_object('to', ?::text, 'before', ?::text, 'after', ?::text, 'reason', ?::text) AS data
    FROM (${peopleOf[target.kind]}) w`, [String(change?.id), at, target.kind, before, after, reason, target.id]);
  await appendAudit(trx, [{ actor, action: after === null ? 'policy-assignment.removed' : 'policy-assignment.made', subjectType: target.kind, subjectId: String(target.id), before: { policy: before }, after: { policy: after, reason } }]);
}
