import type { Knex } from 'knex';
import type { KnownNames } from '../../domain/templates/named';
import { listCustomFields } from './settings';

/** What policies, automations, campaigns and runs of segments may name: templates that are published, policies in force, segments, custom fields, queues, task templates. */
export async function readNames(db: Knex): Promise<KnownNames> {
  const templates = await db('templates').whereNotNull('current_version').orderBy('name').select<KnownNames['templates']>('name', 'kind');
  const policies = await db('policy_versions').where({ in_force: true }).orderBy('policy').pluck<string[]>('policy');
  const segments = await db('segments').where({ archived: false }).orderBy('key').pluck<string[]>('key');
  const taskTemplates = await db('task_templates').where({ active: true }).orderBy('name').pluck<string[]>('name');
  return { templates, policies, segments, taskTemplates, customFields: await readCustomFieldNames(db), queues: await readQueueNames(db) };
}

/** The ledger's custom fields as conditions name them. */
export async function readCustomFieldNames(db: Knex): Promise<KnownNames['customFields']> {
  return (await listCustomFields(db)).map(({ entity, name, type }) => ({ name: `${entity}.custom.${name}`, type }));
}

/** The queues that are set up. */
export async function readQueueNames(db: Knex): Promise<string[]> {
  return db('task_queues').orderBy('name').pluck<string[]>('name');
}
