import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { runReplay } from '../../cli/replay/runReplay';
import { systemActor } from '../../db/audit';
import { importFiles, type ImportReport } from '../../db/imports';
import { plainMapping } from '../../domain/ledger/mapping';
import { simulate } from '../../domain/simulation/simulate';
import { findLedgerFiles } from '../../integrations/csv/ledgerFolder';
import { openCsv } from '../../integrations/csv/readCsv';
import { readLedgerFolder } from '../../integrations/csv/readLedgerFolder';
import { policyFile, quietRuntime } from '../collection/deployment';
import { generatedLedger } from '../collection/generatedLedger';
import { writeLedgerFolder } from '../collection/ledgerFolder';
import { withReplayEngines } from '../collection/replayEngines';
import { freshDatabase, type FreshDatabase } from '../engines/database';

jest.setTimeout(600_000);
beforeAll(quietRuntime);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const generated = generatedLedger({ seed: 31, customers: 9, invoices: 45, from: '2026-01-20', days: 25 });

function folderOf(ledger: Parameters<typeof writeLedgerFolder>[0], files: Record<string, string> = {}): string {
  const folder = writeLedgerFolder(ledger);
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

describe('promises.csv, disputes.csv and refunds.csv of a ledger folder', () => {
  test('are read as they were written, and a simulation goes by them', async () => {
    const { policy } = policyFile('reference.yaml');
    const { ledger, errors } = await readLedgerFolder(folderOf(generated));
    expect(errors).toEqual([]);
    expect([ledger.promises, ledger.disputes, ledger.refunds]).toEqual([generated.promises, generated.disputes, generated.refunds]);
    const decisions = simulate(ledger, policy, '2026-01-20', '2026-08-01');
    expect(decisions).toEqual(simulate(generated, policy, '2026-01-20', '2026-08-01'));
    expect(new Set(decisions.filter(({ outcome }) => outcome === 'deferred').map(({ reason }) => reason))).toEqual(new Set(['the customer has promised to pay', 'what is open is disputed']));
  });

  test('rows that fit nothing are told with file, line, column, value and reason', async () => {
    const [invoice] = generated.invoices;
    const { errors } = await readLedgerFolder(folderOf(generated, {
      'promises.csv': `external_id,invoice_external_id,made_at,promised_on,currency,amount\np1,NONE,2026-03-01,2026-03-10,USD,5\np2,${invoice!.externalId},2026-03-01,2026-03-10,CHF,5\np3,${invoice!.externalId},2026-03-11,2026-03-10,${invoice!.currency},5\n`,
      'disputes.csv': `external_id,invoice_external_id,opened_at,currency,reason\nd1,${invoice!.externalId},2026-03-01,${invoice!.currency},price\nd1,${invoice!.externalId},2026-03-02,${invoice!.currency},price\n`,
    }));
    expect(errors).toEqual([
      { file: 'promises.csv', line: 4, column: 'promised_on', value: '2026-03-10', reason: 'is before the promise was made, 2026-03-11' },
      { file: 'promises.csv', line: 2, column: 'invoice_external_id', value: 'NONE', reason: 'is not a known invoice' },
      { file: 'promises.csv', line: 3, column: 'currency', value: 'CHF', reason: `differs from the currency of the invoice, ${invoice!.currency}` },
      { file: 'disputes.csv', line: 3, column: 'external_id', value: 'd1', reason: 'is there twice, with other content' },
    ]);
  });

  test('refunds that the payments do not bear are told the same way', async () => {
    const { ledger, errors } = await readLedgerFolder(folderOf({ ...generated, payments: [{ externalId: 'P-1', customerExternalId: 'C-0', invoiceExternalId: null, receivedAt: '2026-03-01T15:00:00Z', currency: 'USD', amountMinor: 10_000 }], refunds: [] }, {
      'refunds.csv': `external_id,payment_external_id,kind,refunded_at,currency,amount
r1,P-1,,2026-03-03,USD,60.00
r2,NONE,refund,2026-03-03,USD,5
r3,P-1,refund,2026-03-03,EUR,5
r4,P-1,refund,2026-02-27,USD,5
r5,P-1,refund,2026-03-02,USD,5
r6,P-1,refund,2026-03-04,USD,40.01
r7,P-1,chargeback,2026-03-05,USD,40.00
r8,P-1,bounced,2026-03-05,USD,
r9,P-1,chargeback,2026-03-05,USD,
r10,P-1,refund,2026-03-06,USD,1
`,
    }));
    expect(ledger.refunds?.map(({ externalId, kind, amountMinor }) => [externalId, kind, amountMinor])).toEqual([['r1', 'refund', 6_000], ['r9', 'chargeback', null]]);
    expect(errors.map(({ line, column, value, reason }) => ({ line, column, value, reason }))).toEqual([
      { line: 8, column: 'amount', value: '40.00', reason: 'is for a refund: a chargeback takes all that is left of the payment back' },
      { line: 9, column: 'kind', value: 'bounced', reason: 'must be one of refund, reversal, chargeback' },
      { line: 3, column: 'payment_external_id', value: 'NONE', reason: 'is not a known payment' },
      { line: 4, column: 'currency', value: 'EUR', reason: 'differs from the currency of the payment, USD' },
      { line: 5, column: 'refunded_at', value: '2026-02-27', reason: 'is before the payment was received, 2026-03-01T15:00:00Z' },
      { line: 6, column: 'refunded_at', value: '2026-03-02', reason: 'is before the row above it of the same payment, 2026-03-03: put them in the order in which they happened' },
      { line: 7, column: 'amount', value: '4001', reason: 'is more than what is left of the payment, 4000 minor units' },
      { line: 11, column: 'payment_external_id', value: 'P-1', reason: 'is reversed: nothing of it is left to give back' },
    ]);
  });

  test('a replay of the folder decides what the simulator says, row for row', async () => {
    const { ledger } = await readLedgerFolder(folderOf(generated));
    const report = await withReplayEngines('replay', ({ knex, temporal }) => runReplay({ ledger, ...policyFile('reference.yaml'), knex, temporal }));
    expect(report.firstMismatches).toEqual([]);
    expect(report).toMatchObject({ mismatches: 0, remindersToPaidInvoices: 0, doubledMessages: 0, promises: generated.promises!.length, disputes: generated.disputes!.length, refunds: generated.refunds!.length });
    expect(report.byOutcome.deferred).toBeGreaterThan(0);
  });
});

describe('importing them', () => {
  let database: FreshDatabase;
  let knex: Knex;
  const context = { actor: systemActor, at: new Date('2026-03-20T12:00:00Z') };
  const ledger = {
    customers: [{ externalId: 'C', name: 'C', timeZone: 'Europe/Berlin', contacts: [{ role: 'billing' as const, email: 'c@example.com' }] }],
    invoices: ['I-1', 'I-2', 'I-3', 'I-4', 'I-5'].map((externalId) => ({ externalId, customerExternalId: 'C', issuedOn: '2026-02-01', dueOn: '2026-02-15', currency: 'EUR', totalMinor: 10_000 })),
    payments: [{ externalId: 'P-4', invoiceExternalId: 'I-4', receivedAt: '2026-03-01', currency: 'EUR', amountMinor: 10_000 }], creditNotes: [],
  };
  const promises = 'external_id,invoice_external_id,made_at,promised_on,currency,amount';
  const disputes = 'external_id,invoice_external_id,opened_at,currency,amount,reason,resolution,credit,resolved_at';

  const importFolder = async (folder: string, more: { atomic?: 'file' | 'row'; dryRun?: boolean } = {}): Promise<ImportReport[]> => {
    const files = await findLedgerFiles(folder);
    return importFiles(knex, context, files.map(({ kind, path: file }) => ({ kind, file: path.basename(file), mapping: plainMapping(kind), open: () => openCsv(file, plainMapping(kind)) })), { atomic: more.atomic ?? 'file', dryRun: more.dryRun });
  };
  const stands = async (): Promise<string[]> => (await knex.raw<{ rows: { line: string }[] }>(
    `SELECT external_id || ' ' || state || ' ' || amount_minor AS line FROM promises UNION ALL SELECT external_id || ' ' || coalesce(resolution, state) || ' ' || amount_minor || ' credited ' || credited_minor FROM disputes ORDER BY 1`)).rows.map(({ line }) => line);

  beforeAll(async () => {
    database = await freshDatabase();
    knex = database.knex;
  });
  afterAll(() => database.destroy());

  const folder = (): string => folderOf(ledger, {
    // Running; cut to what is open; over since yesterday; of an invoice that is paid.
    'promises.csv': `${promises}\np1,I-1,2026-03-15,2026-03-25,EUR,60.00\np2,I-2,2026-03-15,2026-03-25,EUR,500.00\np3,I-3,2026-03-01,2026-03-19,EUR,50.00\np4,I-4,2026-03-01,2026-03-25,EUR,50.00\n`,
    'disputes.csv': `${disputes}\nd1,I-1,2026-03-10,EUR,30.00,price,,,\nd2,I-3,2026-03-10,EUR,,quality,split,25.00,2026-03-18\nd3,I-4,2026-03-10,EUR,,quality,,,\nd5,I-5,2026-03-10,EUR,,terms,valid,,2026-04-18\n`,
  });

  test('what runs still is taken over; what is over or paid is left out; the same files again change nothing', async () => {
    expect((await importFolder(folder(), { dryRun: true })).map(({ outcome }) => outcome)).toEqual(Array(7).fill('dry-run'));
    expect(await stands()).toEqual([]);
    const reports = await importFolder(folder());
    expect(reports.map(({ kind, created, unchanged, refused, outcome }) => [kind, created, unchanged, refused, outcome]).slice(5)).toEqual([['disputes', 3, 1, 0, 'imported'], ['promises', 2, 2, 0, 'imported']]);
    // The dispute of I-5 is resolved on a day to come: it is open now.
    expect(await stands()).toEqual(['d1 open 3000 credited 0', 'd2 split 10000 credited 2500', 'd5 open 10000 credited 0', 'p1 pending 6000', 'p2 pending 10000']);
    expect((await importFolder(folder())).map(({ created, updated, refused }) => created + updated + refused)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('a dispute that is resolved meanwhile is resolved here too', async () => {
    const [report] = (await importFolder(folderOf(ledger, { 'promises.csv': `${promises}\n`, 'disputes.csv': `${disputes}\nd1,I-1,2026-03-10,EUR,30.00,price,invalid,,2026-03-20\n` }))).slice(5);
    expect(report).toMatchObject({ kind: 'disputes', created: 0, updated: 1, refused: 0 });
    expect(await stands()).toContain('d1 invalid 3000 credited 0');
  });

  test('a wrong row is refused with its line and column, and nothing of any file is imported', async () => {
    const wrong = folderOf(ledger, { 'promises.csv': `${promises}\np9,I-1,2026-03-21,2026-03-25,EUR,5.00\np8,I-9,2026-03-15,2026-03-25,EUR,5.00\np7,I-3,2026-03-15,2026-03-25,EUR,5.00\n`, 'disputes.csv': `${disputes}\n` });
    const reports = await importFolder(wrong);
    expect(reports.at(-1)).toMatchObject({ kind: 'promises', outcome: 'rolled-back', refused: 2, errors: [
      { line: 2, column: 'made_at', value: '2026-03-21', reason: 'lies ahead: bring it over once it has happened' },
      { line: 3, column: 'invoice_external_id', value: 'I-9', reason: 'is not a known invoice' },
    ] });
    expect(await stands()).not.toContain('p7 pending 500');
    expect((await importFolder(wrong, { atomic: 'row' })).at(-1)).toMatchObject({ created: 1, refused: 2, outcome: 'imported' });
  });
});
