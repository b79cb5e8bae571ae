import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../../http/client';
import { pageRows, useKeysetList } from '../../http/useKeysetList';
import { useWrite } from '../../http/useWrite';

export type PolicyDraft = Schema<'PolicyDraft'>;
export type PolicyPreview = Schema<'PolicyPreview'>;
export type PreviewResult = Schema<'PolicyPreviewResult'>;
export type PreviewedCustomer = Schema<'PolicyPreviewedCustomer'>;
export type PolicyMigration = Schema<'PolicyMigration'>;
export type UnderWay = Schema<'UnderWay'>;

const draftsKey = ['policy-drafts'] as const;
const migrationsKey = ['policy-migrations'] as const;
const assignmentsKey = ['policy-assignments'] as const;

export function useDrafts(filters: { search?: string }) {
  return useKeysetList([...draftsKey, 'list', filters], (cursor) => answered(api.GET('/policy-drafts', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}
export const draftQuery = (id: number) => queryOptions({
  queryKey: [...draftsKey, 'one', id], queryFn: () => answered(api.GET('/policy-drafts/{id}', { params: { path: { id } } })),
  // The editor holds the text; what others do to it is told when it is saved.
  staleTime: Infinity, refetchOnWindowFocus: false, gcTime: 0,
});

const movingRefetchMs = 1_500;
export function useMigrations(filters: { search?: string; state?: PolicyMigration['state'] }) {
  return useKeysetList(
    [...migrationsKey, 'list', filters], (cursor) => answered(api.GET('/policy-migrations', { params: { query: { ...filters, cursor, limit: pageRows } } })),
    (rows) => (rows.some(({ state }) => state === 'running') ? movingRefetchMs : false),
  );
}
export const migrationQuery = (id: number) => queryOptions({
  queryKey: [...migrationsKey, 'one', id], queryFn: () => answered(api.GET('/policy-migrations/{id}', { params: { path: { id } } })),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? movingRefetchMs : false),
});
export const precedenceQuery = queryOptions({ queryKey: [...assignmentsKey, 'precedence'], queryFn: () => answered(api.GET('/policy-precedence')) });
export type PolicyAssignment = Schema<'PolicyAssignment'>;
export function useAssignments(filters: { kind?: PolicyAssignment['kind']; search?: string; customerId?: number }) {
  return useKeysetList([...assignmentsKey, 'list', filters], (cursor) => answered(api.GET('/policy-assignments', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

const previewRefetchMs = 400;
export const previewQuery = (id: string) => queryOptions({
  queryKey: ['policy-previews', id], queryFn: () => answered(api.GET('/policy-previews/{id}', { params: { path: { id } } })),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? previewRefetchMs : false),
});

export function usePreviewedCustomers(id: string, filters: { contact?: PreviewedCustomer['contact'] & string; search?: string }) {
  return useKeysetList(['policy-previews', id, 'customers', filters], (cursor) => answered(api.GET('/policy-previews/{id}/customers', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })));
}

export function useCreateDraft() {
  return useWrite({ send: (body: { baseVersionId?: number; source?: string }, once) => answered(api.POST('/policy-drafts', { params: { header: once }, body })), invalidates: [draftsKey] });
}
export function useSaveDraft(id: number) {
  return useWrite({
    send: ({ source, rowVersion }: { source: string; rowVersion: number }) => answered(api.PATCH('/policy-drafts/{id}', { params: { path: { id }, header: { 'If-Match': `"${rowVersion}"` } }, body: { source } })),
    invalidates: [[...draftsKey, 'list']],
  });
}
export function useDiscardDraft(id: number) {
  return useWrite({ send: () => answered(api.DELETE('/policy-drafts/{id}', { params: { path: { id } } })), invalidates: [[...draftsKey, 'list']] });
}
export function usePublishDraft(id: number) {
  return useWrite({
    send: (body: { rowVersion: number; activate: boolean; underWay: UnderWay }, once) => answered(api.POST('/policy-drafts/{id}/publish', { params: { path: { id }, header: once }, body })),
    invalidates: [[...draftsKey, 'list'], migrationsKey, ['policies']],
  });
}
export function useStartPreview() {
  return useWrite({ send: (body: { source: string; baseVersionId?: number; days: number; underWay: UnderWay }, once) => answered(api.POST('/policy-previews', { params: { header: once }, body })), invalidates: [] });
}
export function useControlMigration() {
  return useWrite({
    send: ({ id, kind }: { id: number; kind: 'pause' | 'resume' | 'stop' }, once) => answered(api.POST(`/policy-migrations/{id}/${kind}`, { params: { path: { id }, header: once } })),
    invalidates: [migrationsKey],
  });
}
export function useAssignPolicy() {
  return useWrite({
    send: (body: { policy: string; target: { kind: 'invoice' | 'customer' | 'segment'; id: number }; priority?: number; reason: string; underWay: UnderWay }, once) => answered(api.POST('/policy-assignments', { params: { header: once }, body })),
    // Which policy collects an invoice, and what comes of it next.
    invalidates: [assignmentsKey, migrationsKey, ['invoices']],
  });
}
export function useRemoveAssignment() {
  return useWrite({ send: ({ id, reason, underWay }: { id: number; reason: string; underWay: UnderWay }, once) => answered(api.POST('/policy-assignments/{id}/remove', { params: { path: { id }, header: once }, body: { reason, underWay } })), invalidates: [assignmentsKey, migrationsKey] });
}
