import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Hold = Schema<'Hold'>;
export type HoldKind = Schema<'HoldKind'>;

const holdsKey = ['holds'] as const;

export const holdKinds: Readonly<Record<HoldKind, string>> = { credit: 'Credit hold', 'pause-work': 'Work paused', 'lock-out': 'Locked out' };

/** Holds that no person placed or released follow from the policy and the ledger. */
export const byWhom = (name: string): string => (name === 'ledger' ? 'by the policy' : `by ${name}`);

export function useHolds(filters: { active?: boolean; customerId?: number; kind?: HoldKind }) {
  return useKeysetList([...holdsKey, filters], (cursor) => answered(api.GET('/holds', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export type Handoff = Schema<'Handoff'>;

export function useHandoffs(filters: { customerId?: number }) {
  return useKeysetList(['handoffs', filters], (cursor) => answered(api.GET('/handoffs', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function usePlaceHold() {
  return useWrite({
    send: (body: { customerId: number; kind: HoldKind; reason: string }, once) => answered(api.POST('/holds', { params: { header: once }, body })),
    invalidates: [holdsKey, ['customers'], ['overview']],
  });
}

export function useReleaseHold() {
  return useWrite({
    send: ({ id, reason }: { id: number; reason: string }, once) => answered(api.POST('/holds/{id}/release', { params: { path: { id }, header: once }, body: { reason } })),
    invalidates: [holdsKey, ['customers'], ['invoices'], ['overview']],
  });
}
