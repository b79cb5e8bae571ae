import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type NoticeMailListItem = Schema<'NoticeMailListItem'>;
export type NoticeMail = Schema<'NoticeMail'>;
export type NoticeMailState = Schema<'NoticeMailState'>;

const noticesKey = ['notice-mails'] as const;

export function useNoticeMails(filters: { state?: NoticeMailState[]; userId?: number; search?: string }) {
  return useKeysetList([...noticesKey, 'list', filters], (cursor) => answered(api.GET('/notice-mails', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const noticeMailQuery = (id: string) => queryOptions({ queryKey: [...noticesKey, 'one', id], queryFn: () => answered(api.GET('/notice-mails/{id}', { params: { path: { id } } })) });

/** What a person found out about a mail of which it was unknown whether it was sent. */
export function useSettleNoticeMail(id: string) {
  return useWrite({
    send: (body: { finding: 'sent' | 'not-sent'; reason: string }, once) => answered(api.POST('/notice-mails/{id}/settle', { params: { path: { id }, header: once }, body })),
    invalidates: [noticesKey],
  });
}
