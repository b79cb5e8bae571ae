import type { Knex } from 'knex';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';

/**
 * Assigns a policy to each of some customers that have none of their own; whoever has one keeps it, since a person chose it. Answers whom it was assigned to. Those who draw customers at
 * random assign thousands, so this is one statement for all of them.
 */
export async function assignCustomers(trx: Knex.Transaction, actor: Actor, customers: readonly { customerId: number; policy: string }[], reason: string, at: Date): Promise<number[]> {
  if (customers.length === 0) return [];
  const rows = JSON.stringify(customers.map(({ customerId, policy }) => ({ customer_id: customerId, policy })));
  const { rows: made } = await trx.raw<{ rows: { customer_id: number; policy: string }[] }>(
    `WITH made AS (
       INSERT INTO policy_assignments (policy, customer_id, reason, assigned_by, assigned_at)
       SELECT t.policy, t.customer_id, :reason, :by, :at FROM jsonb_to_recordset(:rows::jsonb) AS t (customer_id bigint, policy text)
       ON CONFLICT (customer_id) DO NOTHING RETURNING customer_id, policy
     ), noted AS (
       INSERT INTO policy_assignment_changes (customer_id, policy_before, policy_after, reason, changed_by, at) SELECT customer_id, NULL, policy, :reason, :by, :at FROM made
     )
     SELECT customer_id, policy FROM made ORDER BY customer_id`, { rows, reason, by: actor.name, at });
  await appendAudit(trx, made.map(({ customer_id, policy }) => ({ actor, action: 'policy-assignment.made', subjectType: 'customer' as const, subjectId: String(customer_id), before: { policy: null }, after: { policy, reason } })));
  return made.map(({ customer_id }) => customer_id);
}
