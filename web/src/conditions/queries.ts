import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../http/client';

export type Subject = 'invoice' | 'customer';

/** What conditions can ask about: the same for hours. */
export const conditionFieldsQuery = (subject: Subject) => queryOptions({
  queryKey: ['condition-fields', subject], staleTime: 600_000,
  queryFn: () => answered(api.GET('/conditions/fields', { params: { query: { subject } } })),
});
