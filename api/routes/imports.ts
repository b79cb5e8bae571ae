import { unlink } from 'node:fs/promises';
import type { Knex } from 'knex';
import { persistently } from '../../db/away';
import { createImportRun, deleteMapping, endInterruptedImports, finishImportRun, ImportEnded, importRows, listImportRuns, listMappings, noteImportProgress, readImportRun, saveMapping, startImportRun, whileImporting, type ImportReport, type ImportRun } from '../../db/imports';
import type { LedgerContext } from '../../db/ledger';
import { shown as shownText } from '../../domain/ledger/checks';
import { ledgerFields, requiredFields } from '../../domain/ledger/fields';
import { MappingError, type Mapping } from '../../domain/ledger/mapping';
import { suggestMapping } from '../../domain/ledger/suggestMapping';
import { CsvError } from '../../integrations/csv/csvError';
import { openCsv } from '../../integrations/csv/readCsv';
import type { importContracts } from '../contracts/imports';
import type { Handlers } from '../http/call';
import { conflict, impossible, notFound, ProblemError } from '../http/problem';
import type { ApiDeps } from '../deps';
import { ledgerContext } from './ledgerContext';
import { paged } from './paging';

const sampleRows = 20;
const progressEveryMs = 500;

export const importHandlers: Handlers<typeof importContracts> = {
  listImports: async ({ db, query }) => {
    const { items, next } = await paged(query, '-id', 1, (page) => listImportRuns(db, query, page));
    return { items: items.map(shown), next };
  },
  listImportFields: async ({ query: { kind } }) => ({ items: ledgerFields[kind].map((field) => ({ field, required: requiredFields[kind].includes(field), description: fieldTexts[field] ?? field.replaceAll('_', ' ') })) }),
  uploadImport: {
    outside: true,
    handle: async ({ request, body: { kind, encoding }, actor, deps }) => {
      const { file } = request;
      if (!file) throw new ProblemError(400, 'invalid-request', 'The upload has no file: send it in the field "file" of multipart/form-data.', [{ path: 'file', message: 'is missing' }]);
      const { header, sample } = await readHead(file.path, encoding);
      // Browsers send a file's name in UTF-8; the parser reads it as latin1.
      const fileName = Buffer.from(file.originalname, 'latin1').toString('utf8');
      const run = await createImportRun(deps.knex, { kind, fileName, path: file.path, bytes: file.size, columns: header, sample, suggested: { ...suggestMapping(kind, header, sample), encoding }, createdBy: actor.name });
      return shown(run);
    },
  },
  getImport: async ({ db, params }) => shown(await found(db, params.id)),
  runImport: {
    outside: true,
    handle: async ({ params, body, actor, deps }) => {
      const run = await found(deps.knex, params.id);
      const mapping = body.mapping ?? run.mapping ?? run.suggested;
      if (mapping.kind !== run.kind) throw impossible(`The file holds ${run.kind}, the mapping is for ${mapping.kind}.`, [{ path: 'mapping.kind', message: `must be ${run.kind}` }]);
      const context = await ledgerContext(deps.knex, actor);
      if (underWay >= importsAtOnceMax) throw conflict(`${importsAtOnceMax} imports are running. Start this one when one of them has ended.`);
      const started = await new Promise<ImportRun | null>((resolve, reject) => {
        const work = async (): Promise<void> => {
          const begun = await startImportRun(deps.knex, run.id, { mapping, dryRun: body.dryRun, atomic: body.atomic });
          resolve(begun);
          if (!begun) return;
          underWay += 1;
          await carryOut(deps, begun, mapping, context).finally(() => {
            underWay -= 1;
          });
        };
        endInterruptedImports(deps.knex).then(() => whileImporting(deps.knex, run.id, work)).then(() => resolve(null), reject);
      });
      if (!started) throw conflict(run.report?.outcome === 'imported' ? 'This file has been imported already: upload it again to import it again.' : 'This import is running already.');
      return shown(started);
    },
  },
  listImportErrors: async ({ db, params, query }) => {
    const errors = (await found(db, params.id)).report?.errors ?? [];
    return paged(query, 'position', 1, ({ after, limit }) => {
      const start = Number(after?.[0] ?? 0);
      return Promise.resolve({ rows: errors.slice(start, start + limit), next: start + limit < errors.length ? [String(start + limit)] : null });
    });
  },

  listImportMappings: async ({ db, query }) => ({ items: (await listMappings(db, query.kind)).map(({ updatedAt, ...saved }) => ({ ...saved, savedAt: updatedAt })) }),
  saveImportMapping: async ({ trx, params, body, actor }) => {
    if (body.kind !== params.kind) throw impossible(`The path says ${params.kind}, the mapping is for ${body.kind}.`, [{ path: 'kind', message: `must be ${params.kind}` }]);
    const { updatedAt, ...saved } = await refusing(() => saveMapping(trx, actor, params.name, body));
    return { ...saved, savedAt: updatedAt };
  },
  deleteImportMapping: async ({ trx, params, actor }) => {
    if (!(await deleteMapping(trx, actor, params.kind, params.name))) throw notFound('saved mapping', `${params.kind}/${params.name}`);
  },
};

