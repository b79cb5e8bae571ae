import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { recordSelectedEvents } from '../events';
import { readPage, Where, type Page, type PageRequest, type SortKey } from '../readmodels/keyset';

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
  /** There are more than `invoices`. */
  moreInvoices: boolean;
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
/** In the order in which they decide. */
const kinds = ['invoice', 'customer', 'segment'] as const;
const kindSql = `CASE WHEN a.invoice_id IS NOT NULL THEN 'invoice' WHEN a.customer_id IS NOT NULL THEN 'customer' ELSE 'segment' END`;
const targetSql = 'coalesce(i.external_id, c.name, g.title)';
const joins = 'LEFT JOIN invoices i ON i.id = a.invoice_id LEFT JOIN customers c ON c.id = a.customer_id LEFT JOIN segments g ON g.id = a.segment_id';
const version = 'LEFT JOIN policy_versions v ON v.policy = a.policy AND v.in_force';
/** Each kind by itself, in the order of an index that its target has, so that a page costs a page however many there are. */
const listed: Readonly<Record<AssignmentTarget['kind'], { join: string; target: string; sort: readonly [SortKey, SortKey] }>> = {
  invoice: { join: 'JOIN invoices i ON i.id = a.invoice_id', target: 'i.external_id', sort: [{ sql: 'i.external_id', type: 'text' }, { sql: 'a.id', type: 'bigint' }] },
  customer: { join: 'JOIN customers c ON c.id = a.customer_id', target: 'c.name', sort: [{ sql: 'c.name', type: 'text' }, { sql: 'a.id', type: 'bigint' }] },
  segment: { join: 'JOIN segments g ON g.id = a.segment_id', target: 'g.title', sort: [{ sql: 'a.priority', type: 'integer' }, { sql: 'a.id', type: 'bigint' }] },
};
type Found = Omit<PolicyAssignment, 'invoices' | 'moreInvoices'>;
const columnsOf = (kind: string, target: string): string => `a.id, a.policy, v.policy || '@' || v.version AS version, ${kind} AS kind, coalesce(a.invoice_id, a.customer_id, a.segment_id) AS "targetId", ${target} AS target, a.priority, a.reason,
  a.assigned_by AS "assignedBy", a.assigned_at AS "assignedAt"`;

const inForce = (assignment: string): string => `EXISTS (SELECT FROM policy_versions v WHERE v.policy = ${assignment}.policy AND v.in_force)`;
const open = 'collections k JOIN invoices i ON i.id = k.invoice_id AND i.open_minor > 0';
/** Counting goes so far: of a segment that holds the whole ledger, and of what nothing is assigned to, that there are more is all that anybody needs to know, and costs no pass over them. */
export const countedMax = 10_000;

/** Whether nothing is said of an invoice `k` itself, and of a customer `k`. */
const noneOfInvoice = `NOT EXISTS (SELECT FROM policy_assignments s WHERE s.invoice_id = k.invoice_id AND ${inForce('s')})`;
const noneOfCustomer = `NOT EXISTS (SELECT FROM policy_assignments s WHERE s.customer_id = k.customer_id AND ${inForce('s')})`;
/** Of which segments of a customer `k` anything is said. */
const bySegment = `policy_assignments s JOIN segments g ON g.id = s.segment_id AND NOT g.archived JOIN segment_members n ON n.segment_id = s.segment_id AND n.customer_id = k.customer_id`;

/** The open invoices under collection of which each of some assignments decides: nothing stronger is said of them. The rule of resolvedVersionSql, from the assignment's side; one more than is counted at most. */
const governedBy: Readonly<Record<AssignmentTarget['kind'], string>> = {
  invoice: `SELECT a.id, (SELECT count(*) FROM ${open} WHERE k.invoice_id = a.invoice_id)::int AS invoices FROM policy_assignments a WHERE a.id = ANY (?) AND ${inForce('a')}`,
  customer: `SELECT a.id, (SELECT count(*) FROM (SELECT FROM ${open} WHERE k.customer_id = a.customer_id AND ${noneOfInvoice} LIMIT ${countedMax + 1}) found)::int AS invoices
    FROM policy_assignments a WHERE a.id = ANY (?) AND ${inForce('a')}`,
  segment: `SELECT a.id, (SELECT count(*) FROM (
      SELECT FROM (
        SELECT k.customer_id FROM segment_members k WHERE k.segment_id = a.segment_id AND ${noneOfCustomer} AND NOT EXISTS (SELECT FROM ${bySegment} WHERE s.priority < a.priority AND ${inForce('s')}) OFFSET 0) m
      JOIN (${open}) ON k.customer_id = m.customer_id WHERE ${noneOfInvoice} LIMIT ${countedMax + 1}) found)::int AS invoices
    FROM policy_assignments a JOIN segments t ON t.id = a.segment_id AND NOT t.archived WHERE a.id = ANY (?) AND ${inForce('a')}`,
};

