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

export function useMarkRead() {
  return useWrite({
    send: (id: number, once) => answered(api.POST('/notifications/{id}/read', { params: { path: { id }, header: once } })),
    invalidates: [notificationsKey],
  });
}
