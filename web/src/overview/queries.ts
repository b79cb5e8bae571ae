import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';

export type Overview = Schema<'Overview'>;
export type CurrencyOverview = Overview['currencies'][number];

export const overviewKey = ['overview'] as const;
export const overviewQuery = queryOptions({ queryKey: overviewKey, queryFn: () => answered(api.GET('/overview')), refetchInterval: 60_000 });