/** The same assignments, each with the open invoices of which it decides. */
async function counted(knex: Knex, rows: readonly Found[]): Promise<PolicyAssignment[]> {
  const invoices = new Map<number, number>();
  for (const kind of kinds) {
    const ids = rows.filter((row) => row.kind === kind).map(({ id }) => id);
    if (ids.length === 0) continue;
    const { rows: counts } = await knex.raw<{ rows: { id: number; invoices: number }[] }>(governedBy[kind], [ids]);
    for (const count of counts) invoices.set(count.id, count.invoices);
  }
  return rows.map((row) => {
    const { invoices: count, more } = atMost(invoices.get(row.id) ?? 0);
    return { ...row, invoices: count, moreInvoices: more };
  });
}

/** Open invoices under collection that no assignment is about; more than are counted: `countedMax`, and that there are more. */
export async function countByDefault(knex: Knex): Promise<Counted> {
  const { rows } = await knex.raw<{ rows: { invoices: number }[] }>(
    `SELECT count(*)::int AS invoices FROM (SELECT FROM ${open} WHERE ${noneOfInvoice} AND ${noneOfCustomer} AND NOT EXISTS (SELECT FROM ${bySegment} WHERE ${inForce('s')}) LIMIT ${countedMax + 1}) found`);
  return atMost(rows[0]?.invoices ?? 0);
}

interface Counted {
  invoices: number;
  /** There are more than `invoices`. */
  more: boolean;
}

function atMost(invoices: number): Counted {
  return { invoices: Math.min(invoices, countedMax), more: invoices > countedMax };
}

export interface AssignmentFilter {
  kind?: AssignmentTarget['kind'] | undefined;
  /** A part of the name of whom or what it is about. */
  search?: string | undefined;
  /** Only those that can decide about a customer's invoices: its own, those of its invoices and of the segments that it is in. */
  customerId?: number | undefined;
}

/** What a page continues after: the kind, and the sort keys of its last row. */
export const assignmentKeys = 3;

/** Assignments in the order in which they decide: invoices, customers, segments by priority. */
export async function listAssignments(knex: Knex, { kind: only, ...filter }: AssignmentFilter, { after, limit }: PageRequest): Promise<Page<PolicyAssignment>> {
  const begun = kinds.findIndex((kind) => kind === after?.[0]);
  const wanted = kinds.slice(Math.max(begun, 0)).filter((kind) => only === undefined || kind === only);
  const rows: Found[] = [];
  let last: string[] | null = null;
  for (const kind of wanted) {
    // One of the next kind is asked for even where the page is full: it says whether there is another page.
    const room = limit - rows.length;
    const page = await readKind(knex, kind, filter, { after: kind === after?.[0] ? after.slice(1) : null, limit: Math.max(room, 1) });
    if (room === 0 && page.rows.length > 0) return { rows: await counted(knex, rows), next: last };
    rows.push(...page.rows);
    if (page.next) return { rows: await counted(knex, rows), next: [kind, ...page.next] };
    const end = page.rows.at(-1);
    if (end) last = [kind, kind === 'segment' ? String(end.priority) : end.target, String(end.id)];
  }
  return { rows: await counted(knex, rows), next: null };
}

/** How each kind is about a customer. */
const aboutCustomer: Readonly<Record<AssignmentTarget['kind'], string>> = {
  invoice: 'i.customer_id = ?', customer: 'a.customer_id = ?', segment: 'NOT g.archived AND EXISTS (SELECT FROM segment_members m WHERE m.segment_id = g.id AND m.customer_id = ?)',
};

function readKind(knex: Knex, kind: AssignmentTarget['kind'], { search, customerId }: Omit<AssignmentFilter, 'kind'>, page: PageRequest): Promise<Page<Found>> {
  const { join, target, sort } = listed[kind];
  return readPage<Found>(knex, {
    columns: columnsOf(`'${kind}'`, target), from: `policy_assignments a ${join} ${version}`, where: new Where().and(`a.${columnOf[kind]} IS NOT NULL`).containing(search, target).when(customerId, aboutCustomer[kind]), sort, direction: 'asc',
  }, page);
}

export async function findAssignment(knex: Knex, id: number): Promise<PolicyAssignment | null> {
  const { rows } = await knex.raw<{ rows: Found[] }>(`SELECT ${columnsOf(kindSql, targetSql)} FROM policy_assignments a ${joins} ${version} WHERE a.id = ?`, [id]);
  return (await counted(knex, rows))[0] ?? null;
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

/** As the audit trail names what something was assigned to. */
const nameOf = {
  invoice: 'SELECT external_id AS name FROM invoices WHERE id = ?',
  customer: 'SELECT external_id AS name FROM customers WHERE id = ?',
  segment: 'SELECT key AS name FROM segments WHERE id = ?',
} as const;

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
  const { rows: [named] } = await trx.raw<{ rows: { name: string }[] }>(nameOf[target.kind], [target.id]);
  await appendAudit(trx, [{ actor, action: after === null ? 'policy-assignment.removed' : 'policy-assignment.made', subjectType: target.kind, subjectId: named?.name ?? String(target.id), before: { policy: before }, after: { policy: after, reason } }]);
}
