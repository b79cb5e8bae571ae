import type { Knex } from 'knex';
import type { ContactRules } from '../../domain/policy/types';
import { loadPolicyVersions } from '../policies';

/** The contact rules of the policies by which customers' open invoices are collected, also where a ladder is at its end: who writes to a customer beside them keeps to all of them. */
export async function contactRulesOf(trx: Knex, customerIds: readonly number[]): Promise<Map<number, ContactRules[]>> {
  const { rows } = await trx.raw<{ rows: { customer_id: number; policy_version_id: number }[] }>(
    `SELECT DISTINCT c.customer_id, c.policy_version_id FROM collections c JOIN invoices i ON i.id = c.invoice_id WHERE c.customer_id = ANY(?) AND i.open_minor > 0`,
    [[...customerIds]],
  );
  const policies = await loadPolicyVersions(trx, rows.map(({ policy_version_id }) => policy_version_id));
  const rules = new Map<number, ContactRules[]>();
  for (const { customer_id, policy_version_id } of rows) {
    const policy = policies.get(policy_version_id);
    if (policy) rules.set(customer_id, [...(rules.get(customer_id) ?? []), policy.contact]);
  }
  return rules;
}
