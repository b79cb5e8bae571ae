import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Approval = Schema<'Approval'>;
export type ApprovalKind = Schema<'ApprovalKind'>;
export type ApprovalState = Schema<'ApprovalState'>;

const approvalsKey = ['approvals'] as const;
const changes = [approvalsKey, ['invoices'], ['customers'], ['holds'], ['overview']];

export const approvalKinds: Readonly<Record<ApprovalKind, string>> = { hold: 'Hold', handoff: 'Hand-off', 'write-off': 'Write-off' };
export const answeredStates: readonly ApprovalState[] = ['approved', 'refused', 'withdrawn', 'timed-out'];

export function useApprovals(filters: { state?: ApprovalState[]; kind?: ApprovalKind; customerId?: number }) {
  const sort = filters.state ? '-requestedAt' as const : 'dueAt' as const;
  return useKeysetList([...approvalsKey, filters], (cursor) => answered(api.GET('/approvals', { params: { query: { ...filters, sort, cursor, limit: pageRows } } })));
}

export function useAnswerApproval() {
  return useWrite({
    send: ({ id, approved, reason }: { id: number; approved: boolean; reason: string }, once) => (approved
      ? answered(api.POST('/approvals/{id}/approve', { params: { path: { id }, header: once }, body: reason === '' ? {} : { note: reason } }))
      : answered(api.POST('/approvals/{id}/refuse', { params: { path: { id }, header: once }, body: { reason } }))),
    invalidates: changes,
  });
}

export function useRequestWriteOff(id: number) {
  return useWrite({
    send: (body: { amountMinor: number; reason: string; timeoutDays: number }, once) => answered(api.POST('/invoices/{id}/write-off-requests', { params: { path: { id }, header: once }, body })),
    invalidates: changes,
  });
}
