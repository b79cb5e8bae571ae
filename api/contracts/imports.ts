import { z } from 'zod';
import { mappingSchema } from '../../domain/ledger/mapping';
import { contract, ledgerWriters } from './contract';
import { Id, Instant, Search, Text, idParams, page, pageQuery } from './values';

export const ImportKind = mappingSchema.shape.kind.meta({ id: 'ImportKind' });
/** How the columns of a file become fields of the ledger. */
export const Mapping = mappingSchema.meta({ id: 'ImportMapping' });
export const ImportError = z.object({ line: z.int(), column: z.string().nullable(), value: z.string().nullable(), reason: z.string() }).meta({ id: 'ImportError' });
const ImportState = z.enum(['uploaded', 'running', 'done', 'failed']);
export const Import = z.object({
  id: Id, kind: ImportKind, fileName: z.string(), bytes: z.int(), state: ImportState, dryRun: z.boolean(), atomic: z.enum(['file', 'row']), failure: z.string().nullable(),
  outcome: z.enum(['imported', 'dry-run', 'rolled-back']).nullable().describe('Of the newest run; null before one has ended'),
  columns: z.array(z.string()), sample: z.array(z.array(z.string())), mapping: Mapping.nullable(), suggestedMapping: Mapping,
  progress: z.object({ rows: z.int(), total: z.int().nullable(), created: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int() }), createdBy: z.string(), createdAt: Instant, finishedAt: Instant.nullable(),
}).meta({ id: 'Import' });
const SavedMapping = z.object({ name: z.string(), kind: ImportKind, mapping: Mapping, savedAt: Instant }).meta({ id: 'SavedMapping' });
const ImportField = z.object({ field: z.string(), required: z.boolean(), description: z.string() }).meta({ id: 'ImportField' });

const imports = { tag: 'Imports', access: ledgerWriters } as const;
export const importContracts = {
  listImports: contract({ ...imports, id: 'listImports', method: 'get', path: '/imports', summary: 'Imports, newest first', query: z.object({ search: Search.optional().describe('In the name of the file'), kind: ImportKind.optional(), state: ImportState.optional(), ...pageQuery }), status: 200, answer: page('ImportPage', Import) }),
  listImportFields: contract({ ...imports, id: 'listImportFields', method: 'get', path: '/imports/fields', summary: 'What a file of a kind can hold', query: z.object({ kind: ImportKind }), status: 200, answer: z.object({ items: z.array(ImportField) }).meta({ id: 'ImportFields' }) }),
  uploadImport: contract({
    ...imports, id: 'uploadImport', method: 'post', path: '/imports', summary: 'Upload a CSV file; answers with its columns and a suggested mapping', upload: 'multipart',
    body: z.strictObject({ kind: ImportKind, encoding: mappingSchema.shape.encoding.describe('Never guessed: what is not UTF-8 is refused unless it is said to be latin1') }), status: 201, answer: Import, problems: [413, 422],
  }),
  getImport: contract({ ...imports, id: 'getImport', method: 'get', path: '/imports/{id}', summary: 'One import with its progress', params: idParams, status: 200, answer: Import, problems: [404] }),
  runImport: contract({
    ...imports, id: 'runImport', method: 'post', path: '/imports/{id}/run', summary: 'Run it in the background, or try it without writing anything', params: idParams,
    body: z.strictObject({ mapping: Mapping.optional().describe('Left out: the suggested one'), dryRun: z.boolean().default(false), atomic: z.enum(['file', 'row']).default('row').describe('file: one bad row and nothing is written') }),
    status: 202, answer: Import, problems: [404, 409, 422],
  }),
  listImportErrors: contract({ ...imports, id: 'listImportErrors', method: 'get', path: '/imports/{id}/errors', summary: 'Its bad rows, by line', params: idParams, query: z.object(pageQuery), status: 200, answer: page('ImportErrorPage', ImportError), problems: [404] }),
  listImportMappings: contract({ ...imports, id: 'listImportMappings', method: 'get', path: '/import-mappings', summary: 'Saved mappings', query: z.object({ kind: ImportKind.optional() }), status: 200, answer: z.object({ items: z.array(SavedMapping) }).meta({ id: 'SavedMappings' }) }),
  saveImportMapping: contract({ ...imports, id: 'saveImportMapping', method: 'put', path: '/import-mappings/{kind}/{name}', summary: 'Save a mapping under a name', params: z.object({ kind: ImportKind, name: Text }), body: Mapping, status: 200, answer: SavedMapping, problems: [422] }),
  deleteImportMapping: contract({ ...imports, id: 'deleteImportMapping', method: 'delete', path: '/import-mappings/{kind}/{name}', summary: 'Forget a saved mapping', params: z.object({ kind: ImportKind, name: Text }), status: 204, problems: [404] }),
};
