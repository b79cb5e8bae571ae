import type { Knex } from 'knex';

/** Who decides which policy an invoice is collected under, from the strongest: what is said of the invoice, of its customer, of a segment, of everybody. */
export const precedence = ['invoice', 'customer', 'segment', 'default'] as const;
export type AssignedBy = (typeof precedence)[number];

const ofInvoice = 'SELECT v.id FROM policy_assignments a JOIN policy_versions v ON v.policy = a.policy AND v.in_force WHERE a.invoice_id = i.id';
const ofCustomer = 'SELECT v.id FROM policy_assignments a JOIN policy_versions v ON v.policy = a.policy AND v.in_force WHERE a.customer_id = i.customer_id';
const ofSegment = `SELECT v.id FROM policy_assignments a JOIN segments g ON g.id = a.segment_id AND NOT g.archived JOIN segment_members m ON m.segment_id = g.id
  JOIN policy_versions v ON v.policy = a.policy AND v.in_force WHERE m.customer_id = i.customer_id ORDER BY a.priority LIMIT 1`;
const ofAll = 'SELECT v.id FROM policy_versions v WHERE v.active';

/** The version that an invoice `i` comes under, as SQL; null where none is published. */
export const resolvedVersionSql = `coalesce((${ofInvoice}), (${ofCustomer}), (${ofSegment}), (${ofAll}))`;
const assignedBySql = `CASE WHEN EXISTS (${ofInvoice}) THEN 'invoice' WHEN EXISTS (${ofCustomer}) THEN 'customer' WHEN EXISTS (${ofSegment}) THEN 'segment' ELSE 'default' END`;

const ofVersion = 'EXISTS (SELECT FROM policy_versions v WHERE v.policy = a.policy AND v.in_force)';
/** The assignment that decides of an invoice `i`; null where none does. */
const decidingSql = `coalesce((SELECT a.id FROM policy_assignments a WHERE a.invoice_id = i.id AND ${ofVersion}), (SELECT a.id FROM policy_assignments a WHERE a.customer_id = i.customer_id AND ${ofVersion}),
  (SELECT a.id FROM policy_assignments a JOIN segments g ON g.id = a.segment_id AND NOT g.archived JOIN segment_members m ON m.segment_id = g.id WHERE m.customer_id = i.customer_id AND ${ofVersion} ORDER BY a.priority LIMIT 1))`;

/** The version that each of these invoices comes under; one for whom nothing is published is left out. */
export async function resolvePolicies(knex: Knex, invoiceIds: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await knex.raw<{ rows: { id: number; version_id: number | null }[] }>(`SELECT i.id, ${resolvedVersionSql} AS version_id FROM invoices i WHERE i.id = ANY (?)`, [[...invoiceIds]]);
  return new Map(rows.flatMap(({ id, version_id }) => (version_id === null ? [] : [[id, version_id] as const])));
}

/** What an invoice comes under, who says so, and what it is on now. Null when there is no such invoice. */
export async function explainPolicy(knex: Knex, invoiceId: number): Promise<{ version: string | null; assignedBy: AssignedBy; current: string | null; assignment: { target: string; reason: string; priority: number | null } | null } | null> {
  const { rows } = await knex.raw<{ rows: { version: string | null; assignedBy: AssignedBy; current: string | null; assignment: { target: string; reason: string; priority: number | null } | null }[] }>(
    `SELECT v.policy || '@' || v.version AS version, ${assignedBySql} AS "assignedBy", c.policy || '@' || c.version AS current,
       (SELECT json_build_object('target', coalesce(n.external_id, p.name, g.title), 'reason', a.reason, 'priority', a.priority)
        FROM policy_assignments a LEFT JOIN invoices n ON n.id = a.invoice_id LEFT JOIN customers p ON p.id = a.customer_id LEFT JOIN segments g ON g.id = a.segment_id WHERE a.id = ${decidingSql}) AS assignment
     FROM invoices i LEFT JOIN policy_versions v ON v.id = ${resolvedVersionSql} LEFT JOIN collections k ON k.invoice_id = i.id LEFT JOIN policy_versions c ON c.id = k.policy_version_id WHERE i.id = ?`, [invoiceId]);
  return rows[0] ?? null;
}
