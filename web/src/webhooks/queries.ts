import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type WebhookEndpoint = Schema<'WebhookEndpoint'>;
export type WebhookEvent = Schema<'WebhookEvent'>;

const endpointsKey = ['webhook-endpoints'] as const;
export function useEndpoints(filters: { search?: string; active?: boolean }) {
  return useKeysetList([...endpointsKey, 'list', filters], (cursor) => answered(api.GET('/webhook-endpoints', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export type DeliveryState = Schema<'WebhookDelivery'>['state'];

export function useDeliveries(id: number, filters: { state?: DeliveryState }) {
  return useKeysetList([...endpointsKey, 'deliveries', id, filters], (cursor) => answered(api.GET('/webhook-endpoints/{id}/deliveries', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })));
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
