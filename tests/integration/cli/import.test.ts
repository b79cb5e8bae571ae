import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const root = join(__dirname, '../../..');
let database: FreshDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dunwell-cli-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

function dunwell(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'cli/dunwell.js'), ...args], { cwd: root, env: { ...process.env, DATABASE_URL: database.url, NODE_OPTIONS: '' } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}

/** The format of the "Late Payment Histories" sample: one row per invoice, American dates, numbers with leading zeros. */
const histories = `countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate
391,0187-ABCDE,4/6/2013,0000611365,1/2/2013,2/1/2013,55.94,No,1/15/2013,Paper,13,0
406,0288-FGHIJ,3/3/2012,0007900770,1/26/2013,2/25/2013,61.74,Yes,3/3/2013,Electronic,36,6
391,0187-ABCDE,4/6/2013,9231909840,7/3/2013,8/2/2013,65.88,No,,Paper,5,0
`;

test('a table of late payment histories becomes ledger files, and the ledger', async () => {
  const source = join(folder, 'histories.csv');
  const ledger = join(folder, 'ledger');
  await writeFile(source, histories);
  const made = await dunwell('ledger-files', '--source', source, '--mapping', 'demo/mappings/late-payment-histories.json', '--out', ledger);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(await readFile(join(ledger, 'customers.csv'), 'utf8')).toBe([
    'external_id,name,email,time_zone,country,language,country_code',
    '0187-ABCDE,Customer 0187-ABCDE,accounts-payable.0187-ABCDE@example.com,Europe/Rome,IT,en,391',
    '0288-FGHIJ,Customer 0288-FGHIJ,accounts-payable.0288-FGHIJ@example.com,America/Denver,US,en,406',
    '',
  ].join('\n'));
  expect(await readFile(join(ledger, 'payments.csv'), 'utf8')).toContain('PAY-0007900770,0288-FGHIJ,0007900770,2013-03-03,USD,61.74\n');

  const imported = await dunwell('import', ledger, '--json');
  expect(imported).toMatchObject({ code: 1 });
  expect(imported.stdout.trim().split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([
    { kind: 'customers', created: 2 }, { kind: 'invoices', created: 3 }, { kind: 'payments', created: 2, refused: 1, outcome: 'rolled-back' },
  ]);
  const again = await dunwell('import', ledger, '--atomic', 'row');
  expect(again.stdout).toContain('payments.csv: 3 rows of payments');
  expect(again.stdout).toContain('line 4, received_at: is empty');
  expect(await database.knex('invoices').orderBy('external_id').pluck('external_id')).toEqual(['0000611365', '0007900770', '9231909840']);
  expect(await dunwell('audit', 'verify')).toMatchObject({ code: 0, stdout: 'The audit trail is whole: 3 entries.\n' });
}, 240_000);

test('a file that cannot be read, a wrong mapping and wrong usage say what to do', async () => {
  const file = join(folder, 'broken.csv');
  await writeFile(file, 'external_id,name\n1,"Acme\n');
  expect(await dunwell('import', 'customers', file)).toMatchObject({ code: 1, stderr: `${file}: Line 2: a quote that opens here is not closed before the end of the file\n` });
  const mapping = join(folder, 'mapping.json');
  await writeFile(mapping, '{ "kind": "customers", "columns": { "nme": "Name" } }');
  expect((await dunwell('import', 'customers', file, '--mapping', mapping)).stderr).toContain('columns.nme is not a field of customers; its fields are external_id, name');
  expect(await dunwell('import', 'nothing')).toMatchObject({ code: 2, stderr: expect.stringContaining('neither a folder nor one of customers') });
  expect(await dunwell('import', 'customers', join(folder, 'absent.csv'))).toMatchObject({ code: 2, stderr: expect.stringContaining('absent.csv') });
}, 240_000);

test('a database that goes in the middle is told with the file and what to do, and nothing of any file is there', async () => {
  const ledger = await mkdtemp(join(folder, 'lost-'));
  await writeFile(join(ledger, 'customers.csv'), 'external_id,name\nlost-1,Lost\n');
  await writeFile(join(ledger, 'invoices.csv'), 'external_id,customer_external_id,issued_on,due_on,currency,total\nlost-2,lost-1,2026-01-01,2026-01-31,EUR,1.00\n');
  await database.knex.raw(`
    CREATE SEQUENCE lost;
    CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('lost') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
    CREATE TRIGGER lose BEFORE INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION lose()`);
  const { code, stderr } = await dunwell('import', ledger, '--json');
  expect(stderr).toContain('invoices.csv: the connection to the database was lost after 1 rows were read. Nothing is half done: import it again, and what is there already stays as it is.\n');
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(1);
  expect(await database.knex('customers').where({ external_id: 'lost-1' })).toEqual([]);
  expect(await dunwell('import', ledger, '--json')).toMatchObject({ code: 0 });
}, 240_000);
