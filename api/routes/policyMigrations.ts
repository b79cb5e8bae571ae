import type { Knex } from 'knex';
import { controlMigration, findMigration, listMigrations, MigrationError, reportMigration, requestMigration, type PolicyMigration } from '../../db/policies/migrations';
import { loadPolicyVersions } from '../../db/policies';
import { countUnderWay, type MoveScope } from '../../db/policies/underWay';
import type { Actor } from '../../db/audit';
import { mappingProblems, type MoveRules } from '../../domain/migration/moveRules';
import type { policyMigrationContracts, UnderWayChoice } from '../contracts/policyMigrations';
import type { Call, Handlers } from '../http/call';
import { conflict, impossible, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

export const policyMigrationHandlers: Handlers<typeof policyMigrationContracts> = {
  listPolicyMigrations: async ({ db, query }) => {
    const { items, next } = await paged(query, '-id', 1, (page) => listMigrations(db, query, page));
    return { items: items.map(shown), next };
  },
  getPolicyMigration: async ({ db, params }) => {
    const migration = await findMigration(db, params.id);
    if (!migration) throw notFound('policy migration', params.id);
    return { ...shown(migration), ...(await reportMigration(db, params.id)) };
  },
  pausePolicyMigration: async (call) => control(call, 'pause'),
  resumePolicyMigration: async (call) => control(call, 'resume'),
  stopPolicyMigration: async (call) => control(call, 'stop'),
};

async function control({ trx, actor, params }: Pick<Call, 'trx' | 'actor'> & { params: { id: number } }, kind: Parameters<typeof controlMigration>[3]) {
  try {
    const migration = await controlMigration(trx, actor, params.id, kind, (await now(trx)).getTime());
    if (!migration) throw notFound('policy migration', params.id);
    return shown(migration);
  } catch (error) {
    if (error instanceof MigrationError) throw conflict(error.message);
    throw error;
  }
}

export function shown(migration: PolicyMigration) {
  return { ...migration, scope: { ...migration.scope } };
}

/** Asks for the move that was chosen; null when they stay, or when no invoice is under way. Refuses a mapping of steps that are not there. */
export async function moveUnderWay(trx: Knex.Transaction, actor: Actor, choice: UnderWayChoice, scope: MoveScope, toVersionId: number) {
  const rules = rulesOf(choice);
  if (!rules || choice.choice === 'stay') return null;
  await checkMapping(trx, rules, scope, toVersionId);
  const migration = await requestMigration(trx, actor, { toVersionId, scope, rules, reason: choice.reason, now: (await now(trx)).getTime() });
  return migration && shown(migration);
}

export function rulesOf(choice: UnderWayChoice): MoveRules | null {
  switch (choice.choice) {
    case 'stay': return null;
    case 'move': return { mode: 'move', mapping: choice.mapping, missed: choice.missed };
    case 'restart': return { mode: 'restart', mapping: {}, missed: choice.missed };
  }
}

async function checkMapping(trx: Knex.Transaction, rules: MoveRules, scope: MoveScope, toVersionId: number): Promise<void> {
  const onVersions = (await countUnderWay(trx, scope, toVersionId)).map(({ versionId }) => versionId);
  const policies = await loadPolicyVersions(trx, [...onVersions, toVersionId]);
  const next = policies.get(toVersionId);
  if (!next || onVersions.length === 0) return;
  const wrong = mappingProblems(rules, onVersions.flatMap((id) => policies.get(id) ?? []), next);
  if (wrong.length > 0) throw impossible('The mapping names steps that are not there.', wrong.map(({ path, message }) => ({ path: `underWay.${path}`, message })));
}
