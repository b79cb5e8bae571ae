import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type WebhookEndpoint = Schema<'WebhookEndpoint'>;
export type WebhookEvent = Schema<'WebhookEvent'>;

const endpointsKey = ['webhook-endpoints'] as const;
export const endpointsQuery = queryOptions({ queryKey: [...endpointsKey, 'list'], queryFn: () => answered(api.GET('/webhook-endpoints')) });

export function useDeliveries(id: number) {
  return useKeysetList([...endpointsKey, 'deliveries', id], (cursor) => answered(api.GET('/webhook-endpoints/{id}/deliveries', { params: { path: { id }, query: { cursor, limit: pageRows } } })));
}

export function useCreateEndpoint() {
  return useWrite({
    send: (body: { url: string; events: WebhookEvent[] }, once) => answered(api.POST('/webhook-endpoints', { params: { header: once }, body })),
    invalidates: [endpointsKey],
  });
}

export function useUpdateEndpoint(onFailed: (error: unknown) => void) {
  return useWrite({
    send: ({ id, ...body }: { id: number; active?: boolean; events?: WebhookEvent[] }, once) => answered(api.POST('/webhook-endpoints/{id}', { params: { path: { id }, header: once }, body })),
    invalidates: [endpointsKey],
    onFailed,
  });
}
