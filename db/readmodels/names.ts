import type { Knex } from 'knex';
import type { KnownNames } from '../../domain/templates/named';

/** What policies, automations, campaigns and runs of segments may name: templates that are published, policies in force, segments. */
export async function readNames(db: Knex): Promise<KnownNames> {
  const templates = await db('templates').whereNotNull('current_version').orderBy('name').select<KnownNames['templates']>('name', 'kind');
  const policies = await db('policy_versions').where({ in_force: true }).orderBy('policy').pluck<string[]>('policy');
  const segments = await db('segments').where({ archived: false }).orderBy('key').pluck<string[]>('key');
  return { templates, policies, segments };
}
