import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Message = Schema<'Message'>;
export type MessageListItem = Schema<'MessageListItem'>;
export type MessageState = Schema<'MessageState'>;

export interface MessageFilters {
  state?: MessageState[];
  customerId?: number;
  invoiceId?: number;
  template?: string;
  search?: string;
}

const messagesKey = ['messages'] as const;
const suppressedKey = ['suppressed-addresses'] as const;

export function useMessages(filters: MessageFilters) {
  return useKeysetList([...messagesKey, 'list', filters], (cursor) => answered(api.GET('/messages', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const messageQuery = (id: string) => queryOptions({
  queryKey: [...messagesKey, 'one', id],
  queryFn: () => answered(api.GET('/messages/{id}', { params: { path: { id } } })),
});

/** The very bytes that were sent, to be shown in a frame that may do nothing. */
export const messageHtmlQuery = (id: string) => queryOptions({
  queryKey: [...messagesKey, 'html', id],
  queryFn: () => answered(api.GET('/messages/{id}/html', { params: { path: { id } }, parseAs: 'text' })),
  staleTime: Infinity,
});

export function useSuppressedAddresses(filters: { search?: string }) {
  return useKeysetList([...suppressedKey, filters], (cursor) => answered(api.GET('/suppressed-addresses', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function useReleaseAddress() {
  return useWrite({
    send: (email: string) => answered(api.DELETE('/suppressed-addresses/{email}', { params: { path: { email } } })),
    invalidates: [suppressedKey, ['customers']],
  });
}

const optOutsKey = ['mail-opt-outs'] as const;

export function useOptOuts(filters: { search?: string }) {
  return useKeysetList([...optOutsKey, filters], (cursor) => answered(api.GET('/mail-opt-outs', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function useRemoveOptOut() {
  return useWrite({ send: (email: string) => answered(api.DELETE('/mail-opt-outs/{email}', { params: { path: { email } } })), invalidates: [optOutsKey] });
}

/** What a person found out about a message of which it was unknown whether it was sent. */
export function useSettleMessage(id: string) {
  return useWrite({
    send: (body: { finding: 'sent' | 'not-sent'; reason: string }, once) => answered(api.POST('/messages/{id}/settle', { params: { path: { id }, header: once }, body })),
    invalidates: [messagesKey, ['tasks']],
  });
}
