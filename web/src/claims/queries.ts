import { queryOptions } from '@tanstack/react-query';
import { answered, api, apiBase, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type PromiseToPay = Schema<'PromiseToPay'>;
export type PromiseState = Schema<'PromiseState'>;
export type Dispute = Schema<'Dispute'>;
export type DisputeListItem = Schema<'DisputeListItem'>;
export type DisputeReason = Schema<'DisputeReason'>;
export type DisputeResolution = Schema<'DisputeResolution'>;

const promisesKey = ['promises'] as const;
const disputesKey = ['disputes'] as const;
const changes = [promisesKey, disputesKey, ['invoices'], ['customers'], ['overview'], ['tasks']] as const;

export const promiseStates: Readonly<Record<PromiseState, { label: string; tone: 'good' | 'bad' | 'warn' | 'neutral' }>> = {
  pending: { label: 'Running', tone: 'warn' },
  kept: { label: 'Kept', tone: 'good' },
  'partly-kept': { label: 'Kept in part', tone: 'bad' },
  broken: { label: 'Broken', tone: 'bad' },
  superseded: { label: 'Replaced', tone: 'neutral' },
  cancelled: { label: 'Withdrawn', tone: 'neutral' },
};

export const disputeReasons: Readonly<Record<DisputeReason, string>> = {
  price: 'Price', quantity: 'Quantity', quality: 'Quality', 'not-delivered': 'Not delivered', 'not-ordered': 'Not ordered', duplicate: 'Invoiced twice', 'paid-already': 'Paid already', terms: 'Terms', other: 'Other',
};

export const resolutions = { valid: 'The customer is right', invalid: 'The customer is not right', split: 'In part' } as const;

export function usePromises(filters: { state?: PromiseState[]; customerId?: number; invoiceId?: number; from?: string; to?: string }) {
  return useKeysetList([...promisesKey, filters], (cursor) => answered(api.GET('/promises', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const keptRatesQuery = (customerId: number) => queryOptions({
  queryKey: [...promisesKey, 'kept-rate', customerId], queryFn: () => answered(api.GET('/customers/{id}/promise-kept-rate', { params: { path: { id: customerId } } })),
});

export function useRecordPromise() {
  return useWrite({ send: (body: Schema<'PromiseInput'>, once) => answered(api.POST('/promises', { params: { header: once }, body })), invalidates: changes });
}

export function useWithdrawPromise() {
  return useWrite({
    send: ({ id, reason }: { id: number; reason: string }, once) => answered(api.POST('/promises/{id}/withdraw', { params: { path: { id }, header: once }, body: { reason } })), invalidates: changes,
  });
}

export function useDisputes(filters: { state?: 'open' | 'resolved'; reason?: DisputeReason; late?: boolean; ownerId?: number; customerId?: number; invoiceId?: number }) {
  return useKeysetList([...disputesKey, 'list', filters], (cursor) => answered(api.GET('/disputes', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const disputeQuery = (id: number) => queryOptions({ queryKey: [...disputesKey, 'one', id], queryFn: () => answered(api.GET('/disputes/{id}', { params: { path: { id } } })) });

export function useOpenDispute() {
  return useWrite({ send: (body: Schema<'DisputeInput'>, once) => answered(api.POST('/disputes', { params: { header: once }, body })), invalidates: changes });
}

export function useResolveDispute(id: number) {
  return useWrite({ send: (body: DisputeResolution, once) => answered(api.POST('/disputes/{id}/resolve', { params: { path: { id }, header: once }, body })), invalidates: changes });
}

export function useAssignDispute(id: number, onFailed: (error: unknown) => void) {
  return useWrite({ onFailed, send: (ownerId: number | null, once) => answered(api.POST('/disputes/{id}/assign', { params: { path: { id }, header: once }, body: { ownerId } })), invalidates: [disputesKey] });
}

export function useSetDeadline(id: number) {
  return useWrite({ send: (deadlineOn: string, once) => answered(api.POST('/disputes/{id}/deadline', { params: { path: { id }, header: once }, body: { deadlineOn } })), invalidates: [disputesKey, ['tasks']] });
}

export function useDisputeNote(id: number) {
  return useWrite({ send: (body: string, once) => answered(api.POST('/disputes/{id}/notes', { params: { path: { id }, header: once }, body: { body } })), invalidates: [disputesKey] });
}

export function useDisputeFile(id: number) {
  return useWrite({
    send: (file: File, once) => answered(api.POST('/disputes/{id}/files', {
      params: { path: { id }, query: { fileName: file.name }, header: once }, headers: { 'Content-Type': 'application/octet-stream' }, body: file.name, bodySerializer: () => file,
    })),
    invalidates: [disputesKey],
  });
}

export const fileUrl = (disputeId: number, fileId: number): string => `${apiBase}/disputes/${disputeId}/files/${fileId}`;
