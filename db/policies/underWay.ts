import type { Knex } from 'knex';
import { resolvedVersionSql } from './resolve';

/** Which invoices a change of policy is about. */
export type MoveScope =
  /** `replacedIds`: of the policy that everybody came under before; of these only invoices that come under the version by what is assigned now. */
  | { kind: 'versions'; versionIds: readonly number[]; replacedIds?: readonly number[] }
  /** Those of an invoice, a customer or a segment's members that come under the version by what is assigned now. */
  | { kind: 'invoice' | 'customer' | 'segment'; id: number }
  /** Those of the customers of one group of an experiment, by what is assigned to them now. */
  | { kind: 'experiment'; runId: number; group: string };

/**
 * Invoices under way that are in the scope and not on the version yet: they are open, and their ladder goes on or is at its end. An invoice that is
 * settled stays where its history is.
 */
function underWaySql(scope: MoveScope): string {
  return `FROM collections k JOIN invoices i ON i.id = k.invoice_id
    WHERE i.open_minor > 0 AND (k.state = 'active' OR k.outcome = 'exhausted') AND k.policy_version_id <> :toVersionId AND ${scopeSql(scope)}`;
}

function scopeSql(scope: MoveScope): string {
  switch (scope.kind) {
    case 'versions': return `(k.policy_version_id = ANY (:versionIds) OR (k.policy_version_id = ANY (:replacedIds) AND ${resolvedVersionSql} = :toVersionId))`;
    case 'invoice':
    case 'customer':
    case 'segment':
    case 'experiment': return `${targetSql(scope)} AND ${resolvedVersionSql} = :toVersionId`;
  }
}

/** Whose invoices an assignment is about. */
function targetSql({ kind }: Exclude<MoveScope, { kind: 'versions' }>): string {
  switch (kind) {
    case 'invoice': return 'i.id = :targetId';
    case 'customer': return 'i.customer_id = :targetId';
    case 'segment': return 'i.customer_id IN (SELECT customer_id FROM segment_members WHERE segment_id = :targetId)';
    case 'experiment': return 'i.customer_id IN (SELECT customer_id FROM campaign_members WHERE run_id = :runId AND experiment_group = :group)';
  }
}

function bindingsOf(scope: MoveScope, toVersionId: number): Record<string, Knex.Value> {
  switch (scope.kind) {
    case 'versions': return { toVersionId, versionIds: [...scope.versionIds], replacedIds: [...scope.replacedIds ?? []] };
    case 'invoice':
    case 'customer':
    case 'segment': return { toVersionId, targetId: scope.id };
    case 'experiment': return { toVersionId, runId: scope.runId, group: scope.group };
  }
}

/** How many invoices are under way on each version. */
export async function countUnderWay(knex: Knex, scope: MoveScope, toVersionId: number): Promise<{ versionId: number; invoices: number }[]> {
  const { rows } = await knex.raw<{ rows: { versionId: number; invoices: number }[] }>(
    `SELECT k.policy_version_id AS "versionId", count(*)::int AS invoices ${underWaySql(scope)} GROUP BY 1 ORDER BY 1`, bindingsOf(scope, toVersionId));
  return rows;
}

/** A move goes on with what it has not moved yet. An invoice that has come back since was brought back by somebody who decided so later, and stays there. */
const notMovedYet = 'AND NOT EXISTS (SELECT FROM policy_moves m WHERE m.migration_id = :migrationId AND m.invoice_id = k.invoice_id)';

/** Invoices that a migration moves, or would, where there is none yet. */
export interface Moving {
  migrationId: number | null;
  scope: MoveScope;
  toVersionId: number;
}

/** The next customers, by id, that have invoices to move. */
export async function customersUnderWay(knex: Knex, { migrationId, scope, toVersionId }: Moving, afterCustomerId: number, limit: number): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { customer_id: number }[] }>(
    `SELECT DISTINCT k.customer_id ${underWaySql(scope)} ${notMovedYet} AND k.customer_id > :after ORDER BY k.customer_id LIMIT :limit`, { ...bindingsOf(scope, toVersionId), migrationId, after: afterCustomerId, limit });
  return rows.map(({ customer_id }) => customer_id);
}

/** The invoices to move of these customers. */
export async function invoicesUnderWay(knex: Knex, { migrationId, scope, toVersionId }: Moving, customerIds: readonly number[]): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { invoice_id: number }[] }>(
    `SELECT k.invoice_id ${underWaySql(scope)} ${notMovedYet} AND k.customer_id = ANY (:customerIds)`, { ...bindingsOf(scope, toVersionId), migrationId, customerIds: [...customerIds] });
  return rows.map(({ invoice_id }) => invoice_id);
}

/** Every version of a policy, by the policy's name. */
export async function versionIdsOf(knex: Knex, policy: string): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { id: number }[] }>('SELECT id FROM policy_versions WHERE policy = ? ORDER BY id', [policy]);
  return rows.map(({ id }) => id);
}

/** The versions to which a change of assignment would bring invoices of its target. */
export async function targetVersions(knex: Knex, target: Exclude<MoveScope, { kind: 'versions' }>): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { version_id: number | null }[] }>(
    `SELECT DISTINCT ${resolvedVersionSql} AS version_id FROM collections k JOIN invoices i ON i.id = k.invoice_id WHERE ${targetSql(target)} AND i.open_minor > 0 ORDER BY 1`, bindingsOf(target, 0));
  return rows.flatMap(({ version_id }) => (version_id === null ? [] : [version_id]));
}
