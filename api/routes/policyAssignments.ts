import type { Knex } from 'knex';
import type { Actor } from '../../db/audit';
import { activePolicyVersion } from '../../db/policies';
import { assignmentKeys, assignPolicy, AssignmentError, countByDefault, listAssignmentChanges, listAssignments, removeAssignment, type AssignmentTarget } from '../../db/policies/assignments';
import { explainPolicy, precedence } from '../../db/policies/resolve';
import { targetVersions } from '../../db/policies/underWay';
import type { policyAssignmentContracts } from '../contracts/policyAssignments';
import type { UnderWayChoice } from '../contracts/policyMigrations';
import type { Handlers } from '../http/call';
import { conflict, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';
import { moveUnderWay } from './policyMigrations';

const changesShown = 100;

export const policyAssignmentHandlers: Handlers<typeof policyAssignmentContracts> = {
  listPolicyAssignments: ({ db, query }) => paged(query, 'strength', assignmentKeys, (page) => listAssignments(db, query, page)),
  getPolicyPrecedence: async ({ db }) => {
    const active = await activePolicyVersion(db);
    const byDefault = await countByDefault(db);
    return { precedence: [...precedence], byDefault: active && `${active.policy.policy}@${active.policy.version}`, invoicesByDefault: byDefault.invoices, moreByDefault: byDefault.more, changes: await listAssignmentChanges(db, changesShown) };
  },
  assignPolicy: async ({ trx, actor, body }) => {
    try {
      const assignment = await assignPolicy(trx, actor, { policy: body.policy, target: body.target, priority: body.priority ?? null, reason: body.reason, at: await now(trx) });
      return { assignment, migrations: await moveTarget(trx, actor, body.underWay, body.target) };
    } catch (error) {
      if (error instanceof AssignmentError) throw conflict(error.message);
      throw error;
    }
  },
  removePolicyAssignment: async ({ trx, actor, params, body }) => {
    const assignment = await removeAssignment(trx, actor, params.id, body.reason, await now(trx));
    if (!assignment) throw notFound('policy assignment', params.id);
    return { assignment, migrations: await moveTarget(trx, actor, body.underWay, { kind: assignment.kind, id: assignment.targetId }) };
  },
  explainPolicy: async ({ db, params }) => {
    const explained = await explainPolicy(db, params.id);
    if (!explained) throw notFound('invoice', params.id);
    return explained;
  },
};

/** A segment's members may come under several versions, where something stronger is said of some of them: a move for each. */
async function moveTarget(trx: Knex.Transaction, actor: Actor, choice: UnderWayChoice, target: AssignmentTarget) {
  const migrations = [];
  for (const versionId of await targetVersions(trx, target)) {
    const migration = await moveUnderWay(trx, actor, choice, target, versionId);
    if (migration) migrations.push(migration);
  }
  return migrations;
}
