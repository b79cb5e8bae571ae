import { apiBase, answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';
import { customerKeys } from '../customers/queries';

export type Statement = Schema<'Statement'>;

const statementsKey = (customerId: number) => [...customerKeys.one(customerId), 'statements'] as const;

export function useStatements(customerId: number) {
  return useKeysetList([...statementsKey(customerId)], (cursor) => answered(api.GET('/customers/{id}/statements', { params: { path: { id: customerId }, query: { cursor, limit: pageRows } } })));
}

export function useSendStatement(customerId: number) {
  return useWrite({
    send: (_nothing: null, once) => answered(api.POST('/customers/{id}/statements', { params: { path: { id: customerId }, header: once }, body: {} })),
    invalidates: [customerKeys.one(customerId), ['messages']],
  });
}

/** Where the PDF of a statement is: of a day (null: of today where the customer is), or of one that was sent, as it was sent. */
export const previewUrl = (customerId: number, on: string | null): string => `${apiBase}/customers/${customerId}/statement${on === null ? '' : `?on=${on}`}`;
export const sentUrl = ({ messageId, attachment }: Statement): string => `${apiBase}/messages/${messageId}/attachments/${attachment ?? 0}`;