const fieldTexts: Readonly<Record<string, string>> = {
  external_id: 'its id in the system it comes from', customer_external_id: "the customer's id there", invoice_external_id: 'the invoice that it settles; empty: on account', time_zone: 'IANA zone, e.g. Europe/Berlin',
  country: 'two letters, e.g. DE', region: 'for public holidays, e.g. BY', language: 'e.g. en or de', terms_days: 'days net', grace_days: 'days after the due date before overdue steps count', credit_limit: 'amount in credit_limit_currency', credit_limit_currency: 'three letters, e.g. EUR', do_not_contact: 'true or false', owner_email: 'the address of the user whose account it is', currency: 'three letters, e.g. EUR',
  total: 'amount in the currency, e.g. 1234.50', amount: 'amount in the currency, e.g. 1234.50', document_state: 'draft, issued or void', received_at: 'date, or date and time', payment_external_id: 'the payment that the money goes back of', refunded_at: 'date, or date and time', made_at: 'date, or date and time', opened_at: 'date, or date and time', resolved_at: 'date, or date and time', promised_on: 'the last day on which it is to be paid',
  resolution: 'valid, invalid or split; empty while the dispute is open', credit: 'what is credited of a split', reason: 'why, e.g. price',
};

async function found(db: Knex, id: number): Promise<ImportRun> {
  const run = await readImportRun(db, id);
  if (!run) throw notFound('import', id);
  return run;
}

async function readHead(path: string, encoding: Mapping['encoding']): Promise<{ header: string[]; sample: string[][] }> {
  try {
    const file = await refusing(() => openCsv(path, { encoding }));
    const sample: string[][] = [];
    for await (const { cells } of file.rows()) {
      sample.push(cells.map(shownText));
      if (sample.length >= sampleRows) break;
    }
    return { header: [...file.header], sample };
  } catch (error) {
    await unlink(path);
    if (error instanceof CsvError) throw impossible(error.message, [{ path: 'file', message: error.message }]);
    throw error;
  }
}

/** Each takes two connections of the pool and much of the database's time; the rest of the API needs both. */
const importsAtOnceMax = 2;
let underWay = 0;

/** Runs in the background; how it goes and ends is in the import's row, which is what the console watches. */
async function carryOut(deps: ApiDeps, run: ImportRun, mapping: Mapping, context: LedgerContext): Promise<void> {
  const { knex, logger } = deps;
  try {
    const end = await importUpload(deps, run, mapping, context);
    // Through a restart of the database: what was imported is not to be called interrupted.
    await persistently(() => finishImportRun(knex, run.id, end));
    if ('report' in end && end.report.outcome === 'imported') await unlink(run.path);
  } catch (error) {
    logger.error({ err: error, import: run.id }, 'the end of an import could not be written');
  }
}

/** What came of it; never throws. */
async function importUpload({ knex, logger }: ApiDeps, run: ImportRun, mapping: Mapping, context: LedgerContext): Promise<{ report: ImportReport } | { failure: string }> {
  let noted = Date.now();
  try {
    const report = await importRows(knex, context, () => openCsv(run.path, mapping), {
      kind: run.kind, file: run.fileName, mapping, atomic: run.atomic, dryRun: run.dryRun,
      onProgress: ({ rows }) => {
        if (Date.now() - noted < progressEveryMs) return;
        noted = Date.now();
        noteImportProgress(knex, run.id, rows).catch((error: unknown) => logger.warn({ err: error, import: run.id }, 'the progress of an import could not be written'));
      },
    });
    return { report };
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const known = error instanceof CsvError || error instanceof MappingError || error instanceof ImportEnded;
    if (error instanceof ImportEnded) logger.warn({ err: error, import: run.id }, 'import ended');
    else if (!known && !gone) logger.error({ err: error, import: run.id }, 'import failed');
    return { failure: known ? error.message : gone ? 'The uploaded file is no longer here: upload it again.' : 'The import failed here; the log says why. Nothing was written: run it again.' };
  }
}

function shown(run: ImportRun) {
  const { suggested, rowsRead, report, path: _path, ...rest } = run;
  return {
    ...rest, suggestedMapping: suggested, outcome: report?.outcome ?? null,
    progress: { rows: rowsRead, total: report?.rows ?? null, created: report?.created ?? 0, updated: report?.updated ?? 0, unchanged: report?.unchanged ?? 0, rejected: report?.refused ?? 0 },
  };
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MappingError) throw impossible(error.message, [{ path: 'mapping', message: error.message }]);
    throw error;
  }
}
