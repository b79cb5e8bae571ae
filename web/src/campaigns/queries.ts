import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Campaign = Schema<'Campaign'>;
export type CampaignDocument = Campaign['document'];
export type CampaignState = Schema<'CampaignState'>;
export type CampaignStep = CampaignDocument['steps'][number];
export type CampaignResults = Schema<'CampaignResults'>;
export type CampaignMember = Schema<'CampaignMember'>;
export type CampaignPreview = Schema<'CampaignPreview'>;
export type PreviewedCustomer = Schema<'CampaignPreviewedCustomer'>;
export type PreviewOutcome = Schema<'CampaignPreviewOutcome'>;
export type MemberState = Schema<'CampaignMemberState'>;

const key = ['campaigns'] as const;
/** A campaign begins and its results come by themselves: a page that stays open follows them. */
const liveEveryMs = 5_000;

export function useCampaigns(filters: { search?: string; state?: CampaignState[] }) {
  return useKeysetList([...key, 'list', filters], (cursor) => answered(api.GET('/campaigns', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const campaignQuery = (id: number) => queryOptions({ queryKey: [...key, id], refetchInterval: liveEveryMs, queryFn: () => answered(api.GET('/campaigns/{id}', { params: { path: { id } } })) });
export const resultsQuery = (id: number, runId: number) => queryOptions({
  queryKey: [...key, id, 'results', runId], refetchInterval: liveEveryMs, queryFn: () => answered(api.GET('/campaigns/{id}/results', { params: { path: { id }, query: { runId } } })),
});

/** It reads a whole audience: once for the page and the question that follows. An edit asks anew. */
const previewFreshMs = 60_000;
export const previewQuery = ({ id, rowVersion }: Campaign) => queryOptions({
  queryKey: [...key, id, 'preview', rowVersion], staleTime: previewFreshMs, refetchOnWindowFocus: false, queryFn: () => answered(api.GET('/campaigns/{id}/preview', { params: { path: { id } } })),
});

export function usePreviewedCustomers({ id, rowVersion }: Campaign, filters: { outcome?: PreviewOutcome[] }) {
  return useKeysetList([...key, id, 'preview', rowVersion, 'customers', filters], (cursor) => answered(api.GET('/campaigns/{id}/preview/customers', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })));
}

/** @param joined how many there are: as more join, the list is fetched anew */
export function useMembers(id: number, filters: { runId: number; state?: MemberState[]; group?: string; customerId?: number }, joined: number) {
  return useKeysetList([...key, id, 'members', filters, joined], (cursor) => answered(api.GET('/campaigns/{id}/members', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })));
}

export function useSaveCampaign(saved: Campaign | null) {
  return useWrite({
    send: ({ name, document }: { name: string; document: CampaignDocument }, once) => answered(saved
      ? api.PATCH('/campaigns/{id}', { params: { path: { id: saved.id }, header: { 'If-Match': `"${saved.rowVersion}"` } }, body: { document } })
      : api.POST('/campaigns', { params: { header: once }, body: { key: name, document } })),
    invalidates: [key],
  });
}

export type Afterwards = Schema<'ExperimentAfterwards'>;

export function useEndExperiment() {
  return useWrite({
    send: ({ id, ...body }: { id: number; afterwards: Afterwards; reason: string }, once) => answered(api.POST('/campaigns/{id}/end-experiment', { params: { path: { id }, header: once }, body })),
    invalidates: [key, ['policies']],
  });
}

export type CampaignMove = 'launch' | 'pause' | 'resume' | 'stop';

export function useMoveCampaign() {
  return useWrite({
    send: ({ id, move }: { id: number; move: CampaignMove }, once) => {
      const params = { params: { path: { id }, header: once } };
      switch (move) {
        case 'launch': return answered(api.POST('/campaigns/{id}/launch', params));
        case 'pause': return answered(api.POST('/campaigns/{id}/pause', params));
        case 'resume': return answered(api.POST('/campaigns/{id}/resume', params));
        case 'stop': return answered(api.POST('/campaigns/{id}/stop', params));
      }
    },
    invalidates: [key],
  });
}
