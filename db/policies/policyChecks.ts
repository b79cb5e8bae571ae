import type { Knex } from 'knex';
import type { PolicyChecks } from '../../domain/policy/checkPolicy';
import { policyTemplateChecks } from '../templates/published';

/** What a policy may name, as it is now: templates that are published, and policies of which a version is in force. */
export async function policyChecks(db: Knex): Promise<PolicyChecks> {
  const { rows } = await db.raw<{ rows: { policy: string }[] }>('SELECT policy FROM policy_versions WHERE in_force ORDER BY policy');
  return { ...await policyTemplateChecks(db), policies: rows.map(({ policy }) => policy) };
}
