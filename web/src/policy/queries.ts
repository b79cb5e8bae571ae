import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answered, api, type Schema } from '../http/client';
import { ApiError } from '../http/problem';
import { everyRow, pageRows, pageRowsMax, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';
import { sentence } from '../format/words';

export type PolicyDetail = Schema<'PolicyDetail'>;
export type PolicyStep = Schema<'PolicyStep'>;
export type PolicyVersion = Schema<'PolicyVersion'>;
export type PolicyCheck = Schema<'PolicyCheck'>;
export type Simulation = Schema<'Simulation'>;
export type PolicyResults = Schema<'PolicyResults'>;

const policiesKey = ['policies'] as const;

/** The policy that new invoices are collected under; null until one is published. */
export const activePolicyQuery = queryOptions({
  queryKey: [...policiesKey, 'active'],
  queryFn: async (): Promise<PolicyDetail | null> => {
    try {
      return await answered(api.GET('/policies/active'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const policyQuery = (id: number) => queryOptions({
  queryKey: [...policiesKey, 'one', id],
  queryFn: () => answered(api.GET('/policies/{id}', { params: { path: { id } } })),
  staleTime: 60_000,
});

/** Of each policy, the version that is in force: the policies that can be chosen. */
export const policyChoicesQuery = queryOptions({ queryKey: [...policiesKey, 'choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/policies', { params: { query: { inForce: true, cursor, limit: pageRowsMax } } }))) });

/** Every version of every policy, the newest first. */
export const policyVersionChoicesQuery = queryOptions({ queryKey: [...policiesKey, 'every-version'], queryFn: () => everyRow((cursor) => answered(api.GET('/policies', { params: { query: { cursor, limit: pageRowsMax } } }))), staleTime: 60_000 });

export function usePolicyVersions(filters: { search?: string; inForce?: boolean }) {
  return useKeysetList([...policiesKey, 'versions', filters], (cursor) => answered(api.GET('/policies', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

/** What is different in a version from another one. */
export const differencesQuery = (id: number, from: number) => queryOptions({
  queryKey: [...policiesKey, 'differences', id, from], queryFn: () => answered(api.GET('/policies/{id}/differences', { params: { path: { id }, query: { from } } })), staleTime: Infinity,
});

/** What a version takes the place of once it is in force: the version of its policy that is, or else what everybody comes under. */
export function useReplacedVersion(policy: PolicyDetail | undefined): number | null {
  const inForce = useQuery(policyChoicesQuery).data?.items.find((each) => each.policy === policy?.policy);
  const active = useQuery(activePolicyQuery).data;
  return [inForce, active].find((each) => each && each.id !== policy?.id)?.id ?? null;
}

const migrationsKey = ['policy-migrations'] as const;
export function usePublishPolicy() {
  return useWrite({
    send: (body: { source: string; activate: boolean; inForce: boolean; underWay: Schema<'UnderWay'> }, once) => answered(api.POST('/policies', { params: { header: once }, body })), invalidates: [policiesKey, migrationsKey],
  });
}
export function useActivatePolicy(id: number) {
  return useWrite({
    send: (body: { activate: boolean; underWay: Schema<'UnderWay'> }, once) => answered(api.POST('/policies/{id}/activate', { params: { path: { id }, header: once }, body })), invalidates: [policiesKey, migrationsKey, ['policy-assignments']],
  });
}

export const policyResultsQuery = (policy: string | null, weeks: number) => queryOptions({
  queryKey: [...policiesKey, 'results', policy, weeks],
  queryFn: () => answered(api.GET('/policies/results', { params: { query: { ...(policy === null ? {} : { policy }), weeks } } })),
});

/** A step's title by its id; older versions may have steps that the active one doesn't. */
export function useStepTitle(): (step: string) => string {
  const { data } = useQuery(activePolicyQuery);
  return useCallback((step) => data?.steps.find((each) => each.id === step)?.title ?? sentence(step), [data]);
}

/** Where a step stands in the active ladder, for sorting; steps of other versions come last. */
export function useStepOrder(): (step: string) => number {
  const { data } = useQuery(activePolicyQuery);
  return (step) => data?.steps.find((each) => each.id === step)?.level ?? Number.MAX_SAFE_INTEGER;
}

export function useSimulate() {
  return useWrite({
    send: (body: { days: number; source?: string }, once) => answered(api.POST('/policies/simulate', { params: { header: once }, body: { ...body, decisionsMax: 2_000 } })),
    invalidates: [],
  });
}

export function useCheckPolicy() {
  return useWrite({ send: (source: string, once) => answered(api.POST('/policies/check', { params: { header: once }, body: { source } })), invalidates: [] });
}
