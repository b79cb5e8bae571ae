import type { Knex } from 'knex';
import { readPage, Where, type Page, type PageRequest } from './keyset';

export interface PolicyVersionListItem {
  id: number;
  policy: string;
  version: number;
  title: string;
  active: boolean;
  inForce: boolean;
  publishedAt: Date;
  publishedBy: string | null;
  invoices: number;
}
const columns = `v.id, v.policy, v.version, v.document ->> 'title' AS title, v.active, v.in_force AS "inForce", v.published_at AS "publishedAt", v.published_by AS "publishedBy",
  (SELECT count(*) FROM collections k WHERE k.policy_version_id = v.id AND k.state = 'active') AS invoices`;

export interface PolicyVersionFilter {
  /** In the name, the title, or who published it. */
  search?: string;
  inForce?: boolean;
}

/** Published versions, the newest first. */
export function listPolicyVersionRows(db: Knex, { search, inForce }: PolicyVersionFilter, page: PageRequest): Promise<Page<PolicyVersionListItem>> {
  return readPage<PolicyVersionListItem>(db, {
    columns, from: 'policy_versions v', where: new Where().when(inForce, 'v.in_force = ?').containing(search, 'v.policy', `v.document ->> 'title'`, 'v.published_by'), sort: [{ sql: 'v.id', type: 'bigint' }], direction: 'desc',
  }, page);
}

/** Of which policies any version is published. */
export async function publishedPolicies(db: Knex): Promise<Set<string>> {
  const { rows } = await db.raw<{ rows: { policy: string }[] }>('SELECT DISTINCT policy FROM policy_versions');
  return new Set(rows.map(({ policy }) => policy));
}

export async function findPolicyVersionRow(db: Knex, id: number): Promise<(PolicyVersionListItem & { source: string }) | null> {
  const { rows } = await db.raw<{ rows: (PolicyVersionListItem & { source: string })[] }>(`SELECT ${columns}, v.source FROM policy_versions v WHERE v.id = ?`, [id]);
  return rows[0] ?? null;
}
