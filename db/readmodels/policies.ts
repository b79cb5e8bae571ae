import type { Knex } from 'knex';

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

export async function listPolicyVersionRows(db: Knex): Promise<PolicyVersionListItem[]> {
  const { rows } = await db.raw<{ rows: PolicyVersionListItem[] }>(`SELECT ${columns} FROM policy_versions v ORDER BY v.id DESC`);
  return rows;
}

export async function findPolicyVersionRow(db: Knex, id: number): Promise<(PolicyVersionListItem & { source: string }) | null> {
  const { rows } = await db.raw<{ rows: (PolicyVersionListItem & { source: string })[] }>(`SELECT ${columns}, v.source FROM policy_versions v WHERE v.id = ?`, [id]);
  return rows[0] ?? null;
}
