import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Automation = Schema<'Automation'>;
export type AutomationDocument = Automation['document'];
export type AutomationAction = AutomationDocument['actions'][number];
export type EventKind = Schema<'EventKind'>;
export type Firing = Schema<'AutomationFiring'>;
export type FiringState = Schema<'FiringState'>;
export type DryRun = Schema<'AutomationDryRun'>;

const key = ['automations'] as const;
/** Events set off automations at any time. */
const liveEveryMs = 10_000;

/** As people say it; the names under which the API knows them are beside it. */
export const eventWords: Readonly<Record<EventKind, string>> = {
  'invoice.created': 'An invoice is issued', 'invoice.due': 'An invoice falls due', 'invoice.overdue': 'An invoice is some days past due', 'invoice.settled': 'An invoice is paid in full',
  'invoice.written-off': 'An invoice is written off', 'payment.received': 'A payment is received', 'payment.partial': 'A payment leaves an invoice open in part', 'payment.reversed': 'A payment is reversed',
  'payment.charged-back': 'A payment is charged back', 'payment.refunded': 'A payment is given back, or a part of it',
  'credit-note.received': 'A credit note is issued', 'promise.made': 'A promise to pay is made', 'promise.kept': 'A promise to pay is kept', 'promise.broken': 'A promise to pay is broken',
  'discount.offered': 'A discount is offered', 'discount.honoured': 'A payment meets an offer of a discount', 'discount.taken-back': 'A discount is taken back',
  'dispute.opened': 'A dispute is opened', 'dispute.resolved': 'A dispute is resolved', 'email.bounced': 'An email comes back', 'email.complained': 'An email is marked as spam', 'email.opened': 'An email is opened',
  'email.clicked': 'A link in an email is followed', 'email.replied': 'A customer replies', 'reply.classified': 'It is known what a reply says', 'segment.joined': 'A customer joins a segment', 'segment.left': 'A customer leaves a segment',
  'policy.assigned': 'Another policy is assigned', 'task.overdue': 'A task is overdue', 'limit.exceeded': 'A customer owes more than its credit limit',
};
export const eventOptions = (Object.keys(eventWords) as EventKind[]).map((value) => ({ value, label: eventWords[value] }));

export interface AutomationFilters {
  search?: string;
  state?: 'on' | 'off';
  event?: EventKind;
}

export function useAutomations(filters: AutomationFilters) {
  return useKeysetList([...key, 'list', filters], (cursor) => answered(api.GET('/automations', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const automationQuery = (id: number) => queryOptions({ queryKey: [...key, id], queryFn: () => answered(api.GET('/automations/{id}', { params: { path: { id } } })) });

export function useFirings(id: number, filters: { state?: FiringState[]; customerId?: number }) {
  return useKeysetList([...key, id, 'firings', filters], (cursor) => answered(api.GET('/automations/{id}/firings', { params: { path: { id }, query: { ...filters, cursor, limit: pageRows } } })), () => liveEveryMs);
}

export function useSaveAutomation(saved: { id: number; rowVersion: number } | null) {
  return useWrite({
    send: ({ name, document }: { name: string; document: AutomationDocument }, once) => answered(saved
      ? api.POST('/automations/{id}/versions', { params: { path: { id: saved.id }, header: once }, body: { document, rowVersion: saved.rowVersion } })
      : api.POST('/automations', { params: { header: once }, body: { key: name, document } })),
    invalidates: [key],
  });
}

export function useSwitchAutomation(onFailed?: (error: unknown) => void) {
  return useWrite({ send: ({ id, on }: { id: number; on: boolean }, once) => answered(api.POST('/automations/{id}/switch', { params: { path: { id }, header: once }, body: { on } })), invalidates: [key], onFailed });
}

export function useDryRun() {
  return useWrite({ send: (document: AutomationDocument, once) => answered(api.POST('/automations/dry-run', { params: { header: once }, body: { document } })), invalidates: [] });
}
