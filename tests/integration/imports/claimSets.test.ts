import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { importFiles, type ImportReport } from '../../../db/imports';
import { plainMapping } from '../../../domain/ledger/mapping';
import { openCsv } from '../../../integrations/csv/readCsv';
import { findLedgerFiles } from '../../../integrations/csv/ledgerFolder';
import { writeLedgerFolder } from '../../collection/ledgerFolder';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-20T12:00:00Z') };
const customers = Array.from({ length: 20 }, (_, index) => ({ externalId: `C-${index}`, name: `C ${index}`, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `c${index}@example.com` }] }));
const invoices = Array.from({ length: 40 }, (_, index) => ({ externalId: `I-${index}`, customerExternalId: `C-${index % 20}`, issuedOn: '2026-02-01', dueOn: '2026-02-15', currency: 'EUR', totalMinor: 10_000 }));
const ledger = { customers, invoices, payments: [], creditNotes: [] };

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Four claims on an invoice in the mean, in an order in which each takes what the one before has left. */
function claims(seed: number): { promises: string[]; disputes: string[] } {
  let state = seed;
  const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  const promises = Array.from({ length: 24 }, (_, index) => `p${index},I-${next(10)},2026-03-${10 + next(10)},2026-03-${18 + next(10)},EUR,${10 + next(120)}.00`);
  const disputes = Array.from({ length: 16 }, (_, index) => {
    const resolution = ['', 'valid', 'invalid', 'split'][next(4)]!;
    return `d${index},I-${next(10)},2026-03-10,EUR,${next(3) === 0 ? '' : `${10 + next(90)}.00`},price,${resolution},${resolution === 'split' ? '5.00' : ''},${resolution ? `2026-03-${12 + next(12)}` : ''}`;
  });
  return { promises, disputes };
}

async function take(knex: Knex, promises: readonly string[], disputes: readonly string[]): Promise<ImportReport[]> {
  const folder = writeLedgerFolder(ledger);
  folders.push(folder);
  writeFileSync(path.join(folder, 'promises.csv'), ['external_id,invoice_external_id,made_at,promised_on,currency,amount', ...promises, ''].join('\n'));
  writeFileSync(path.join(folder, 'disputes.csv'), ['external_id,invoice_external_id,opened_at,currency,amount,reason,resolution,credit,resolved_at', ...disputes, ''].join('\n'));
  const files = (await findLedgerFiles(folder)).filter(({ kind }) => ['customers', 'invoices', 'promises', 'disputes'].includes(kind));
  return importFiles(knex, context, files.map(({ kind, path: file }) => ({ kind, file: path.basename(file), mapping: plainMapping(kind), open: () => openCsv(file, plainMapping(kind)) })), { atomic: 'row' });
}

async function stands(knex: Knex): Promise<unknown> {
  const { rows } = await knex.raw<{ rows: unknown[] }>(
    `SELECT 'promise' AS what, p.external_id, p.state, p.amount_minor, (SELECT s.external_id FROM promises s WHERE s.id = p.superseded_by) AS other, (SELECT string_agg(i.external_id || ' ' || l.amount_minor || ' ' || l.superseded, ', ' ORDER BY i.external_id) FROM promise_invoices l JOIN invoices i ON i.id = l.invoice_id WHERE l.promise_id = p.id) AS lines FROM promises p
     UNION ALL SELECT 'dispute', d.external_id, coalesce(d.resolution, d.state), d.amount_minor, n.external_id, d.credited_minor::text FROM disputes d LEFT JOIN credit_notes n ON n.id = d.credit_note_id
     UNION ALL SELECT 'invoice', external_id, '', open_minor, NULL, NULL FROM invoices
     UNION ALL SELECT 'event', key, kind, 0, NULL, data::text FROM events WHERE kind LIKE 'promise.%' OR kind LIKE 'dispute.%' ORDER BY 1, 2`);
  return rows;
}

let databases: FreshDatabase[] = [];
beforeEach(async () => {
  databases = [await freshDatabase(), await freshDatabase()];
});
afterEach(() => Promise.all(databases.map((database) => database.destroy())));

test('claims taken over in sets stand as those that were taken over one by one', async () => {
  const [together, oneByOne] = databases.map(({ knex }) => knex) as [Knex, Knex];
  const { promises, disputes } = claims(4_242);
  const reports = await take(together, promises, disputes);
  const counted = { created: 0, unchanged: 0, refused: 0 };
  await take(oneByOne, [], []);
  for (const dispute of disputes) for (const { kind, created, unchanged, refused } of await take(oneByOne, [], [dispute])) if (kind === 'disputes') { counted.created += created; counted.unchanged += unchanged; counted.refused += refused; }
  for (const promise of promises) for (const { kind, created, unchanged, refused } of await take(oneByOne, [promise], [])) if (kind === 'promises') { counted.created += created; counted.unchanged += unchanged; counted.refused += refused; }
  const claimed = reports.filter(({ kind }) => kind === 'promises' || kind === 'disputes');
  expect(claimed.reduce((sum, { created, unchanged, refused }) => ({ created: sum.created + created, unchanged: sum.unchanged + unchanged, refused: sum.refused + refused }), { created: 0, unchanged: 0, refused: 0 })).toEqual(counted);
  expect(counted.created).toBeGreaterThan(15);
  expect(await stands(together)).toEqual(await stands(oneByOne));
});

test('how many statements it takes does not grow with the rows', async () => {
  const counts: number[] = [];
  for (const [index, share] of [8, 40].entries()) {
    const { knex } = databases[index]!;
    await take(knex, [], []);
    let statements = 0;
    knex.on('query', () => { statements += 1; });
    // One on each invoice: every row is in the first set.
    await take(knex, Array.from({ length: share }, (_, row) => `p${row},I-${row},2026-03-15,2026-03-25,EUR,50.00`), Array.from({ length: share }, (_, row) => `d${row},I-${row},2026-03-15,EUR,20.00,price,valid,,2026-03-18`));
    counts.push(statements);
  }
  expect(counts[1]).toBe(counts[0]);
});
