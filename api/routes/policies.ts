import type { Knex } from 'knex';
import { parsePolicy, type PolicyError } from '../../domain/policy/parsePolicy';
import { describePolicy, describeStep } from '../../domain/policy/describePolicy';
import { policyJsonSchema } from '../../domain/policy/schema';
import type { Policy } from '../../domain/policy/types';
import { activePolicyVersion, loadPolicyVersions, PolicyConflictError, publishPolicy, versionInPlace } from '../../db/policies';
import { versionIdsOf } from '../../db/policies/underWay';
import { policyChecks } from '../../db/policies/policyChecks';
import { findPolicyVersionRow, listPolicyVersionRows } from '../../db/readmodels/policies';
import { readPolicyResults } from '../../db/readmodels/policyResults';
import { diffPolicies } from '../../domain/policy/diffPolicies';
import type { Actor } from '../../db/audit';
import type { policyContracts } from '../contracts/policies';
import type { UnderWayChoice } from '../contracts/policyMigrations';
import type { Handlers } from '../http/call';
import { conflict, impossible, notFound, ProblemError, type FieldProblem } from '../http/problem';
import { paged } from './paging';
import { moveUnderWay } from './policyMigrations';
import { simulateLedger } from './simulation';

export const policyHandlers: Handlers<typeof policyContracts> = {
  listPolicies: ({ db, query }) => paged(query, '-id', 1, (page) => listPolicyVersionRows(db, query, page)),
  getPolicyResults: ({ db, query }) => readPolicyResults(db, { policy: query.policy ?? null, weeks: query.weeks }),
  getPolicySchema: async () => policyJsonSchema() as Record<string, unknown>,
  getActivePolicy: async ({ db }) => {
    const active = await activePolicyVersion(db);
    if (!active) throw new ProblemError(404, 'not-found', 'No policy has been published yet: POST /policies publishes one.');
    return policyDetail(db, active.id);
  },
  getPolicy: async ({ db, params }) => policyDetail(db, params.id),
  checkPolicy: {
    outside: true,
    handle: async ({ body, deps }) => {
      const parsed = await parseSource(body.source, deps.knex);
      if (!parsed.ok) return { valid: false, errors: policyProblems(parsed.errors), policy: null, version: null, title: null, steps: [], baseVersionId: null, differences: [] };
      const { policy } = parsed;
      const base = await versionInPlace(deps.knex, policy.policy);
      return {
        valid: true, errors: [], policy: policy.policy, version: policy.version, title: policy.title, steps: policySteps(policy),
        baseVersionId: base?.id ?? null, differences: base ? diffPolicies(base.policy, policy) : [],
      };
    },
  },
  publishPolicy: async ({ trx, body, actor }) => {
    const { source, ...choice } = body;
    try {
      return await putInForce(trx, actor, { policy: await acceptedPolicy(source, trx), source, ...choice });
    } catch (error) {
      if (error instanceof PolicyConflictError) throw conflict(error.message);
      throw error;
    }
  },
  activatePolicy: async ({ trx, params, body, actor }) => {
    const row = await findPolicyVersionRow(trx, params.id);
    const policy = row && (await loadPolicyVersions(trx, [params.id])).get(params.id);
    if (!row || !policy) throw notFound('policy version', params.id);
    return putInForce(trx, actor, { policy, source: row.source, inForce: true, ...body });
  },
  simulatePolicy: {
    outside: true,
    handle: async ({ body, deps }) => simulateLedger(deps.knex, { days: body.days, draft: body.source === undefined ? null : await acceptedPolicy(body.source, deps.knex), decisionsMax: body.decisionsMax }),
  },
};

interface PuttingInForce {
  policy: Policy;
  source: string;
  activate: boolean;
  inForce?: boolean | undefined;
  underWay: UnderWayChoice;
}

/** Puts a version in force, new or published before, and asks for the move of the invoices under way that was chosen. */
async function putInForce(trx: Knex.Transaction, actor: Actor, { underWay, ...publishing }: PuttingInForce) {
  const { id, replaced } = await publishPolicy(trx, { ...publishing, actor });
  const versionIds = (await versionIdsOf(trx, publishing.policy.policy)).filter((each) => each !== id);
  const replacedIds = replaced === null ? [] : await versionIdsOf(trx, replaced);
  return { ...(await policyDetail(trx, id)), migration: await moveUnderWay(trx, actor, underWay, { kind: 'versions', versionIds, replacedIds }, id) };
}

/** Reads a policy, and checks what it names against what there is: its emails' templates, and the policies that its steps start. */
export async function parseSource(source: string, db: Knex) {
  return parsePolicy(source, source.trimStart().startsWith('{') ? 'json' : 'yaml', await policyChecks(db));
}

export async function acceptedPolicy(source: string, db: Knex): Promise<Policy> {
  const parsed = await parseSource(source, db);
  if (!parsed.ok) throw impossible(`The policy has ${parsed.errors.length} ${parsed.errors.length === 1 ? 'fault' : 'faults'}, listed in "errors".`, policyProblems(parsed.errors));
  return parsed.policy;
}

export function policyProblems(errors: readonly PolicyError[]): FieldProblem[] {
  return errors.map(({ path, message, allowed, line, column }) => ({
    path, message: `${line === undefined ? '' : `line ${line}, column ${column}: `}${message}${allowed === undefined || message.includes(allowed) ? '' : ` (allowed: ${allowed})`}`,
  }));
}

export async function policyDetail(db: Knex, id: number) {
  const row = await findPolicyVersionRow(db, id);
  const policy = row && (await loadPolicyVersions(db, [id])).get(id);
  if (!row || !policy) throw notFound('policy version', id);
  const described = describePolicy(policy);
  return { ...row, document: { ...policy }, steps: policySteps(policy), calendar: described.calendar, contact: described.contact };
}

export function policySteps(policy: Policy) {
  return policy.steps.map((step, level) => {
    const { timing, condition, catchUp, actions } = describeStep(step);
    return {
      id: step.id, title: step.title, level, when: timing, anchor: step.anchor, offset: step.offset, atMinute: step.atMinute, condition, catchUp, exemptFromSpacing: step.exemptFromSpacing,
      actions: step.actions.map(({ kind }, position) => ({ kind, summary: actions[position] ?? kind })),
    };
  });
}
