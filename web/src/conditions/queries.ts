import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import type { ConditionDocument } from './document';

export type Subject = 'invoice' | 'customer';
/** What sets off what a condition is of, where something does. */
export type EventKind = Schema<'EventKind'>;

/** What conditions can ask about: the same for hours. */
export const conditionFieldsQuery = (subject: Subject, event?: EventKind) => queryOptions({
  queryKey: ['condition-fields', subject, event], staleTime: 600_000,
  queryFn: () => answered(api.GET('/conditions/fields', { params: { query: { subject, event } } })),
});

/** The words of a condition, or what is wrong with it. */
export const describedConditionQuery = (subject: Subject, condition: ConditionDocument, event?: EventKind, simulated?: boolean) => queryOptions({
  queryKey: ['condition-words', subject, event, simulated, condition], staleTime: 600_000, placeholderData: (before: { valid: boolean; text: string | null; errors: { path: string; message: string; allowed?: string }[] } | undefined) => before,
  queryFn: () => answered(api.GET('/conditions/describe', { params: { query: { subject, event, simulated, condition: JSON.stringify(condition) } } })),
});
