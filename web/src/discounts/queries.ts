import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';

export type DiscountUptake = Schema<'DiscountUptake'>;

export const uptakeQuery = (query: { from?: string; to?: string }) => queryOptions({
  queryKey: ['discounts', 'uptake', query], queryFn: () => answered(api.GET('/discounts/uptake', { params: { query } })), placeholderData: keepPreviousData,
});
