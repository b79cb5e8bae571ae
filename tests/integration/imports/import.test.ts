import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { deleteMapping, importFiles, importRows, listMappings, readMapping, saveMapping, type ImportManner, type ImportReport } from '../../../db/imports';
import { parseMapping } from '../../../domain/ledger/mapping';
import type { FileKind } from '../../../domain/ledger/records';
import { openCsv } from '../../../integrations/csv/readCsv';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-01T12:00:00Z') };
let database: FreshDatabase;
let knex: Knex;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dunwell-import-'));
  database = await freshDatabase();
  knex = database.knex;
  await importText('customers', 'external_id,name,email,time_zone\n0001,Acme,ap@acme.example,Europe/Berlin\n0002,Globex,ap@globex.example,America/New_York\n');
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

async function importText(kind: FileKind, content: string | Buffer, options: Partial<ImportManner> & { mapping?: Record<string, unknown> } = {}): Promise<ImportReport> {
  const path = join(folder, `${kind}.csv`);
  await writeFile(path, content);
  const mapping = parseMapping({ kind, ...options.mapping });
  return importRows(knex, context, () => openCsv(path, mapping), { kind, file: `${kind}.csv`, mapping, atomic: options.atomic ?? 'row', dryRun: options.dryRun ?? false, onProgress: options.onProgress });
}

const invoiceHeader = 'external_id,customer_external_id,issued_on,due_on,currency,total';
const read = (table: string, externalId: string): Promise<Record<string, unknown>> => knex(table).where('external_id', externalId).first();

