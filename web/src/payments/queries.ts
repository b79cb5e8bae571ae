import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { useWrite } from '../http/useWrite';

export type Payment = Schema<'Payment'>;

const paymentsKey = ['payments'] as const;

export const paymentQuery = (id: number) => queryOptions({ queryKey: [...paymentsKey, id], queryFn: () => answered(api.GET('/payments/{id}', { params: { path: { id } } })) });

/** A refund may reopen any of the invoices that the payment settled. */
export function useRefund(paymentId: number) {
  return useWrite({
    send: (body: Schema<'PaymentRefundInput'>, once) => answered(api.POST('/payments/{id}/refunds', { params: { path: { id: paymentId }, header: once }, body })),
    invalidates: [paymentsKey, ['invoices'], ['customers'], ['overview'], ['holds'], ['tasks']],
  });
}
