import type { Knex } from 'knex';
import { changeDraft, closeDraft, createDraft, discardDraft, DraftError, findDraft, listDrafts, lockOpenDraft, type PolicyDraft } from '../../db/policies/drafts';
import { loadPolicyVersions, nextVersionOf, PolicyConflictError, publishPolicy } from '../../db/policies';
import { versionIdsOf } from '../../db/policies/underWay';
import { findPreview, listChanged, type PolicyPreview } from '../../db/policies/previews';
import { findPolicyVersionRow, publishedPolicies } from '../../db/readmodels/policies';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import { diffPolicies, type PolicyDifference } from '../../domain/policy/diffPolicies';
import { identityOf, withVersion } from '../../domain/policy/sourceVersion';
import type { Policy } from '../../domain/policy/types';
import type { policyDraftContracts } from '../contracts/policyDrafts';
import type { Handlers } from '../http/call';
import { changedMeanwhile } from '../http/etag';
import { conflict, impossible, notFound } from '../http/problem';
import { paged } from './paging';
import { acceptedPolicy, parseSource, policyDetail, policyProblems, policySteps } from './policies';
import { startPreview } from '../preview/startPreview';
import { warmThreads } from '../preview/threads';
import { moveUnderWay, rulesOf } from './policyMigrations';

export const policyDraftHandlers: Handlers<typeof policyDraftContracts> = {
  listPolicyDrafts: async ({ db, query }) => {
    const { items, next } = await paged(query, '-updatedAt', 2, (page) => listDrafts(db, query, page));
    return { items: items.map(summaryOf), next };
  },
  createPolicyDraft: async ({ trx, body, actor }) => {
    const source = body.source ?? (body.baseVersionId === undefined ? null : await sourceOfNext(trx, body.baseVersionId));
    if (source === null) throw impossible('Say what the draft begins with: baseVersionId, source, or both.', [{ path: 'baseVersionId', message: 'is missing' }]);
    if (body.baseVersionId !== undefined && !(await findPolicyVersionRow(trx, body.baseVersionId))) throw notFound('policy version', body.baseVersionId);
    return checked(trx, await createDraft(trx, actor, { source, baseVersionId: body.baseVersionId ?? null }));
  },
  getPolicyDraft: async ({ db, params }) => {
    // Whoever opens a draft is about to preview it.
    warmThreads();
    return checked(db, found(await findDraft(db, params.id), params.id));
  },
  changePolicyDraft: async ({ trx, params, body, ifMatch, actor }) =>
    checked(trx, found(await refusing(() => changeDraft(trx, actor, params.id, { source: body.source, rowVersion: ifMatch })), params.id)),
  discardPolicyDraft: async ({ trx, params, actor }) => {
    found(await refusing(() => discardDraft(trx, actor, params.id)), params.id);
  },
  publishPolicyDraft: async ({ trx, params, body, actor }) => {
    const draft = found(await refusing(() => lockOpenDraft(trx, params.id, body.rowVersion)), params.id);
    const policy = await acceptedPolicy(draft.source, trx);
    try {
      const { id } = await publishPolicy(trx, { policy, source: draft.source, actor, activate: body.activate, inForce: true });
      await closeDraft(trx, actor, draft.id, id);
      const scope = { kind: 'versions' as const, versionIds: await scopeOf(trx, draft, policy, id) };
      return { version: await policyDetail(trx, id), migration: await moveUnderWay(trx, actor, body.underWay, scope, id) };
    } catch (error) {
      if (error instanceof PolicyConflictError) throw conflict(error.message);
      throw error;
    }
  },
  startPolicyPreview: {
    outside: true,
    handle: async ({ body, deps, actor }) => {
      const policy = await acceptedPolicy(body.source, deps.knex);
      const base = body.baseVersionId === undefined ? null : await version(deps.knex, body.baseVersionId);
      const known = await publishedPolicies(deps.knex);
      const policies = [...new Set([policy.policy, ...(base ? [base.policy] : [])])].filter((name) => known.has(name));
      const rules = rulesOf(body.underWay) ?? defaultMoveRules;
      const id = await startPreview(deps, { source: body.source, policies, rules, days: body.days }, actor.name);
      return preview(await findPreview(deps.knex, id), id);
    },
  },
  getPolicyPreview: async ({ db, params }) => preview(await findPreview(db, params.id), params.id),
  listPolicyPreviewCustomers: async ({ db, params, query }) => {
    preview(await findPreview(db, params.id), params.id);
    return paged(query, '-difference', 2, (page) => listChanged(db, params.id, query, page));
  },
  comparePolicies: async ({ db, params, query }) => ({ items: diffPolicies(await version(db, query.from), await version(db, params.id)) }),
};

/** The versions of the policy that is published, and of the one that the draft was made from, where that has another name. */
async function scopeOf(trx: Knex.Transaction, { baseVersionId }: PolicyDraft, { policy }: Policy, publishedId: number): Promise<number[]> {
  const base = baseVersionId === null ? null : await findPolicyVersionRow(trx, baseVersionId);
  const ids = [...(await versionIdsOf(trx, policy)), ...(base && base.policy !== policy ? await versionIdsOf(trx, base.policy) : [])];
  return ids.filter((id) => id !== publishedId);
}

/** The text of a published version under the next number that its policy has free. */
async function sourceOfNext(trx: Knex.Transaction, versionId: number): Promise<string> {
  const row = await findPolicyVersionRow(trx, versionId);
  if (!row) throw notFound('policy version', versionId);
  return withVersion(row.source, await nextVersionOf(trx, row.policy));
}

async function version(db: Knex, id: number): Promise<Policy> {
  const row = await findPolicyVersionRow(db, id);
  const policy = row && (await loadPolicyVersions(db, [id])).get(id);
  if (!policy) throw notFound('policy version', id);
  return policy;
}

function summaryOf({ source, ...draft }: PolicyDraft) {
  return { ...draft, version: identityOf(source).version };
}

async function checked(db: Knex, draft: PolicyDraft) {
  const parsed = await parseSource(draft.source, db);
  const base = draft.baseVersionId === null ? null : await version(db, draft.baseVersionId);
  const differences: PolicyDifference[] = parsed.ok && base ? diffPolicies(base, parsed.policy) : [];
  const place = (index: number) => (parsed.ok ? null : parsed.errors[index]);
  return {
    ...summaryOf(draft), source: draft.source, valid: parsed.ok, title: parsed.ok ? parsed.policy.title : null, differences,
    errors: parsed.ok ? [] : policyProblems(parsed.errors).map((problem, index) => ({ ...problem, line: place(index)?.line ?? null, column: place(index)?.column ?? null })),
    steps: parsed.ok ? policySteps(parsed.policy) : [],
  };
}

function found(draft: PolicyDraft | null, id: number): PolicyDraft {
  if (!draft) throw notFound('policy draft', id);
  return draft;
}

function preview(found: PolicyPreview | null, id: string): PolicyPreview {
  if (!found) throw notFound('policy preview', id);
  return found;
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof DraftError) throw error.kind === 'stale' ? changedMeanwhile('policy draft') : conflict(error.message);
    throw error;
  }
}
