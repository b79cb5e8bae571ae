import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { everyRow, pageRows, pageRowsMax, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Customer = Schema<'Customer'>;
export type CustomerListItem = Schema<'CustomerListItem'>;
export type Contact = Schema<'Contact'>;
export type TimelineEntry = Schema<'TimelineEntry'>;
export type TimelineKind = TimelineEntry['kind'];

export interface CustomerFilters {
  search?: string;
  businessUnit?: string;
  onHold?: boolean;
  paused?: boolean;
  stopped?: boolean;
  overdue?: boolean;
  segmentId?: number;
  ownerId?: number;
  behaviour?: 'new' | 'prompt' | 'slow' | 'at-risk';
  currency?: string;
  sort?: 'name' | '-name' | 'overdue' | '-overdue';
}

export const customerKeys = {
  all: ['customers'] as const,
  lists: ['customers', 'list'] as const,
  one: (id: number) => ['customers', 'one', id] as const,
};

export function useCustomers(filters: CustomerFilters) {
  return useKeysetList([...customerKeys.lists, filters], (cursor) => answered(api.GET('/customers', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const customerQuery = (id: number) => queryOptions({
  queryKey: [...customerKeys.one(id), 'facts'],
  queryFn: () => answered(api.GET('/customers/{id}', { params: { path: { id } } })),
});

/** The first few customers whose name or id holds the text: for choosing one. */
export const customerChoicesQuery = (search: string) => queryOptions({
  queryKey: [...customerKeys.lists, 'choices', search],
  queryFn: () => answered(api.GET('/customers', { params: { query: { search: search || undefined, limit: 20 } } })),
});

export function useTimeline(id: number, kind: TimelineKind[], invoiceId?: number) {
  return useKeysetList([...customerKeys.one(id), 'timeline', kind, invoiceId], (cursor) => answered(api.GET('/customers/{id}/timeline', {
    params: { path: { id }, query: { kind: kind.length > 0 ? kind : undefined, invoiceId, cursor, limit: pageRows } },
  })));
}

export function useAddNote(id: number) {
  return useWrite({
    send: (body: { body: string; invoiceId?: number; issueType?: string }, once) => answered(api.POST('/customers/{id}/notes', { params: { path: { id }, header: once }, body })),
    invalidates: [customerKeys.one(id)],
  });
}

export interface ContactForm {
  role: Contact['role'];
  name: string | null;
  email: string;
  phone: string | null;
}

/** Adds a contact, or edits the one given if nobody has edited it since it was read. */
export function useSaveContact(customerId: number) {
  return useWrite({
    send: ({ contact, form }: { contact: Contact | null; form: ContactForm }, once) => (contact
      ? answered(api.PATCH('/contacts/{id}', { params: { path: { id: contact.id }, header: { 'If-Match': `"${contact.rowVersion}"` } }, body: form }))
      : answered(api.POST('/customers/{id}/contacts', { params: { path: { id: customerId }, header: once }, body: form }))),
    invalidates: [customerKeys.one(customerId)],
  });
}

export function useRemoveContact(customerId: number) {
  return useWrite({
    send: (id: number) => answered(api.DELETE('/contacts/{id}', { params: { path: { id } } })),
    invalidates: [customerKeys.one(customerId)],
  });
}

const pauseChanges = (id: number) => [customerKeys.one(id), customerKeys.lists, ['invoices']] as const;

export function usePauseCustomer(id: number) {
  return useWrite({
    send: (body: { until: string | null; reason?: string }, once) => answered(api.POST('/customers/{id}/pause', { params: { path: { id }, header: once }, body })),
    invalidates: pauseChanges(id),
  });
}

export function useResumeCustomer(id: number) {
  return useWrite({
    send: (body: { reason?: string }, once) => answered(api.POST('/customers/{id}/resume', { params: { path: { id }, header: once }, body })),
    invalidates: pauseChanges(id),
  });
}

export function useStopCustomer(id: number) {
  return useWrite({
    send: (body: { reason: string }, once) => answered(api.POST('/customers/{id}/stop', { params: { path: { id }, header: once }, body })),
    invalidates: pauseChanges(id),
  });
}

export interface StepsControl {
  kind: 'skip-step' | 'send-now';
  steps: { invoiceId: number; step: string }[];
  reason?: string;
}

/** Has steps of several invoices skipped, or run now. */
export function useControlSteps(id: number) {
  return useWrite({
    send: ({ kind, ...body }: StepsControl, once) => {
      const call = { params: { path: { id }, header: once }, body };
      return kind === 'skip-step' ? answered(api.POST('/customers/{id}/collection/skip-steps', call)) : answered(api.POST('/customers/{id}/collection/send-now', call));
    },
    invalidates: pauseChanges(id),
  });
}

export type CustomerEdit = Partial<Pick<Customer, 'name' | 'timeZone' | 'country' | 'region' | 'language' | 'termsDays' | 'tier' | 'doNotContact' | 'graceDays' | 'creditLimit'>>;

export function useEditCustomer(customer: Customer) {
  return useWrite({
    send: (body: CustomerEdit) => answered(api.PATCH('/customers/{id}', { params: { path: { id: customer.id }, header: { 'If-Match': `"${customer.rowVersion}"` } }, body })),
    invalidates: [customerKeys.one(customer.id), customerKeys.lists],
  });
}

export type IssueType = Schema<'IssueType'>;

export function usePutIssueType() {
  return useWrite({ send: ({ code, ...body }: IssueType) => answered(api.PUT('/issue-types/{code}', { params: { path: { code } }, body })), invalidates: [['issue-types']] });
}

export const issueTypeChoicesQuery = queryOptions({ queryKey: ['issue-types', 'choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/issue-types', { params: { query: { active: true, cursor, limit: pageRowsMax } } }))), staleTime: 60_000 });

export function useIssueTypes(filters: { search?: string; active?: boolean }) {
  return useKeysetList(['issue-types', 'list', filters], (cursor) => answered(api.GET('/issue-types', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export type Unapplied = { kind: 'payment' | 'credit-note'; id: number; externalId: string; currency: string; unappliedMinor: number };

/** Money of a customer that is on no invoice yet. */
export const unappliedQuery = (customerId: number) => queryOptions({
  queryKey: [...customerKeys.one(customerId), 'unapplied'],
  queryFn: async (): Promise<Unapplied[]> => {
    const query = { customerId, unapplied: true, limit: 100 };
    const [payments, creditNotes] = await Promise.all([answered(api.GET('/payments', { params: { query } })), answered(api.GET('/credit-notes', { params: { query } }))]);
    return [...payments.items.map((each) => ({ ...each, kind: 'payment' as const })), ...creditNotes.items.map((each) => ({ ...each, kind: 'credit-note' as const }))];
  },
});

export function useApply(customerId: number) {
  return useWrite({
    send: ({ source, invoiceExternalId, amountMinor }: { source: Unapplied; invoiceExternalId: string; amountMinor: number }, once): Promise<unknown> => {
      const call = { params: { path: { id: source.id }, header: once }, body: { applications: [{ invoiceExternalId, amountMinor }] } };
      return source.kind === 'payment' ? answered(api.POST('/payments/{id}/apply', call)) : answered(api.POST('/credit-notes/{id}/apply', call));
    },
    invalidates: [customerKeys.one(customerId), customerKeys.lists, ['invoices']],
  });
}

export function useSetOwner(id: number, onFailed: (error: unknown) => void) {
  return useWrite({ send: (userId: number | null) => answered(api.PUT('/customers/{id}/owner', { params: { path: { id } }, body: { userId } })), invalidates: [customerKeys.one(id), customerKeys.lists], onFailed });
}
