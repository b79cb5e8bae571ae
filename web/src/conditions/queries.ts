import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../http/client';
import type { ConditionDocument } from './document';

export type Subject = 'invoice' | 'customer';

/** What conditions can ask about: the same for hours. */
export const conditionFieldsQuery = (subject: Subject) => queryOptions({
  queryKey: ['condition-fields', subject], staleTime: 600_000,
  queryFn: () => answered(api.GET('/conditions/fields', { params: { query: { subject } } })),
});

/** The words of a condition, or what is wrong with it. */
export const describedConditionQuery = (subject: Subject, condition: ConditionDocument) => queryOptions({
  queryKey: ['condition-words', subject, condition], staleTime: 600_000, placeholderData: (before: { valid: boolean; text: string | null; errors: { path: string; message: string; allowed?: string }[] } | undefined) => before,
  queryFn: () => answered(api.GET('/conditions/describe', { params: { query: { subject, condition: JSON.stringify(condition) } } })),
});
