import type { Knex } from 'knex';
import type { Policy } from '../../domain/policy/types';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { canonicalJson } from '../audit/chain';

/** A published version never changes: whoever wants another content needs another version. */
export class PolicyConflictError extends Error {
  override name = 'PolicyConflictError';

  constructor(policy: Policy) {
    super(`${policy.policy}@${policy.version} is published already, with another content. A published version never changes; give this one version ${policy.version + 1}.`);
  }
}

export interface PublishedPolicy {
  id: number;
  /** False when the same content had been published before. */
  published: boolean;
  /** Whether this call made it the version under which new invoices are collected. */
  activated: boolean;
  /** The other policy that everybody came under until this call; null where there was none. */
  replaced: string | null;
}

/**
 * Publishes a policy version and makes it the active one, unless `activate` is false; invoices that are under collection stay on the version they have.
 * `inForce`: invoices that are assigned to the policy come under this version from now on; as `activate` unless given.
 * Publishing the same content again has no effect. Throws PolicyConflictError for a version that exists with another content.
 *
 *     await knex.transaction((trx) => publishPolicy(trx, { policy, source, actor }));
 */
export async function publishPolicy(trx: Knex.Transaction, { policy, source, actor, activate = true, inForce = activate }: { policy: Policy; source: string; actor: Actor; activate?: boolean; inForce?: boolean }): Promise<PublishedPolicy> {
  // Publishers take turns, and readers are not held up: exactly one version is active at any time.
  await trx.raw('LOCK TABLE policy_versions IN SHARE ROW EXCLUSIVE MODE');
  const inserted = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO policy_versions (policy, version, document, source, published_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (policy, version) DO NOTHING RETURNING id`,
    [policy.policy, policy.version, JSON.stringify(policy), source, actor.name],
  );
  const published = inserted.rows.length > 0;
  const { rows: [version] } = await trx.raw<{ rows: { id: number; document: Policy; active: boolean; in_force: boolean }[] }>(
    'SELECT id, document, active, in_force FROM policy_versions WHERE policy = ? AND version = ?',
    [policy.policy, policy.version],
  );
  if (!version) throw new Error(`${policy.policy}@${policy.version} vanished while it was being published.`);
  if (canonicalJson(version.document) !== canonicalJson(policy)) throw new PolicyConflictError(policy);

  const { rows: [before] } = await trx.raw<{ rows: { policy: string; name: string }[] }>(`SELECT policy, policy || '@' || version AS name FROM policy_versions WHERE active`);
  const activated = activate && !version.active;
  if (activated) {
    await trx.raw('UPDATE policy_versions SET active = false WHERE active');
    await trx.raw('UPDATE policy_versions SET active = true WHERE id = ?', [version.id]);
  }
  const forced = inForce && !version.in_force;
  if (forced) {
    await trx.raw('UPDATE policy_versions SET in_force = false WHERE policy = ? AND in_force', [policy.policy]);
    await trx.raw('UPDATE policy_versions SET in_force = true WHERE id = ?', [version.id]);
  }
  const subject = { subjectType: 'policy', subjectId: `${policy.policy}@${policy.version}` };
  await appendAudit(trx, [
    ...(published ? [{ actor, action: 'policy.published', ...subject, after: policy }] : []),
    ...(activated ? [{ actor, action: 'policy.activated', ...subject, before: { active: before?.name ?? null }, after: { active: subject.subjectId } }] : []),
    ...(forced && !activated ? [{ actor, action: 'policy.in-force', ...subject }] : []),
  ]);
  return { id: version.id, published, activated, replaced: activated && before && before.policy !== policy.policy ? before.policy : null };
}
