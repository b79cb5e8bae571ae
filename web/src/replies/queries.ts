import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Reply = Schema<'Reply'>;
export type ReplyListItem = Schema<'ReplyListItem'>;
export type ReplyKind = Schema<'ReplyKind'>;
export type ReplyState = Schema<'ReplyState'>;

export interface ReplyFilters {
  state?: ReplyState[];
  kind?: ReplyKind;
  customerId?: number;
  search?: string;
}

const repliesKey = ['replies'] as const;

export function useReplies(filters: ReplyFilters) {
  return useKeysetList([...repliesKey, 'list', filters], (cursor) => answered(api.GET('/replies', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const replyQuery = (id: number) => queryOptions({ queryKey: [...repliesKey, 'one', id], queryFn: () => answered(api.GET('/replies/{id}', { params: { path: { id } } })) });

export interface Decision {
  kind: ReplyKind;
  on?: string;
  amountMinor?: number;
  disputeReason?: 'amount' | 'quality' | 'not-received' | 'duplicate' | 'not-ordered' | 'other';
  invoiceIds?: number[];
  customerId?: number;
}

export function useDecideReply() {
  return useWrite({
    send: ({ reply, decision }: { reply: Reply; decision: Decision }, once) => answered(api.POST('/replies/{id}/decide', { params: { path: { id: reply.id }, header: once }, body: { ...decision, rowVersion: reply.rowVersion } })),
    invalidates: [repliesKey, ['tasks'], ['customers'], ['invoices'], ['overview']],
  });
}
