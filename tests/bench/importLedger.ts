import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { systemActor } from '../../db/audit';
import { type ImportProgress, importRows } from '../../db/imports';
import { plainMapping } from '../../domain/ledger/mapping';
import { formatMoney } from '../../domain/money/money';
import type { Ledger } from '../../domain/simulation/timeline';
import { openCsv } from '../../integrations/csv/readCsv';

/** Writes customers and invoices as files, and imports them as anybody would. */
export async function importLedger(knex: Knex, ledger: Ledger, folder: string): Promise<void> {
  const customers = path.join(folder, 'customers.csv');
  const invoices = path.join(folder, 'invoices.csv');
  writeCustomers(customers, ledger);
  writeInvoices(invoices, ledger);
  await importFile(knex, 'customers', customers);
  await importFile(knex, 'invoices', invoices);
}

export function writeCustomers(file: string, { customers }: Ledger): void {
  writeFileSync(file, ['external_id,name,email,time_zone,country,language', ...customers.map(({ externalId, name, contacts, timeZone, country, language }) =>
    [externalId, name, contacts?.[0]?.email ?? '', timeZone ?? '', country ?? '', language ?? ''].join(','))].join('\n'));
}

/** @param prefix makes the ids and numbers others than those of an earlier file */
export function writeInvoices(file: string, { invoices }: Ledger, prefix = ''): void {
  writeFileSync(file, ['external_id,customer_external_id,number,issued_on,due_on,currency,total', ...invoices.map(({ externalId, customerExternalId, number, issuedOn, dueOn, currency, totalMinor }) =>
    [prefix + externalId, customerExternalId, prefix + (number ?? externalId), issuedOn, dueOn, currency, formatMoney(totalMinor, currency)].join(','))].join('\n'));
}

/** Imports a file of new records; answers how long it took to read, check and stage it. */
export async function importFile(knex: Knex, kind: 'customers' | 'invoices', file: string): Promise<{ readSeconds: number }> {
  const mapping = plainMapping(kind);
  const start = performance.now();
  let readSeconds = 0;
  const onProgress = ({ phase }: ImportProgress): void => {
    if (phase === 'writing') readSeconds = (performance.now() - start) / 1_000;
  };
  const report = await importRows(knex, { actor: systemActor, at: new Date() }, () => openCsv(file, mapping), { kind, file, mapping, atomic: 'file', onProgress });
  if (report.outcome !== 'imported' || report.created !== report.rows) throw new Error(`The import of ${kind} went wrong: ${JSON.stringify(report)}`);
  return { readSeconds };
}