test('leading zeros survive, and the same file again changes nothing', async () => {
  const file = `${invoiceHeader},number\n000042,0001,2026-01-01,2026-01-31,USD,100.50,0000000042\n`;
  expect(await importText('invoices', file)).toMatchObject({ rows: 1, created: 1, refused: 0, outcome: 'imported' });
  expect(await read('invoices', '000042')).toMatchObject({ number: '0000000042', total_minor: 10050, issued_on: '2026-01-01' });
  expect(await importText('invoices', file)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  expect(await importText('invoices', file.replace('100.50', '101.50'))).toMatchObject({ updated: 1 });
});

test('a void invoice stays void when a file brings it again with an empty document_state', async () => {
  const file = (state: string): string => `${invoiceHeader},document_state\nVOID-1,0001,2026-01-01,2026-01-31,USD,100.00,${state}\n`;
  await importText('invoices', file('void'));
  expect(await importText('invoices', file(''))).toMatchObject({ unchanged: 1 });
  expect(await read('invoices', 'VOID-1')).toMatchObject({ document_state: 'void', open_minor: 0 });
});

test('whole numbers that are too long to be exact are texts, and decimals are the same when they come again', async () => {
  const file = 'external_id,name,iban_digits,share\nLONG-1,Acme,12345678901234567891,0.1234567890123456789\n';
  expect(await importText('customers', file)).toMatchObject({ created: 1, customFields: [{ name: 'iban_digits', type: 'text' }, { name: 'share', type: 'number' }] });
  expect(await importText('customers', file)).toMatchObject({ unchanged: 1 });
  expect(await read('customers', 'LONG-1')).toMatchObject({ custom: { iban_digits: '12345678901234567891', share: 0.12345678901234568 } });
});

test('a file may bring more typed columns than a function of PostgreSQL takes arguments', async () => {
  const columns = Array.from({ length: 120 }, (_each, index) => `measure_${index}`);
  const file = `external_id,name,${columns.join(',')}\nWIDE-1,Acme,${columns.map((_name, index) => index + 0.5).join(',')}\n`;
  expect(await importText('customers', file)).toMatchObject({ created: 1, outcome: 'imported' });
  expect(await read('customers', 'WIDE-1')).toMatchObject({ custom: Object.fromEntries(columns.map((name, index) => [name, index + 0.5])) });
});

test('a file of more columns than anybody made is refused at once', async () => {
  const wide = (count: number): string => `external_id,name,${Array.from({ length: count - 2 }, (_each, index) => `c${index}`).join(',')}\n`;
  await expect(importText('customers', wide(1_001))).rejects.toThrow('The first line names 1001 columns; at most 1000 are taken.');
  expect(await importText('customers', wide(1_000))).toMatchObject({ rows: 0 });
});

test('a byte order mark, semicolons, European decimals, dates as written there, and quoted line breaks', async () => {
  const file = '\uFEFFexternal_id;customer_external_id;issued_on;due_on;currency;total;Projekt\r\nDE-1;0001;1.2.2026;28.02.2026;EUR;1.234,56;"Halle 1\r\nTor ""B"""\r\n\r\nDE-2;0001;1.2.2026;28.02.2026;EUR;x;y\r\n';
  const report = await importText('invoices', file, { mapping: { dateFormat: 'd.M.yyyy', decimal: ',' } });
  expect(report).toMatchObject({ rows: 2, created: 1, refused: 1, customFields: [{ name: 'Projekt', type: 'text' }] });
  expect(report.errors).toEqual([{ line: 5, column: 'total', value: 'x', reason: 'is not an amount such as 1234,50' }]);
  expect(await read('invoices', 'DE-1')).toMatchObject({ total_minor: 123456, due_on: '2026-02-28', custom: { Projekt: 'Halle 1\r\nTor "B"' } });
});

test('tabs and backslashes in cells come through COPY as they are', async () => {
  await importText('customers', 'external_id,name,remark\nodd,"A\tB\\N C",\\N\n');
  expect(await read('customers', 'odd')).toMatchObject({ name: 'A\tB\\N C', custom: { remark: '\\N' } });
});

test('latin1 is read when the mapping says so, and never guessed', async () => {
  const bytes = Buffer.from('external_id,name\nm,Müller\n', 'latin1');
  await expect(importText('customers', bytes)).rejects.toThrow('Line 2: the text is not UTF-8; save the file as UTF-8, or say that its encoding is latin1');
  await importText('customers', bytes, { mapping: { encoding: 'latin1' } });
  expect(await read('customers', 'm')).toMatchObject({ name: 'Müller' });
});

test('every bad row has its line, column, value and reason; with atomic row the good ones are imported', async () => {
  const report = await importText('invoices', [
    invoiceHeader,
    'ok-1,0001,2026-01-01,2026-01-31,USD,5',
    'bad-date,0001,2026-02-30,2026-03-31,USD,5',
    'negative,0001,2026-01-01,2026-01-31,USD,-5',
    'unknown,nobody,2026-01-01,2026-01-31,USD,5',
    'twice,0001,2026-01-01,2026-01-31,USD,5',
    'twice,0001,2026-01-01,2026-01-31,USD,5',
    'twice,0001,2026-01-01,2026-01-31,USD,6',
    'short,0001',
  ].join('\n'));
  expect(report).toMatchObject({ rows: 8, created: 2, unchanged: 1, refused: 5, outcome: 'imported' });
  expect(report.errors.map(({ line, column, value, reason }) => `${line} ${column} ${value}: ${reason}`)).toEqual([
    '3 issued_on 2026-02-30: is not a date in the format yyyy-MM-dd',
    '4 total -5: is negative; what a customer is owed is a credit note',
    '5 customer_external_id nobody: is not a known customer',
    '8 external_id twice: stands with other content in line 6',
    '9 row null: has 2 cells where the first line has 6; is a quote or a delimiter missing?',
  ]);
});

test('with atomic file one bad row keeps everything out, and all errors are told', async () => {
  const report = await importText('invoices', `${invoiceHeader}\nfine,0001,2026-01-01,2026-01-31,USD,5\nwrong,0001,x,2026-01-31,USD,5\nlost,nobody,2026-01-01,2026-01-31,USD,5\n`, { atomic: 'file' });
  expect(report).toMatchObject({ created: 1, refused: 2, outcome: 'rolled-back' });
  expect(report.errors.map(({ line }) => line)).toEqual([3, 4]);
  expect(await read('invoices', 'fine')).toBeUndefined();
});

test('a dry run tells what would happen and changes nothing', async () => {
  const before = await knex('audit_entries').count('* as count').first();
  expect(await importText('invoices', `${invoiceHeader},brand_new\ndry,0001,2026-01-01,2026-01-31,USD,5,1\n`, { dryRun: true })).toMatchObject({ created: 1, outcome: 'dry-run' });
  expect(await read('invoices', 'dry')).toBeUndefined();
  expect(await knex('custom_fields').where('name', 'brand_new')).toEqual([]);
  expect(await knex('audit_entries').count('* as count').first()).toEqual(before);
});

test('payments: known ones are harmless, changed ones refused; the rest is unapplied', async () => {
  await importText('invoices', `${invoiceHeader}\npay-me,0002,2026-01-01,2026-01-31,USD,100\n`);
  const file = 'external_id,customer_external_id,invoice_external_id,received_at,currency,amount\nP1,0002,pay-me,2026-02-01,USD,130\nP2,0002,,2026-02-02T10:00:00Z,USD,5\n';
  expect(await importText('payments', file)).toMatchObject({ created: 2 });
  expect(await read('payments', 'P1')).toMatchObject({ applied_minor: 10000, unapplied_minor: 3000, received_at: new Date('2026-02-01T05:00:00Z') });
  expect(await importText('payments', file)).toMatchObject({ created: 0, unchanged: 2 });
  const changed = await importText('payments', file.replace('130', '131'));
  expect(changed).toMatchObject({ unchanged: 1, refused: 1, errors: [{ line: 2, column: 'external_id', value: 'P1', reason: 'is known already with other content' }] });
  expect(await importText('payments', 'external_id,customer_external_id,invoice_external_id,received_at,currency,amount\nP3,0002,pay-me,2026-02-01,EUR,-1\n')).toMatchObject({ refused: 1, errors: [{ column: 'amount' }] });
});

test('custom fields are typed by what all rows hold, and by what is registered from then on', async () => {
  const report = await importText('customers', 'external_id,name,score,vip,since,code\nt1,A,1.5,yes,2026-01-01,007\nt2,B,,no,,008\n');
  expect(report.customFields).toEqual([{ name: 'score', type: 'number' }, { name: 'vip', type: 'boolean' }, { name: 'since', type: 'date' }, { name: 'code', type: 'text' }]);
  expect(await read('customers', 't1')).toMatchObject({ custom: { score: 1.5, vip: true, since: '2026-01-01', code: '007' } });
  const again = await importText('customers', 'external_id,name,score\nt3,C,high\nt4,D,2\n');
  expect(again).toMatchObject({ created: 1, refused: 1, errors: [{ line: 2, column: 'score', value: 'high', reason: 'is not a number, which this custom field is' }] });
});

test('columns that a file lacks leave the customer as it is', async () => {
  await importText('customers', 'external_id,name,language,email\nkeep,Acme,de,a@acme.example\n');
  expect(await importText('customers', 'external_id,name\nkeep,Acme\n')).toMatchObject({ unchanged: 1 });
  expect(await importText('customers', 'external_id,name,email\nkeep,Acme,b@acme.example\n')).toMatchObject({ updated: 1 });
  expect(await read('customers', 'keep')).toMatchObject({ language: 'de' });
  expect(await knex('contacts as k').join('customers as c', 'c.id', 'k.customer_id').where('c.external_id', 'keep').pluck('k.email')).toEqual(['b@acme.example']);
});

test('a whole folder is one import: its dry run finds what its files refer to', async () => {
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const customers = await write('f-customers.csv', 'external_id,name\nf1,Folder\n');
  const invoices = await write('f-invoices.csv', `${invoiceHeader}\nf1-1,f1,2026-01-01,2026-01-31,USD,5\n`);
  const notes = await write('f-notes.csv', 'external_id,customer_external_id,invoice_external_id,issued_on,currency,amount\nf1-n,f1,f1-1,2026-01-10,USD,2\n');
  const files = ([['customers', customers], ['invoices', invoices], ['credit_notes', notes]] as const).map(([kind, path]) => {
    const mapping = parseMapping({ kind });
    return { kind, mapping, file: path, open: () => openCsv(path, mapping) };
  });
  expect(await importFiles(knex, context, files, { atomic: 'file', dryRun: true })).toMatchObject([{ created: 1, outcome: 'dry-run' }, { created: 1 }, { created: 1 }]);
  expect(await read('customers', 'f1')).toBeUndefined();
  expect(await importFiles(knex, context, files, { atomic: 'file' })).toMatchObject([{ created: 1, outcome: 'imported' }, { created: 1 }, { created: 1 }]);
  expect(await read('invoices', 'f1-1')).toMatchObject({ open_minor: 300 });
});

test('every import leaves one audit entry with its counts and the digest of the file', async () => {
  const report = await importText('customers', 'external_id,name\naudited,Acme\n');
  const entry = await knex<{ action: string; content: string; seq: number }>('audit_entries').where('action', 'customers.imported').orderBy('seq', 'desc').first();
  expect(JSON.parse(entry!.content)).toMatchObject({ subjectId: 'customers.csv', after: { rows: 1, created: 1, sha256: report.digest } });
});

test('a mapping is kept under a name for its kind', async () => {
  await saveMapping(knex, systemActor, 'erp', { kind: 'invoices', columns: { external_id: 'Nr' } });
  expect(await readMapping(knex, 'invoices', 'erp')).toMatchObject({ mapping: { columns: { external_id: 'Nr' }, dateFormat: 'yyyy-MM-dd' } });
  expect(await listMappings(knex, 'payments')).toEqual([]);
  await expect(saveMapping(knex, systemActor, 'bad', { kind: 'invoices', columns: { nope: 'Nr' } })).rejects.toThrow('columns.nope is not a field of invoices');
  expect(await deleteMapping(knex, systemActor, 'invoices', 'erp')).toBe(true);
});

test('fifty thousand rows are streamed, with progress, and the outbox has one row for each', async () => {
  const rows = 50_000;
  let text = `${invoiceHeader}\n`;
  for (let n = 0; n < rows; n += 1) text += `big-${n},000${1 + (n % 2)},2026-01-01,2026-01-31,USD,${1 + (n % 900)}.25\n`;
  const seen: number[] = [];
  const report = await importText('invoices', text, { onProgress: (progress) => seen.push(progress.bytes / progress.totalBytes) });
  expect(report).toMatchObject({ rows, created: rows, refused: 0 });
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.every((part, index) => part <= 1 && part >= (seen[index - 1] ?? 0))).toBe(true);
  const { rows: [outbox] } = await knex.raw<{ rows: { count: number }[] }>(`SELECT count(*) FROM outbox o JOIN invoices i ON i.id = o.invoice_id WHERE i.external_id LIKE 'big-%' AND o.kind = 'invoice.created'`);
  expect(outbox!.count).toBe(rows);
});

