import type { Knex } from 'knex';
import type { Mapping } from '../../domain/ledger/mapping';
import type { FileKind } from '../../domain/ledger/records';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';
import type { ImportReport } from './report';

/** An import as the console shows it: uploaded once, then run, dry or in earnest. */
export interface ImportRun {
  id: number;
  kind: FileKind;
  fileName: string;
  path: string;
  bytes: number;
  columns: string[];
  sample: string[][];
  suggested: Mapping;
  mapping: Mapping | null;
  state: 'uploaded' | 'running' | 'done' | 'failed';
  dryRun: boolean;
  atomic: 'file' | 'row';
  rowsRead: number;
  report: ImportReport | null;
  failure: string | null;
  createdBy: string;
  createdAt: Date;
  finishedAt: Date | null;
}

interface RunRow {
  id: number;
  kind: FileKind;
  file_name: string;
  path: string;
  bytes: number;
  columns: string[];
  sample: string[][];
  suggested: Mapping;
  mapping: Mapping | null;
  state: ImportRun['state'];
  dry_run: boolean;
  atomic: 'file' | 'row';
  rows_read: number;
  report: ImportReport | null;
  failure: string | null;
  created_by: string;
  created_at: Date;
  finished_at: Date | null;
}

export type NewImportRun = Pick<ImportRun, 'kind' | 'fileName' | 'path' | 'bytes' | 'columns' | 'sample' | 'suggested' | 'createdBy'>;

export async function createImportRun(db: Knex, run: NewImportRun): Promise<ImportRun> {
  const [row] = await db('imports').insert({
    kind: run.kind,
    file_name: run.fileName,
    path: run.path,
    bytes: run.bytes,
    columns: JSON.stringify(run.columns),
    sample: JSON.stringify(run.sample),
    suggested: JSON.stringify(run.suggested),
    created_by: run.createdBy,
  }).returning('*');
  return importRun(row as RunRow);
}

export async function readImportRun(db: Knex, id: number): Promise<ImportRun | null> {
  const row = await db<RunRow>('imports').where({ id }).first();
  return row ? importRun(row) : null;
}

/** Imports, the newest first; `search` is a part of the file's name. */
export async function listImportRuns(db: Knex, { search, kind, state }: { search?: string; kind?: FileKind; state?: ImportRun['state'] }, page: PageRequest): Promise<Page<ImportRun>> {
  const { rows, next } = await readPage<RunRow>(db, {
    columns: 'imports.*', from: 'imports', where: new Where().containing(search, 'file_name').when(kind, 'kind = ?').when(state, 'state = ?'), sort: [{ sql: 'id', type: 'bigint' }], direction: 'desc',
  }, page);
  return { rows: rows.map(importRun), next };
}

/**
 * Marks a run as started. null when it is running already, or when it has been imported in earnest: then the file is done with.
 */
export async function startImportRun(db: Knex, id: number, { mapping, dryRun, atomic }: { mapping: Mapping; dryRun: boolean; atomic: 'file' | 'row' }): Promise<ImportRun | null> {
  const [row] = await db<RunRow>('imports').where({ id }).whereNot('state', 'running').whereRaw(`(report IS NULL OR report ->> 'outcome' <> 'imported')`)
    .update({ state: 'running', mapping: JSON.stringify(mapping) as unknown as Mapping, dry_run: dryRun, atomic, rows_read: 0, report: null, failure: null, finished_at: null }).returning('*');
  return row ? importRun(row) : null;
}

export async function noteImportProgress(db: Knex, id: number, rowsRead: number): Promise<void> {
  await db('imports').where({ id }).update({ rows_read: rowsRead });
}

export async function finishImportRun(db: Knex, id: number, end: { report: ImportReport } | { failure: string }): Promise<void> {
  await db('imports').where({ id }).update('report' in end
    ? { state: 'done', report: JSON.stringify(end.report), rows_read: end.report.rows, finished_at: new Date() }
    : { state: 'failed', failure: end.failure, finished_at: new Date() });
}

function importRun(row: RunRow): ImportRun {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    path: row.path,
    bytes: row.bytes,
    columns: row.columns,
    sample: row.sample,
    suggested: row.suggested,
    mapping: row.mapping,
    state: row.state,
    dryRun: row.dry_run,
    atomic: row.atomic,
    rowsRead: row.rows_read,
    report: row.report,
    failure: row.failure,
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
