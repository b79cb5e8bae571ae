import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { everyRow, pageRows, pageRowsMax, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Template = Schema<'Template'>;
export type TemplateDetail = Schema<'TemplateDetail'>;
export type TemplateField = Schema<'TemplateField'>;
export type TemplatePreview = Schema<'TemplatePreview'>;
export type TemplateText = Schema<'TemplateText'>;
export type TemplateKind = Schema<'TemplateKind'>;

/** The words that are being edited. */
export interface Words {
  defaultLanguage: string;
  texts: Record<string, TemplateText>;
}

const templatesKey = ['templates'] as const;

export interface TemplateFilters {
  search?: string;
  kind?: TemplateKind;
  state?: 'published' | 'draft';
}

export function useTemplates(filters: TemplateFilters) {
  return useKeysetList([...templatesKey, 'list', filters], (cursor) => answered(api.GET('/templates', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const templateChoicesQuery = queryOptions({ queryKey: [...templatesKey, 'choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/templates', { params: { query: { cursor, limit: pageRowsMax } } }))) });

export const templateQuery = (id: number) => queryOptions({
  queryKey: [...templatesKey, 'one', id],
  queryFn: () => answered(api.GET('/templates/{id}', { params: { path: { id } } })),
});

export interface Shown extends Words {
  kind: TemplateKind;
  language: string;
  customerId?: number;
}

export const previewQuery = (shown: Shown) => queryOptions({
  queryKey: [...templatesKey, 'preview', shown],
  // Nothing is changed by it: the key is there because every POST has one.
  queryFn: () => answered(api.POST('/templates/preview', { body: shown })),
  staleTime: 60_000,
});

const invalidates = [templatesKey];

export function useCreateTemplate() {
  return useWrite({ invalidates, send: (body: { name: string; title: string; kind: TemplateKind } & Words, header) => answered(api.POST('/templates', { body, params: { header } })) });
}

export function useSaveDraft(id: number) {
  return useWrite({ invalidates, send: (body: { draft: Words | null; rowVersion: number }, header) => answered(api.POST('/templates/{id}/draft', { body, params: { path: { id }, header } })) });
}

export function usePublishTemplate(id: number) {
  return useWrite({ invalidates, send: (body: { note: string | null; rowVersion: number }, header) => answered(api.POST('/templates/{id}/publish', { body, params: { path: { id }, header } })) });
}

export function useSendTest(id: number) {
  return useWrite({ invalidates: [], send: (body: Words & { language: string; customerId?: number }, header) => answered(api.POST('/templates/{id}/test', { body, params: { path: { id }, header } })) });
}
