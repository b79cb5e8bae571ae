import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { recordEvents, type NewEvent } from '../events';

/**
 * Assigns a policy to each of some customers that have none of their own; whoever has one keeps it, since a person chose it. Answers whom it was assigned to. Those who draw customers at
 * random assign thousands, so this is one statement for all of them.
 */
export async function assignCustomers(trx: Knex.Transaction, actor: Actor, customers: readonly { customerId: number; policy: string }[], reason: string, at: Date): Promise<number[]> {
  if (customers.length === 0) return [];
  const rows = JSON.stringify(customers.map(({ customerId, policy }) => ({ customer_id: customerId, policy })));
  const { rows: made } = await trx.raw<{ rows: { customer_id: number; external_id: string; policy: string; change: number }[] }>(
    `WITH made AS (
       INSERT INTO policy_assignments (policy, customer_id, reason, assigned_by, assigned_at)
       SELECT t.policy, t.customer_id, :reason, :by, :at FROM jsonb_to_recordset(:rows::jsonb) AS t (customer_id bigint, policy text)
       ON CONFLICT (customer_id) DO NOTHING RETURNING customer_id, policy
     ), noted AS (
       INSERT INTO policy_assignment_changes (customer_id, policy_before, policy_after, reason, changed_by, at) SELECT customer_id, NULL, policy, :reason, :by, :at FROM made RETURNING id, customer_id
     )
     SELECT made.customer_id, c.external_id, made.policy, noted.id AS change FROM made JOIN noted USING (customer_id) JOIN customers c ON c.id = made.customer_id ORDER BY made.customer_id`, { rows, reason, by: actor.name, at });
  await recordEvents(trx, made.map(({ customer_id, policy, change }) => assigned(change, customer_id, { before: null, after: policy, reason }, at)));
  await appendAudit(trx, made.map(({ external_id, policy }) => ({ actor, action: 'policy-assignment.made', subjectType: 'customer' as const, subjectId: external_id, before: { policy: null }, after: { policy, reason } })));
  return made.map(({ customer_id }) => customer_id);
}

/**
 * Takes away what was assigned to some customers by somebody, where that still stands: what was assigned to them otherwise since is theirs. Answers how many customers there were.
 */
export async function releaseCustomers(trx: Knex.Transaction, actor: Actor, { members, policy, assignedBy }: { members: Knex.QueryBuilder; policy: string; assignedBy: string }, reason: string, at: Date): Promise<number> {
  const released = await trx('policy_assignments').whereIn('customer_id', members).where({ policy, assigned_by: assignedBy }).delete().returning<{ customer_id: number }[]>('customer_id');
  const { rows: changes } = await trx.raw<{ rows: { id: number; customer_id: number }[] }>(
    `INSERT INTO policy_assignment_changes (customer_id, policy_before, policy_after, reason, changed_by, at) SELECT customer_id, ?, NULL, ?, ?, ? FROM unnest(?::bigint[]) AS c (customer_id) RETURNING id, customer_id`,
    [policy, reason, actor.name, at, released.map(({ customer_id }) => customer_id)]);
  await recordEvents(trx, changes.map(({ id, customer_id }) => assigned(id, customer_id, { before: policy, after: null, reason }, at)));
  return released.length;
}

function assigned(change: number, customerId: number, { before, after, reason }: { before: string | null; after: string | null; reason: string }, at: Date): NewEvent {
  return { kind: 'policy.assigned', key: `${change}/${customerId}`, customerId, invoiceId: null, at, data: { to: 'customer', before, after, reason } };
}