test('a thousand errors are listed, all are counted', async () => {
  const report = await importText('invoices', `${invoiceHeader}\n${Array.from({ length: 1_500 }, (_, n) => `e-${n},${n % 2 ? 'nobody' : '0001'},${n % 2 ? '2026-01-01' : 'x'},2026-01-31,USD,5`).join('\n')}`);
  expect(report.refused).toBe(1_500);
  expect(report.errors).toHaveLength(1_000);
  expect(report.errors[999]!.line).toBe(1_001);
});

test('a customer’s owner is named by the address of a user; an empty cell takes it away, and no such column leaves it', async () => {
  const [user] = await knex('users').insert({ email: 'grace@example.com', name: 'Grace', role: 'collector', password_hash: 'none' }).returning<{ id: number }[]>('id');
  const owner = async (): Promise<unknown> => (await read('customers', 'own-1')).owner_id;
  expect(await importText('customers', 'external_id,name,email,owner_email\nown-1,Own,ap@own.example,Grace@Example.com\nown-2,Other,,nobody@example.com\n')).toMatchObject({
    created: 1, refused: 1, errors: [{ line: 3, column: 'owner_email', value: 'nobody@example.com', reason: 'is not the address of an active user' }],
  });
  expect(await owner()).toBe(user!.id);
  expect(await importText('customers', 'external_id,name,owner_email\nown-1,Own,grace@example.com\n')).toMatchObject({ unchanged: 1 });
  expect(await importText('customers', 'external_id,name\nown-1,Own\n')).toMatchObject({ unchanged: 1 });
  expect(await owner()).toBe(user!.id);
  expect(await knex('contacts').where({ customer_id: (await read('customers', 'own-1')).id }).pluck('email')).toEqual(['ap@own.example']);
  expect(await importText('customers', 'external_id,name,owner_email\nown-1,Own,\n')).toMatchObject({ updated: 1 });
  expect(await owner()).toBeNull();
});

