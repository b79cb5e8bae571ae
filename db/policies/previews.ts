import type { Knex } from 'knex';
import type { MoveRules } from '../../domain/migration/moveRules';
import type { PolicyComparison } from '../../domain/simulation/comparePolicies';

export interface PreviewRequest {
  source: string;
  /** The policies, by name, whose invoices would be under the draft; empty: those of every policy. */
  policies: readonly string[];
  rules: MoveRules;
  days: number;
}

export type PreviewResult = PolicyComparison & { from: string; to: string; tookMs: number };

export interface PolicyPreview {
  id: string;
  state: 'running' | 'done' | 'failed';
  done: number;
  total: number;
  result: PreviewResult | null;
  problem: string | null;
}

/** A preview that has said nothing for so long was in a process that is gone. */
const silentAfter = '60 seconds';

/** Keeps what is asked, and forgets previews of more than an hour ago. */
export async function createPreview(knex: Knex, id: string, request: PreviewRequest, createdBy: string): Promise<void> {
  await knex.raw(`DELETE FROM policy_previews WHERE created_at < now() - interval '1 hour'`);
  await knex.raw('INSERT INTO policy_previews (id, request, created_by) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING', [id, JSON.stringify(request), createdBy]);
}

export async function findPreview(knex: Knex, id: string): Promise<PolicyPreview | null> {
  const { rows } = await knex.raw<{ rows: PolicyPreview[] }>(
    `SELECT id, done, total, result, CASE WHEN state = 'running' AND updated_at < now() - interval '${silentAfter}' THEN 'failed' ELSE state END AS state,
       CASE WHEN state = 'running' AND updated_at < now() - interval '${silentAfter}' THEN 'The process that worked it out is gone: ask again.' ELSE problem END AS problem
     FROM policy_previews WHERE id = ?`, [id]);
  return rows[0] ?? null;
}

export async function readPreviewRequest(knex: Knex, id: string): Promise<PreviewRequest> {
  const { rows } = await knex.raw<{ rows: { request: PreviewRequest }[] }>('SELECT request FROM policy_previews WHERE id = ?', [id]);
  if (!rows[0]) throw new Error(`There is no preview ${id}.`);
  return rows[0].request;
}

export async function notePreview(knex: Knex, id: string, note: Partial<Pick<PolicyPreview, 'state' | 'done' | 'total' | 'result' | 'problem'>>): Promise<void> {
  const { result, ...others } = note;
  await knex('policy_previews').where({ id }).update({ ...others, ...(result ? { result: JSON.stringify(result) } : {}), updated_at: knex.fn.now() });
}

/** Customers of whom something is collected under these policies, for a preview to say how far it is. */
export async function countCustomersUnder(knex: Knex, policies: readonly string[]): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(
    `SELECT count(DISTINCT k.customer_id)::int AS count FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id
     WHERE i.open_minor > 0 AND (cardinality(:policies::text[]) = 0 OR v.policy = ANY (:policies::text[]))`, { policies: [...policies] });
  return rows[0]?.count ?? 0;
}
