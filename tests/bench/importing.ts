import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { startEngines } from '../processes/engines';
import { type Bench, moreIsBetter, timed } from './figure';
import { importFile, writeCustomers, writeInvoices } from './importLedger';
import { unpaidLedger } from './ledger';

const ratioMin = 0.3;
const rounds = 3;

/** 100,000 invoice rows through the importer, against COPY of the same file into one table as the ledger keeps its invoices. See docs/decisions/0100. */
export const importing: Bench = async ({ scale, say }) => {
  const count = Math.round(100_000 * scale);
  const engines = await startEngines('bench-import', say);
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-bench-files-'));
  try {
    const { knex } = engines;
    const ledger = unpaidLedger({ invoices: count, invoicesPerCustomer: 20, issuedFrom: '2026-01-05', issuedOverDays: 200, termsDays: 30 });
    const customersFile = path.join(folder, 'customers.csv');
    writeCustomers(customersFile, ledger);
    await importFile(knex, 'customers', customersFile);

    // Each round imports invoices of its own, into a ledger that grows, as ledgers do. Both sides take turns, so that neither has the quieter machine.
    const bare: number[] = [];
    const indexed: number[] = [];
    const reading: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      say(`import: ${count} invoices, round ${round + 1} of ${rounds}`);
      const file = path.join(folder, `invoices-${round}.csv`);
      writeInvoices(file, ledger, `${round}-`);
      bare.push((await timed(() => bareCopy(knex, file))).seconds);
      const { seconds, result } = await timed(() => importFile(knex, 'invoices', file));
      ours.push(seconds);
      reading.push(result.readSeconds);
      indexed.push((await timed(() => indexedCopy(knex, file))).seconds);
      if (round === rounds - 1) say(`import: the file has ${Math.round(statSync(file).size / 1_000)} KB`);
    }
    const rate = (seconds: readonly number[]): number => (count * rounds) / seconds.reduce((sum, each) => sum + each, 0);
    const each = (seconds: readonly number[]): string => seconds.map((one) => one.toFixed(2)).join(', ');
    return [moreIsBetter({
      bench: 'import', what: `${count} invoice rows`, value: rate(ours), unit: 'rows/s', baseline: { name: 'COPY of the same file into one table with the ledger\'s columns, checks and indexes', value: rate(indexed) },
      limit: `the indexes: COPY into a bare table without any makes ${Math.round(rate(bare))} rows/s here; ours also checks every cell, tells new from known, and writes an event and an outbox row each`,
      notes: {
        'seconds of each round, ours': each(ours), 'of which reading, checking and staging': each(reading), 'seconds of each round, COPY into a bare table': each(bare),
        'seconds of each round, baseline': each(indexed), 'ratio to COPY into a bare table': Number((rate(ours) / rate(bare)).toFixed(3)),
      },
    }, ratioMin)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await engines.stop();
  }
};

const columns = 'external_id text, customer_external_id text, number text, issued_on date, due_on date, currency text, total numeric';

async function bareCopy(knex: Knex, file: string): Promise<void> {
  await knex.raw('DROP TABLE IF EXISTS bare_invoices');
  await knex.raw(`CREATE TABLE bare_invoices (${columns})`);
  await copy(knex, 'bare_invoices', file);
}

/** What the same rows cost when they are only written, but as the ledger keeps them: its columns, checks and indexes. It keeps growing, as the ledger does. */
async function indexedCopy(knex: Knex, file: string): Promise<void> {
  await knex.raw(`CREATE TABLE IF NOT EXISTS indexed_invoices (LIKE invoices INCLUDING ALL, customer_external_id text, total numeric)`);
  await knex.raw('ALTER TABLE indexed_invoices ALTER COLUMN customer_id SET DEFAULT 1, ALTER COLUMN total_minor SET DEFAULT 10000');
  await copy(knex, 'indexed_invoices (external_id, customer_external_id, number, issued_on, due_on, currency, total)', file);
}

async function copy(knex: Knex, into: string, file: string): Promise<void> {
  const client = (await knex.client.acquireConnection()) as Client;
  try {
    await pipeline(createReadStream(file), client.query(copyFrom(`COPY ${into} FROM STDIN WITH (FORMAT csv, HEADER)`)));
  } finally {
    await knex.client.releaseConnection(client);
  }
}
