import type { Knex } from 'knex';
import type { PoliciesByName } from '../../domain/policy/byName';
import type { Policy } from '../../domain/policy/types';

export interface PolicyVersion {
  id: number;
  policy: Policy;
}

export interface PolicyVersionRow {
  id: number;
  policy: string;
  version: number;
  title: string;
  active: boolean;
  publishedAt: Date;
  publishedBy: string | null;
  /** As written, comments included. */
  source: string;
}

/*
 * A published version never changes, so it is read once per process and database, and is the same object ever after: compiled
 * conditions and calendars hang on that identity. Transactions share the configuration object of the pool that they belong to.
 */
const known = new WeakMap<object, Map<number, Policy>>();

function remembered(knex: Knex): Map<number, Policy> {
  const database: object = knex.client.config;
  let versions = known.get(database);
  if (!versions) known.set(database, (versions = new Map()));
  return versions;
}

/** The policies of these version ids. Throws for an id that does not exist. */
export async function loadPolicyVersions(knex: Knex, ids: readonly number[]): Promise<Map<number, Policy>> {
  const versions = remembered(knex);
  const missing = [...new Set(ids)].filter((id) => !versions.has(id));
  if (missing.length > 0) {
    const { rows } = await knex.raw<{ rows: { id: number; document: Policy }[] }>('SELECT id, document FROM policy_versions WHERE id = ANY (?)', [missing]);
    for (const row of rows) if (!versions.has(row.id)) versions.set(row.id, row.document);
  }
  return new Map(ids.map((id) => {
    const policy = versions.get(id);
    if (!policy) throw new Error(`There is no policy version with the id ${id}.`);
    return [id, policy];
  }));
}

/** The version under which new invoices are collected; null before the first is published. */
export async function activePolicyVersion(knex: Knex): Promise<PolicyVersion | null> {
  return only(knex, 'SELECT id FROM policy_versions WHERE active', []);
}

/** A version by its name, as in ('reference', 1). */
export async function findPolicyVersion(knex: Knex, policy: string, version: number): Promise<PolicyVersion | null> {
  return only(knex, 'SELECT id FROM policy_versions WHERE policy = ? AND version = ?', [policy, version]);
}

/** The versions in force of the policies of these names, of all policies unless given; a name of which none is in force is left out. */
export async function policiesInForce(knex: Knex, names: readonly string[] | null = null): Promise<Map<string, PolicyVersion>> {
  const { rows } = await knex.raw<{ rows: { id: number; policy: string }[] }>('SELECT id, policy FROM policy_versions WHERE in_force AND (:names::text[] IS NULL OR policy = ANY (:names::text[])) ORDER BY policy', { names: names && [...names] });
  const versions = await loadPolicyVersions(knex, rows.map(({ id }) => id));
  return new Map(rows.map(({ id, policy }) => [policy, { id, policy: versions.get(id)! }]));
}

/** The same, as simulations take them. */
export async function startablePolicies(knex: Knex): Promise<PoliciesByName> {
  return new Map([...await policiesInForce(knex)].map(([name, { policy }]) => [name, policy]));
}

/** What a new version of a policy takes the place of: the version of it that is in force, or else what everybody comes under. */
export async function versionInPlace(knex: Knex, policy: string): Promise<PolicyVersion | null> {
  return only(knex, 'SELECT id FROM policy_versions WHERE (policy = ? AND in_force) OR active ORDER BY (policy = ? AND in_force) DESC LIMIT 1', [policy, policy]);
}

async function only(knex: Knex, sql: string, bindings: readonly (string | number)[]): Promise<PolicyVersion | null> {
  const { rows: [row] } = await knex.raw<{ rows: { id: number }[] }>(sql, bindings);
  if (!row) return null;
  const policy = (await loadPolicyVersions(knex, [row.id])).get(row.id);
  return policy ? { id: row.id, policy } : null;
}

/** Every version, newest first. */
export async function listPolicyVersions(knex: Knex): Promise<PolicyVersionRow[]> {
  const { rows } = await knex.raw<{ rows: PolicyVersionRow[] }>(
    `SELECT id, policy, version, document ->> 'title' AS title, active, published_at AS "publishedAt", published_by AS "publishedBy", source
     FROM policy_versions ORDER BY id DESC`,
  );
  return rows;
}

/** The number that the next version of a policy takes; 1 for a policy that has none. */
export async function nextVersionOf(knex: Knex, policy: string): Promise<number> {
  const { rows } = await knex.raw<{ rows: { next: number }[] }>('SELECT coalesce(max(version), 0) + 1 AS next FROM policy_versions WHERE policy = ?', [policy]);
  return rows[0]?.next ?? 1;
}