test('an empty cell in a column of addresses takes the contact away, and is no fault of the file', async () => {
  expect(await importText('customers', 'external_id,name,email\nmail-1,With,a@with.example\nmail-2,Without,\n')).toMatchObject({ created: 2, refused: 0 });
  expect(await importText('customers', 'external_id,name,email\nmail-1,With,\n')).toMatchObject({ updated: 1 });
  expect(await knex('contacts').where({ customer_id: (await read('customers', 'mail-1')).id })).toEqual([]);
});

test('refunds give payments back, in the order of the file; the same file again changes nothing', async () => {
  await importText('invoices', `${invoiceHeader}\nrf-i,0001,2026-01-01,2026-01-31,EUR,100.00\n`);
  await importText('payments', 'external_id,invoice_external_id,received_at,currency,amount\nrf-p,rf-i,2026-01-20,EUR,120.00\n');
  const file = 'external_id,payment_external_id,refunded_at,currency,amount,reason\nrf-1,rf-p,2026-02-01,EUR,50.00,returned\nrf-2,rf-p,2026-02-02,EUR,"80,00",x\nrf-3,rf-p,2026-02-02,EUR,80.00,x\nrf-4,rf-p,2026-02-03,EUR,,\nrf-5,none,2026-02-03,EUR,1,\n';
  const report = await importText('refunds', file);
  expect(report).toMatchObject({ rows: 5, created: 2, refused: 3 });
  expect(report.errors).toEqual([
    { line: 3, column: 'amount', value: '80,00', reason: 'is not an amount such as 1234.50' },
    { line: 4, column: 'amount', value: '8000', reason: 'is more than what is left of the payment, 7000 minor units' },
    { line: 6, column: 'payment_external_id', value: 'none', reason: 'is not a known payment' },
  ]);
  expect(await read('invoices', 'rf-i')).toMatchObject({ open_minor: 100_00 });
  expect(await read('payments', 'rf-p')).toMatchObject({ applied_minor: 0, unapplied_minor: 0, refunded_minor: 120_00 });
  expect(await importText('refunds', file)).toMatchObject({ created: 0, unchanged: 2, refused: 3 });
});

