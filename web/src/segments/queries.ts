import { queryOptions } from '@tanstack/react-query';
import type { ConditionDocument } from '../conditions/document';
import { answered, api, type Schema } from '../http/client';
import { everyRow, pageRows, pageRowsMax, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Segment = Schema<'Segment'>;
export type SegmentMember = Schema<'SegmentMember'>;
export type SegmentChange = Schema<'SegmentChange'>;
export type SegmentPreview = Schema<'SegmentPreview'>;

const segmentsKey = ['segments'] as const;
/** Members under a new condition are found within seconds. */
const whileRefreshingMs = 1_500;

export function useSegments(filters: { search?: string; archived?: boolean }) {
  return useKeysetList(
    [...segmentsKey, 'list', filters], (cursor) => answered(api.GET('/segments', { params: { query: { ...filters, cursor, limit: pageRows } } })),
    (rows) => (rows.some(({ refreshing }) => refreshing) ? whileRefreshingMs : false),
  );
}

export const segmentChoicesQuery = queryOptions({ queryKey: [...segmentsKey, 'choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/segments', { params: { query: { cursor, limit: pageRowsMax } } }))) });

export const segmentQuery = (id: number) => queryOptions({
  queryKey: [...segmentsKey, id], queryFn: () => answered(api.GET('/segments/{id}', { params: { path: { id } } })),
  refetchInterval: ({ state }) => (state.data?.refreshing ? whileRefreshingMs : false),
});

export const customerSegmentsQuery = (id: number) => queryOptions({
  queryKey: [...segmentsKey, 'of-customer', id], queryFn: () => answered(api.GET('/customers/{id}/segments', { params: { path: { id } } })),
});

export function useSegmentMembers(id: number, members: number, filters: { search?: string }) {
  return useKeysetList([...segmentsKey, id, 'members', members, filters], (cursor) => answered(api.GET('/segments/{id}/members', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })));
}

export function useSegmentHistory(id: number, filters: { search?: string; change?: SegmentChange['change'] }) {
  return useKeysetList([...segmentsKey, id, 'history', filters], (cursor) => answered(api.GET('/segments/{id}/history', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })));
}

export interface SegmentForm {
  title: string;
  description: string | null;
  condition: ConditionDocument;
}
const asBody = (condition: ConditionDocument) => condition as Record<string, unknown>;

export function useCreateSegment() {
  return useWrite({
    send: ({ key, ...form }: SegmentForm & { key: string }, once) => answered(api.POST('/segments', { params: { header: once }, body: { key, ...form, condition: asBody(form.condition) } })),
    invalidates: [segmentsKey],
  });
}

export function useUpdateSegment(segment: Segment) {
  return useWrite({
    send: ({ condition, ...rest }: Partial<SegmentForm> & { archived?: boolean; evenIfNamed?: boolean }) => answered(api.PATCH('/segments/{id}', {
      params: { path: { id: segment.id }, header: { 'If-Match': `"${segment.rowVersion}"` } }, body: { ...rest, ...(condition ? { condition: asBody(condition) } : {}) },
    })),
    invalidates: [segmentsKey],
  });
}

export function usePreviewSegment() {
  return useWrite({
    send: (condition: ConditionDocument, once) => answered(api.POST('/segments/preview', { params: { header: once }, body: { condition: asBody(condition), limit: 50 } })),
    invalidates: [],
  });
}

export type SegmentSchedule = Schema<'SegmentSchedule'>;
export type SegmentRun = NonNullable<SegmentSchedule['run']>;
export type SegmentRunAction = SegmentRun['actions'][number];
export type RunControl = 'pause' | 'resume' | 'run-now' | 'skip-next';
/** Runs begin and end by themselves. */
const followedMs = 3_000;

export const scheduleQuery = (id: number) => queryOptions({
  queryKey: [...segmentsKey, id, 'schedule'], queryFn: () => answered(api.GET('/segments/{id}/schedule', { params: { path: { id } } })),
  refetchInterval: ({ state }) => (state.data?.run ? followedMs : false),
});

export const runPreviewQuery = (id: number) => queryOptions({
  queryKey: [...segmentsKey, id, 'schedule', 'preview'], queryFn: () => answered(api.GET('/segments/{id}/schedule/preview', { params: { path: { id } } })),
});

export function useSetSchedule(id: number) {
  return useWrite({
    send: (body: { run: SegmentRun | null; consolidated: boolean }) => answered(api.PUT('/segments/{id}/schedule', { params: { path: { id } }, body })),
    invalidates: [segmentsKey],
  });
}

export function useControlRun(id: number) {
  return useWrite({
    send: (control: RunControl, once) => answered(api.POST('/segments/{id}/schedule/control', { params: { path: { id }, header: once }, body: { do: control } })),
    invalidates: [segmentsKey],
  });
}

export type SegmentDecision = Schema<'SegmentDecision'>;
export interface DecisionFilters {
  outcome?: SegmentDecision['outcome'];
  reason?: SegmentDecision['reasonCode'];
  search?: string;
}

/** @param moves whether the run goes on, so that what it comes to is still changing */
export function useRunDecisions(id: number, run: number, filters: DecisionFilters, moves: boolean) {
  return useKeysetList(
    [...segmentsKey, id, 'runs', run, filters], (cursor) => answered(api.GET('/segments/{id}/runs/{run}/decisions', { params: { path: { id, run }, query: { ...filters, cursor, limit: pageRows } } })),
    () => (moves ? followedMs : false),
  );
}

/** They stand beside much else on the customer's page. */
const runsAtFirst = 10;

export function useCustomerRunDecisions(customerId: number) {
  return useKeysetList([...segmentsKey, 'decisions-of-customer', customerId], (cursor) => answered(api.GET('/customers/{id}/segment-decisions', { params: { path: { id: customerId }, query: { cursor, limit: runsAtFirst } } })));
}
