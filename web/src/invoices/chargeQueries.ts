import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { useWrite } from '../http/useWrite';

export type Charge = Schema<'Charge'>;
export type ChargeRule = Schema<'ChargeRule'>;

const chargesKey = (invoiceId: number) => ['charges', invoiceId] as const;

export const chargesQuery = (invoiceId: number) => queryOptions({ queryKey: chargesKey(invoiceId), queryFn: () => answered(api.GET('/invoices/{id}/charges', { params: { path: { id: invoiceId } } })) });

export function useCharge(invoiceId: number) {
  return useWrite({
    send: (rule: ChargeRule, once) => answered(api.POST('/invoices/{id}/charges', { params: { path: { id: invoiceId }, header: once }, body: { rule } })),
    invalidates: [chargesKey(invoiceId)],
  });
}

export function useWaiveCharge(invoiceId: number) {
  return useWrite({
    send: ({ id, reason }: { id: number; reason: string }, once) => answered(api.POST('/charges/{id}/waive', { params: { path: { id }, header: once }, body: { reason } })),
    invalidates: [chargesKey(invoiceId)],
  });
}

export function usePayCharge(invoiceId: number) {
  return useWrite({
    send: ({ id, paymentId }: { id: number; paymentId: number }, once) => answered(api.POST('/charges/{id}/payments', { params: { path: { id }, header: once }, body: { paymentId } })),
    invalidates: [chargesKey(invoiceId), ['customers'], ['invoices']],
  });
}
