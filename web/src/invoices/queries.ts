import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { ApiError } from '../http/problem';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite, type Once } from '../http/useWrite';

export type Invoice = Schema<'Invoice'>;
export type InvoiceListItem = Schema<'InvoiceListItem'>;
export type InvoiceState = Schema<'InvoiceState'>;
export type AgingBucket = Schema<'AgingBucket'>;
export type Ladder = Schema<'Ladder'>;
export type LadderStep = Schema<'LadderStep'>;
export type Application = Schema<'Application'>;
export type ReversalKind = Schema<'ReversalKind'>;
export type ControlResult = Schema<'ControlResult'>;

export const invoiceSorts = ['dueOn', '-dueOn', 'openMinor', '-openMinor', 'issuedOn', '-issuedOn', 'number', '-number'] as const;

export interface InvoiceFilters {
  state?: InvoiceState[];
  bucket?: AgingBucket[];
  customerId?: number;
  currency?: string;
  businessUnit?: string;
  search?: string;
  stage?: string;
  nextStep?: string;
  dueFrom?: string;
  dueTo?: string;
  sort?: (typeof invoiceSorts)[number];
}

export const invoiceKeys = {
  all: ['invoices'] as const,
  lists: ['invoices', 'list'] as const,
  one: (id: number) => ['invoices', 'one', id] as const,
};

export function useInvoices(filters: InvoiceFilters) {
  return useKeysetList([...invoiceKeys.lists, filters], (cursor) => answered(api.GET('/invoices', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

const of = (id: number) => ({ params: { path: { id } } });
export const invoiceQuery = (id: number) => queryOptions({ queryKey: [...invoiceKeys.one(id), 'facts'], queryFn: () => answered(api.GET('/invoices/{id}', of(id))) });
const choicesShown = 20;
export const invoiceChoicesQuery = (search: string) => queryOptions({
  queryKey: [...invoiceKeys.all, 'choices', search], queryFn: () => answered(api.GET('/invoices', { params: { query: { search: search || undefined, limit: choicesShown } } })),
});
export const invoicePolicyQuery = (id: number) => queryOptions({ queryKey: [...invoiceKeys.one(id), 'policy'], queryFn: () => answered(api.GET('/invoices/{id}/policy', of(id))) });
export const linesQuery = (id: number) => queryOptions({ queryKey: [...invoiceKeys.one(id), 'lines'], queryFn: () => answered(api.GET('/invoices/{id}/lines', of(id))) });
export const applicationsQuery = (id: number) => queryOptions({ queryKey: [...invoiceKeys.one(id), 'applications'], queryFn: () => answered(api.GET('/invoices/{id}/applications', of(id))) });
/** null: the invoice was never under collection, as one that was settled before it came in. */
export const ladderQuery = (id: number) => queryOptions({
  queryKey: [...invoiceKeys.one(id), 'ladder'],
  queryFn: async (): Promise<Ladder | null> => {
    try {
      return await answered(api.GET('/invoices/{id}/ladder', of(id)));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  },
});
export const decisionsQuery = (id: number) => queryOptions({ queryKey: [...invoiceKeys.one(id), 'decisions'], queryFn: () => answered(api.GET('/invoices/{id}/decisions', of(id))) });

/** What a person may ask of an invoice's collection. */
export type Control =
  | { kind: 'pause'; until: string | null; reason?: string }
  | { kind: 'resume'; reason?: string }
  | { kind: 'skip-step'; step: string; reason?: string }
  | { kind: 'send-now'; step: string; reason?: string }
  | { kind: 'stop'; reason?: string };

async function sendControl(id: number, control: Control, once: Once): Promise<ControlResult> {
  const params = { path: { id }, header: once };
  const { reason } = control;
  switch (control.kind) {
    case 'pause': return answered(api.POST('/invoices/{id}/collection/pause', { params, body: { until: control.until, reason } }));
    case 'resume': return answered(api.POST('/invoices/{id}/collection/resume', { params, body: { reason } }));
    case 'skip-step': return answered(api.POST('/invoices/{id}/collection/skip-step', { params, body: { step: control.step, reason } }));
    case 'send-now': return answered(api.POST('/invoices/{id}/collection/send-now', { params, body: { step: control.step, reason } }));
    case 'stop': return answered(api.POST('/invoices/{id}/collection/stop', { params, body: { reason } }));
  }
}

/** A control that the collection declined is a failure with the collection's own words. */
export function useControl(id: number) {
  return useWrite({
    send: async (control: Control, once) => {
      const result = await sendControl(id, control, once);
      if (!result.accepted) throw new ApiError({ title: 'Not done', status: 200, detail: result.message });
      return result;
    },
    invalidates: [invoiceKeys.one(id), invoiceKeys.lists, ['messages'], ['tasks'], ['holds']],
  });
}

export function useSetGrace(id: number) {
  return useWrite({ send: (body: { graceDays: number | null; reason: string }) => answered(api.PUT('/invoices/{id}/grace', { params: { path: { id } }, body })), invalidates: [invoiceKeys.one(id), invoiceKeys.lists] });
}

const moneyChanges = (invoiceId: number) => [invoiceKeys.one(invoiceId), invoiceKeys.lists, ['customers'], ['overview'], ['holds'], ['tasks']] as const;

export function useRecordPayment(invoiceId: number) {
  return useWrite({
    send: (body: Schema<'PaymentInput'>, once) => answered(api.POST('/payments', { params: { header: once }, body })),
    invalidates: moneyChanges(invoiceId),
  });
}

export function useRecordCreditNote(invoiceId: number) {
  return useWrite({
    send: (body: Schema<'CreditNoteInput'>, once) => answered(api.POST('/credit-notes', { params: { header: once }, body })),
    invalidates: moneyChanges(invoiceId),
  });
}

export function useWriteOff(invoiceId: number) {
  return useWrite({
    send: (body: { externalId: string; amountMinor: number; reason?: string }, once) => answered(api.POST('/invoices/{id}/write-offs', { params: { path: { id: invoiceId }, header: once }, body })),
    invalidates: moneyChanges(invoiceId),
  });
}

/** Takes back what an application came from: the whole payment, or the write-off. */
export function useReverse(invoiceId: number) {
  return useWrite({
    send: async ({ application, kind, reason }: { application: Application; kind: ReversalKind; reason: string }, once): Promise<unknown> => {
      const params = { path: { id: application.sourceId }, header: once };
      return application.kind === 'payment'
        ? answered(api.POST('/payments/{id}/reverse', { params, body: { kind, reason } }))
        : answered(api.POST('/write-offs/{id}/reverse', { params, body: { reason } }));
    },
    invalidates: moneyChanges(invoiceId),
  });
}
