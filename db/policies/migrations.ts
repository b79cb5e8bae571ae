import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { MoveRules } from '../../domain/migration/moveRules';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';
import { countUnderWay, type MoveScope } from './underWay';

export type MigrationState = 'running' | 'paused' | 'stopped' | 'done';

/** A batch that moves invoices under way to a policy version, and how far it is. */
export interface PolicyMigration {
  id: number;
  toVersionId: number;
  /** As in 'reference@2'. */
  toVersion: string;
  scope: MoveScope;
  rules: MoveRules;
  reason: string;
  state: MigrationState;
  total: number;
  moved: number;
  passed: number;
  repeated: number;
  dueAtOnce: number;
  problem: string | null;
  createdBy: string;
  createdAt: Date;
  endedAt: Date | null;
}

/** What was asked of a migration makes no sense as it stands; the message is for the person. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

const toVersionSql = `v.policy || '@' || v.version`;
const columns = `m.id, m.to_version_id AS "toVersionId", ${toVersionSql} AS "toVersion", m.scope, m.rules, m.reason, m.state, m.total, m.moved, m.passed, m.repeated,
  m.due_at_once AS "dueAtOnce", m.problem, m.created_by AS "createdBy", m.created_at AS "createdAt", m.ended_at AS "endedAt"`;
const from = 'policy_migrations m JOIN policy_versions v ON v.id = m.to_version_id';

export interface MigrationFilter {
  /** In the version that they go to, the reason, or who began it. */
  search?: string;
  state?: MigrationState;
}

/** Migrations, the newest first. */
export function listMigrations(knex: Knex, { search, state }: MigrationFilter, page: PageRequest): Promise<Page<PolicyMigration>> {
  return readPage<PolicyMigration>(knex, {
    columns, from, where: new Where().when(state, 'm.state = ?').containing(search, toVersionSql, 'm.reason', 'm.created_by'), sort: [{ sql: 'm.id', type: 'bigint' }], direction: 'desc',
  }, page);
}

export async function findMigration(knex: Knex, id: number): Promise<PolicyMigration | null> {
  const { rows } = await knex.raw<{ rows: PolicyMigration[] }>(`SELECT ${columns} FROM ${from} WHERE m.id = ?`, [id]);
  return rows[0] ?? null;
}

/** Asks for a move; the worker starts it once this is committed. Null when no invoice is under way in the scope. */
export async function requestMigration(trx: Knex.Transaction, actor: Actor, { toVersionId, scope, rules, reason, now }: { toVersionId: number; scope: MoveScope; rules: MoveRules; reason: string; now: InstantMs }): Promise<PolicyMigration | null> {
  const total = (await countUnderWay(trx, scope, toVersionId)).reduce((sum, { invoices }) => sum + invoices, 0);
  if (total === 0) return null;
  const { rows: [made] } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO policy_migrations (to_version_id, scope, rules, reason, total, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    [toVersionId, JSON.stringify(scope), JSON.stringify(rules), reason, total, actor.name, new Date(now)],
  );
  const migration = made ? await findMigration(trx, made.id) : null;
  if (!migration) throw new Error('The migration was not written.');
  await appendAudit(trx, [{ actor, action: 'policy-migration.started', subjectType: 'policy-migration', subjectId: String(migration.id), after: { to: migration.toVersion, scope, rules, reason, invoices: total } }]);
  return migration;
}

const allowed: Readonly<Record<'pause' | 'resume' | 'stop', { from: readonly MigrationState[]; to: MigrationState }>> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  stop: { from: ['running', 'paused'], to: 'stopped' },
};

/** Pauses, resumes or stops a move: it takes effect before the next page. Null when there is none. Throws MigrationError. */
export async function controlMigration(trx: Knex.Transaction, actor: Actor, id: number, kind: keyof typeof allowed, now: InstantMs): Promise<PolicyMigration | null> {
  const { rows: [row] } = await trx.raw<{ rows: { state: MigrationState }[] }>('SELECT state FROM policy_migrations WHERE id = ? FOR UPDATE', [id]);
  if (!row) return null;
  const { from: states, to } = allowed[kind];
  if (row.state === to) return findMigration(trx, id);
  if (!states.includes(row.state)) throw new MigrationError(`Migration ${id} is ${row.state}: only one that is ${states.join(' or ')} can be ${to === 'running' ? 'resumed' : to}.`);
  await trx.raw('UPDATE policy_migrations SET state = ?, change_seq = change_seq + 1, ended_at = ? WHERE id = ?', [to, to === 'stopped' ? new Date(now) : null, id]);
  await appendAudit(trx, [{ actor, action: `policy-migration.${kind}`, subjectType: 'policy-migration', subjectId: String(id), before: { state: row.state }, after: { state: to } }]);
  return findMigration(trx, id);
}

/** Migrations whose workflow has not heard of their last change. */
export async function untoldMigrations(knex: Knex, limit: number): Promise<{ id: number; changeSeq: number }[]> {
  const { rows } = await knex.raw<{ rows: { id: number; changeSeq: number }[] }>('SELECT id, change_seq AS "changeSeq" FROM policy_migrations WHERE told_seq < change_seq ORDER BY id LIMIT ?', [limit]);
  return rows;
}

export async function markTold(knex: Knex, id: number, changeSeq: number): Promise<void> {
  await knex.raw('UPDATE policy_migrations SET told_seq = greatest(told_seq, ?) WHERE id = ?', [changeSeq, id]);
}

/** What a migration did so far, by step, and from which versions the invoices came. */
export async function reportMigration(knex: Knex, id: number): Promise<{ steps: { step: string; passed: number; repeated: number }[]; versions: { version: string; invoices: number }[] }> {
  const steps = await knex.raw<{ rows: { step: string; passed: number; repeated: number }[] }>(
    `SELECT step, (count(*) FILTER (WHERE kind = 'passed'))::int AS passed, (count(*) FILTER (WHERE kind = 'repeated'))::int AS repeated FROM (
       SELECT unnest(passed) AS step, 'passed' AS kind FROM policy_moves WHERE migration_id = :id
       UNION ALL SELECT unnest(repeated), 'repeated' FROM policy_moves WHERE migration_id = :id) each GROUP BY step ORDER BY step`, { id });
  const versions = await knex.raw<{ rows: { version: string; invoices: number }[] }>(
    `SELECT v.policy || '@' || v.version AS version, count(*)::int AS invoices FROM policy_moves m JOIN policy_versions v ON v.id = m.from_version_id WHERE m.migration_id = ? GROUP BY v.id ORDER BY v.id`, [id]);
  return { steps: steps.rows, versions: versions.rows };
}
