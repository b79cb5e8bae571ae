import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { useWrite } from '../http/useWrite';

export type Notification = Schema<'Notification'>;
const notificationsKey = ['notifications'] as const;
const shownMax = 30;
const pollMs = 30_000;

export const unreadQuery = queryOptions({
  queryKey: [...notificationsKey, 'unread'],
  queryFn: () => answered(api.GET('/notifications', { params: { query: { unread: true, limit: shownMax } } })),
  refetchInterval: pollMs,
});

/** What everybody is told, and what one has read oneself: newest first. */
export const allNotificationsQuery = queryOptions({
  queryKey: [...notificationsKey, 'all'],
  queryFn: () => answered(api.GET('/notifications', { params: { query: { limit: shownMax } } })),
});

export function useMarkShownRead() {
  return useWrite({
    send: (ids: number[], once) => answered(api.POST('/notifications/read', { params: { header: once }, body: { ids } })),
    invalidates: [notificationsKey],
  });
}

export function useMarkRead() {
  return useWrite({
    send: (id: number, once) => answered(api.POST('/notifications/{id}/read', { params: { path: { id }, header: once } })),
    invalidates: [notificationsKey],
  });
}
