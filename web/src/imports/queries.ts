import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Import = Schema<'Import'>;
export type ImportKind = Schema<'ImportKind'>;
export type ImportMapping = Schema<'ImportMapping'>;
export type ImportField = Schema<'ImportField'>;
export type SavedMapping = Schema<'SavedMapping'>;

const importsKey = ['imports'] as const;
const mappingsKey = ['import-mappings'] as const;
const progressPollMs = 700;

export const importKinds: Readonly<Record<ImportKind, string>> = { customers: 'Customers', invoices: 'Invoices', payments: 'Payments', credit_notes: 'Credit notes', refunds: 'Refunds', disputes: 'Disputes', promises: 'Promises' };

/** How a file's letters are written: never guessed, since a wrong guess spoils names silently. */
export type Encoding = NonNullable<ImportMapping['encoding']>;
export const encodings: { value: Encoding; label: string }[] = [{ value: 'utf-8', label: 'UTF-8' }, { value: 'latin1', label: 'Latin 1' }];

export function useImports(filters: { search?: string; kind?: ImportKind; state?: Import['state'] }) {
  return useKeysetList([...importsKey, 'list', filters], (cursor) => answered(api.GET('/imports', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

/** One import; asked again and again while it runs. */
export const importQuery = (id: number) => queryOptions({
  queryKey: [...importsKey, 'one', id],
  queryFn: () => answered(api.GET('/imports/{id}', { params: { path: { id } } })),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? progressPollMs : false),
});

export const importFieldsQuery = (kind: ImportKind) => queryOptions({
  queryKey: [...importsKey, 'fields', kind],
  queryFn: () => answered(api.GET('/imports/fields', { params: { query: { kind } } })),
  staleTime: Infinity,
});

export function useImportErrors(id: number, finishedAt: string | null) {
  return useKeysetList([...importsKey, 'errors', id, finishedAt], (cursor) => answered(api.GET('/imports/{id}/errors', { params: { path: { id }, query: { cursor, limit: pageRows } } })));
}

export const savedMappingsQuery = (kind: ImportKind) => queryOptions({
  queryKey: [...mappingsKey, kind],
  queryFn: () => answered(api.GET('/import-mappings', { params: { query: { kind } } })),
});

export function useUpload() {
  return useWrite({
    send: ({ kind, encoding, file }: { kind: ImportKind; encoding: Encoding; file: File }, once) => {
      const form = new FormData();
      form.append('kind', kind);
      form.append('encoding', encoding);
      form.append('file', file);
      return answered(api.POST('/imports', { params: { header: once }, body: { kind, encoding, file: file.name }, bodySerializer: () => form }));
    },
    invalidates: [importsKey],
  });
}

export function useRunImport(id: number) {
  return useWrite({
    send: (body: { mapping: ImportMapping; dryRun: boolean; atomic: 'file' | 'row' }, once) => answered(api.POST('/imports/{id}/run', { params: { path: { id }, header: once }, body })),
    invalidates: [importsKey],
  });
}

export function useSaveMapping() {
  return useWrite({
    send: ({ kind, name, mapping }: { kind: ImportKind; name: string; mapping: ImportMapping }) => answered(api.PUT('/import-mappings/{kind}/{name}', { params: { path: { kind, name } }, body: mapping })),
    invalidates: [mappingsKey],
  });
}
