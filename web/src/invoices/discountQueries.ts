import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { useWrite } from '../http/useWrite';

export type DiscountOffer = Schema<'DiscountOffer'>;
type Terms = { kind: 'percent'; percent: string } | { kind: 'fixed'; amountMinor: number };

const discountsKey = (invoiceId: number) => ['discounts', invoiceId] as const;

export const discountsQuery = (invoiceId: number) => queryOptions({ queryKey: discountsKey(invoiceId), queryFn: () => answered(api.GET('/invoices/{id}/discounts', { params: { path: { id: invoiceId } } })) });

export function useOfferDiscount(invoiceId: number) {
  return useWrite({
    send: (body: { terms: Terms; forDays: number }, once) => answered(api.POST('/invoices/{id}/discounts', { params: { path: { id: invoiceId }, header: once }, body })),
    invalidates: [discountsKey(invoiceId)],
  });
}

export function useWithdrawDiscount(invoiceId: number) {
  return useWrite({
    send: ({ id, reason }: { id: number; reason: string }, once) => answered(api.POST('/discounts/{id}/withdraw', { params: { path: { id }, header: once }, body: { reason } })),
    invalidates: [discountsKey(invoiceId)],
  });
}
