import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../http/client';

export const businessUnitsQuery = queryOptions({ queryKey: ['business-units'], queryFn: () => answered(api.GET('/business-units')), staleTime: 5 * 60_000 });
