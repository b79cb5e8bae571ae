import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import type { Actor } from '../audit/actor';
import { assignCustomers } from '../policies/assignCustomers';
import { requestMigration } from '../policies/migrations';
import type { MoveScope } from '../policies/underWay';
import type { RunRow } from './runs';

/**
 * SQL that leaves out of an experiment on policies whom a person has given a policy of its own, and whoever is still in another such experiment: each of the two would spoil the other's result.
 * Its customer is `c`, its run `:run`.
 */
export const freeForPolicies = `
  AND NOT EXISTS (SELECT FROM policy_assignments a WHERE a.customer_id = c.id)
  AND NOT EXISTS (SELECT FROM campaign_members m JOIN campaign_runs o ON o.id = m.run_id JOIN campaigns k ON k.id = o.campaign_id
    WHERE m.customer_id = c.id AND m.run_id <> :run AND k.parsed -> 'experiment' -> 'policies' IS NOT NULL
      AND k.experiment_ended_at IS NULL AND m.joined_at + (k.parsed -> 'experiment' ->> 'horizonDays')::integer * interval '1 day' > :now::timestamptz)`;

/** Experiments assign policies as themselves, so that what they assigned is known when they end. */
export function experimentActor(key: string): Actor {
  return { kind: 'system', id: `campaign:${key}`, name: `Experiment ${key}` };
}

export interface Drawn {
  customerId: number;
  group: string;
}

/** Puts the customers who have just been drawn under their group's policy: from here on it collects what they are billed, and what is under way is moved by a migration of the group. */
export async function startVariants(trx: Knex.Transaction, run: RunRow, drawn: readonly Drawn[], now: InstantMs): Promise<void> {
  const policies = run.campaign.experiment?.policies ?? {};
  const actor = experimentActor(run.key);
  for (const [group, policy] of Object.entries(policies)) {
    const customers = drawn.filter((each) => each.group === group).map(({ customerId }) => ({ customerId, policy }));
    const reason = `Experiment ${run.key}, run ${run.run}: drawn for ${group}`;
    if ((await assignCustomers(trx, actor, customers, reason, new Date(now))).length === 0) continue;
    const { rows: [version] } = await trx.raw<{ rows: { id: number }[] }>('SELECT id FROM policy_versions WHERE policy = ? AND in_force', [policy]);
    const scope = { kind: 'experiment' as const, runId: run.id, group };
    if (version && !(await comesBy(trx, scope, version.id))) await requestMigration(trx, actor, { toVersionId: version.id, scope, rules: defaultMoveRules, reason, now });
  }
}

/** Whether a migration of the group will still come by its first customer, and so by whoever is drawn now: it is held until they are, so that its last page cannot have looked before. */
async function comesBy(trx: Knex.Transaction, scope: MoveScope, toVersionId: number): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { after_customer_id: number }[] }>(
    `SELECT after_customer_id FROM policy_migrations WHERE to_version_id = ? AND scope = ?::jsonb AND state IN ('running', 'paused') ORDER BY id FOR UPDATE`, [toVersionId, JSON.stringify(scope)]);
  return rows.some(({ after_customer_id }) => after_customer_id === 0);
}
