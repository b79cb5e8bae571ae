import type { Knex } from 'knex';
import type { PolicyChecks } from '../../domain/policy/checkPolicy';
import { readNames } from '../readmodels/names';
import { policyTemplateChecks } from '../templates/published';

/** What a policy may name, as it is now: templates that are published, policies of which a version is in force, segments, custom fields, queues, task templates. */
export async function policyChecks(db: Knex): Promise<PolicyChecks> {
  const { policies, segments, customFields, queues, taskTemplates } = await readNames(db);
  return { ...await policyTemplateChecks(db), policies, segments, customFields, queues, taskTemplates };
}