test('reversals and chargebacks stand in the same file: all that is left of the payment is taken back, once', async () => {
  await importText('invoices', `${invoiceHeader}\nrv-i,0001,2026-01-01,2026-01-31,EUR,100.00\n`);
  await importText('payments', 'external_id,invoice_external_id,received_at,currency,amount\nrv-p1,rv-i,2026-01-20,EUR,60.00\nrv-p2,rv-i,2026-01-20,EUR,40.00\n');
  const file = 'external_id,payment_external_id,kind,refunded_at,currency,amount,reason\nrv-1,rv-p1,refund,2026-02-01,EUR,10.00,\nrv-2,rv-p1,reversal,2026-02-02,EUR,,bounced\nrv-3,rv-p1,refund,2026-02-03,EUR,1.00,\nrv-4,rv-p2,chargeback,2026-02-02,USD,,\nrv-5,rv-p2,chargeback,2126-02-02,EUR,,\nrv-6,none,reversal,2026-02-02,EUR,,\nrv-7,rv-p2,chargeback,2026-02-02,EUR,,not authorised\n';
  const report = await importText('refunds', file);
  expect(report).toMatchObject({ rows: 7, created: 1, updated: 2, refused: 4 });
  expect(report.errors).toEqual([
    { line: 4, column: 'payment_external_id', value: 'rv-p1', reason: 'is reversed: nothing of it is left to give back' },
    { line: 5, column: 'currency', value: 'USD', reason: 'differs from the currency of the payment, EUR' },
    { line: 6, column: 'refunded_at', value: '2126-02-02', reason: 'lies ahead: record it once it has happened' },
    { line: 7, column: 'payment_external_id', value: 'none', reason: 'is not a known payment' },
  ]);
  expect(await read('invoices', 'rv-i')).toMatchObject({ open_minor: 100_00 });
  expect(await read('payments', 'rv-p1')).toMatchObject({ refunded_minor: 10_00, reversal_kind: 'reversal', reversal_reason: 'bounced' });
  expect(await read('payments', 'rv-p2')).toMatchObject({ reversal_kind: 'chargeback', reversal_reason: 'not authorised' });
  expect(await importText('refunds', file)).toMatchObject({ created: 0, updated: 0, unchanged: 5, refused: 2 });
});

test('ids of 1,200 and of 9,000 characters and one with a line break are refused by line, and the rest of the file comes in', async () => {
  const rows = ['x'.repeat(1_200), 'y'.repeat(9_000), '"Z\n1"', 'limits-1'].map((id) => `${id},0001,2026-01-01,2026-01-31,USD,100.50\n`);
  const report = await importText('invoices', `${invoiceHeader}\n${rows.join('')}limits-2,0001,2026-01-01,2026-01-31,USD,"200,000,000,000.00"\n`);
  expect(report).toMatchObject({ rows: 5, created: 1, refused: 4, outcome: 'imported' });
  expect(report.errors).toMatchObject([
    { line: 2, column: 'external_id', reason: 'has 1200 characters; at most 200 are taken' },
    { line: 3, column: 'external_id', reason: 'has 9000 characters; at most 200 are taken' },
    { line: 4, column: 'external_id', value: 'Z\\n1' },
    { column: 'total', value: '200,000,000,000.00' },
  ]);
});
