import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endInterruptedImports, whileImporting } from '../../../db/imports';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
let uploadFolder: string;
beforeAll(async () => {
  uploadFolder = await mkdtemp(path.join(tmpdir(), 'dunwell-uploads-'));
  api = await startApi({ now: '2026-03-31T12:00:00Z', settings: { uploadFolder } });
  manager = await api.as('credit-manager');
  await manager.post('/customers/bulk', { records: [{ externalId: '007', name: 'Zero Seven' }] }).expect(200);
});
afterAll(() => api.stop());

interface Import { id: number; state: string; columns: string[]; sample: string[][]; outcome: string | null; failure: string | null; suggestedMapping: { kind: string; columns: Record<string, string>; dateFormat: string; decimal: string }; progress: { rows: number; total: number | null; created: number; rejected: number; unchanged: number } }

const upload = async (kind: string, text: string, name = 'Rechnungen März.csv'): Promise<Import> =>
  (await manager.post('/imports').field('kind', kind).attach('file', Buffer.from(text), name).expect(201)).body as Import;

async function ended(id: number): Promise<Import> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const found = (await manager.get(`/imports/${id}`).expect(200)).body as Import;
    if (found.state === 'done' || found.state === 'failed') return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`import ${id} did not end`);
}

const german = '\uFEFFRechnungsnummer;Kunde;Rechnungsdatum;Fällig am;Währung;Betrag\r\n000123;007;01.02.2026;03.03.2026;EUR;1.234,50\r\n000124;007;31.02.2026;03.03.2026;EUR;10,00\r\n000125;008;01.02.2026;03.03.2026;EUR;10,00\r\n';
const mapping = { kind: 'invoices', columns: { external_id: 'Rechnungsnummer', customer_external_id: 'Kunde', issued_on: 'Rechnungsdatum', due_on: 'Fällig am', currency: 'Währung', total: 'Betrag' }, dateFormat: 'dd.MM.yyyy', decimal: ',' };

test('a file is uploaded, tried, run, and its bad rows are told by line and column', async () => {
  const uploaded = await upload('invoices', german);
  expect(uploaded).toMatchObject({ state: 'uploaded', fileName: 'Rechnungen März.csv', columns: ['Rechnungsnummer', 'Kunde', 'Rechnungsdatum', 'Fällig am', 'Währung', 'Betrag'], suggestedMapping: { kind: 'invoices', columns: { external_id: 'Rechnungsnummer' } } });
  expect(uploaded.sample[0]?.[0]).toBe('000123');

  await manager.post(`/imports/${uploaded.id}/run`, { mapping, dryRun: true }).expect(202);
  expect(await ended(uploaded.id)).toMatchObject({ state: 'done', outcome: 'dry-run', progress: { rows: 3, created: 1, rejected: 2 } });
  expect((await manager.get('/invoices').expect(200)).body).toMatchObject({ items: [] });
  const errors = (await manager.get(`/imports/${uploaded.id}/errors`).expect(200)).body as { items: { line: number; column: string; value: string; reason: string }[] };
  expect(errors.items).toMatchObject([{ line: 3, column: 'Rechnungsdatum', value: '31.02.2026' }, { line: 4, column: 'Kunde', value: '008' }]);
  const firstPage = (await manager.get(`/imports/${uploaded.id}/errors?limit=1`).expect(200)).body as { items: unknown[]; next: string };
  expect((await manager.get(`/imports/${uploaded.id}/errors?limit=1&cursor=${firstPage.next}`).expect(200)).body).toMatchObject({ items: [{ line: 4 }], next: null });

  await manager.post(`/imports/${uploaded.id}/run`, { mapping, atomic: 'file' }).expect(202);
  expect(await ended(uploaded.id)).toMatchObject({ outcome: 'rolled-back' });
  await manager.post(`/imports/${uploaded.id}/run`, { mapping, atomic: 'row' }).expect(202);
  expect(await ended(uploaded.id)).toMatchObject({ outcome: 'imported', progress: { created: 1, rejected: 2 } });
  expect((await manager.get('/invoices?externalId=000123').expect(200)).body).toMatchObject({ items: [{ totalMinor: 123_450, dueOn: '2026-03-03' }] });

  await manager.post(`/imports/${uploaded.id}/run`, { mapping }).expect(409);
  const again = await upload('invoices', german);
  await manager.post(`/imports/${again.id}/run`, { mapping }).expect(202);
  expect(await ended(again.id)).toMatchObject({ progress: { created: 0, unchanged: 1 } });
  expect((await manager.get('/imports').expect(200)).body).toMatchObject({ items: [{ id: again.id }, { id: uploaded.id }] });
  expect(readdirSync(uploadFolder)).toEqual([]);
});

test('a file that cannot be read is refused at once, or fails with the reason', async () => {
  const empty = await manager.post('/imports').field('kind', 'customers').attach('file', Buffer.from(''), 'empty.csv').expect(422);
  expect((empty.body as { detail: string }).detail).toContain('empty');
  expect(readdirSync(uploadFolder)).toEqual([]);
  await manager.post('/imports').field('kind', 'nonsense').attach('file', Buffer.from('a,b'), 'x.csv').expect(400);
  await manager.post('/imports').field('kind', 'customers').expect(400);
  expect(existsSync(uploadFolder)).toBe(true);
  await manager.post('/imports').field('kind', 'customers').attach('file', Buffer.from('external_id,name\n1,"never closed\n'), 'x.csv').expect(422);
  const rows = Array.from({ length: 30_000 }, (_each, at) => `${at},Name ${at}`).join('\n');
  const open = await upload('customers', `external_id,name\n${rows}\n1,"never closed\n`);
  await manager.post(`/imports/${open.id}/run`, {}).expect(202);
  expect(await ended(open.id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('quote') as string });
  const missing = await upload('invoices', 'a,b\n1,2\n');
  await manager.post(`/imports/${missing.id}/run`, { mapping: { ...mapping, kind: 'payments', columns: {} } }).expect(422);
  await manager.post(`/imports/${missing.id}/run`, {}).expect(202);
  expect(await ended(missing.id)).toMatchObject({ state: 'failed' });
});

test('an import whose process died is over, and runs when it is asked for again', async () => {
  const uploaded = await upload('customers', 'external_id,name\n900,Nine Hundred\n');
  await api.knex('imports').where({ id: uploaded.id }).update({ state: 'running' });
  await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
  expect(await ended(uploaded.id)).toMatchObject({ outcome: 'imported', progress: { created: 1 } });

  const alive = await upload('customers', 'external_id,name\n901,Nine Hundred and One\n');
  await api.knex('imports').where({ id: alive.id }).update({ state: 'running' });
  await whileImporting(api.knex, alive.id, async () => {
    await manager.post(`/imports/${alive.id}/run`, {}).expect(409);
    await endInterruptedImports(api.knex);
    expect((await manager.get(`/imports/${alive.id}`).expect(200)).body).toMatchObject({ state: 'running' });
  });
  await endInterruptedImports(api.knex);
  expect(await ended(alive.id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('interrupted') as string });
});

test('mappings are kept under a name', async () => {
  await manager.put('/import-mappings/invoices/SAP', mapping).expect(200);
  await manager.put('/import-mappings/payments/SAP', mapping).expect(422);
  await manager.put('/import-mappings/invoices/SAP', { ...mapping, columns: { nonsense: 'x' } }).expect(422);
  expect((await manager.get('/import-mappings?kind=invoices').expect(200)).body).toMatchObject({ items: [{ name: 'SAP', mapping: { decimal: ',' } }] });
  await manager.delete('/import-mappings/invoices/SAP').expect(204);
  await manager.delete('/import-mappings/invoices/SAP').expect(404);
  const fields = (await manager.get('/imports/fields?kind=payments').expect(200)).body as { items: { field: string; required: boolean }[] };
  expect(fields.items.filter(({ required }) => required).map(({ field }) => field)).toContain('amount');
});

test('an upload that was removed meanwhile is told for what it is', async () => {
  const uploaded = await upload('customers', 'external_id,name\ngone-1,Gone\n');
  for (const name of readdirSync(uploadFolder)) rmSync(path.join(uploadFolder, name));
  await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
  expect(await ended(uploaded.id)).toMatchObject({ state: 'failed', failure: 'The uploaded file is no longer here: upload it again.' });
});

test('a file in Latin 1 is refused until it is said to be that, and then comes in as it is written', async () => {
  const bytes = Buffer.from('external_id,name\nlatin-1,Müller & Söhne\n', 'latin1');
  const refused = await manager.post('/imports').field('kind', 'customers').attach('file', bytes, 'x.csv').expect(422);
  expect((refused.body as { detail: string }).detail).toBe('Line 2: the text is not UTF-8; save the file as UTF-8, or say that its encoding is latin1');
  await manager.post('/imports').field('kind', 'customers').field('encoding', 'ebcdic').attach('file', bytes, 'x.csv').expect(400);
  const uploaded = (await manager.post('/imports').field('kind', 'customers').field('encoding', 'latin1').attach('file', bytes, 'x.csv').expect(201)).body as Import;
  expect(uploaded).toMatchObject({ sample: [['latin-1', 'Müller & Söhne']], suggestedMapping: { encoding: 'latin1' } });
  await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
  expect(await ended(uploaded.id)).toMatchObject({ outcome: 'imported', progress: { created: 1 } });
  expect((await manager.get('/customers?externalId=latin-1').expect(200)).body).toMatchObject({ items: [{ name: 'Müller & Söhne' }] });
});

describe('files as nobody should make them', () => {
  const refusedUpload = async (content: string | Buffer): Promise<string> => ((await manager.post('/imports').field('kind', 'customers').attach('file', Buffer.from(content), 'x.csv').expect(422)).body as { detail: string }).detail;

  test('UTF-16 with and without its mark, too long names of columns and lone quotes are refused with their line, and nothing is kept', async () => {
    const kept = readdirSync(uploadFolder).length;
    expect(await refusedUpload(Buffer.from('\uFEFFexternal_id,name\n1,Acme\n', 'utf16le'))).toBe('Line 1: the file is UTF-16; save it as CSV in UTF-8');
    expect(await refusedUpload(Buffer.from('external_id,name\n1,Acme\n', 'utf16le'))).toBe('Line 1: the names of the columns hold NUL characters: the file is no text, or it is UTF-16; save it as CSV in UTF-8');
    expect(await refusedUpload(`external_id,name,${'x'.repeat(50_000)}\n1,Acme,1\n`)).toBe(`Line 1: the name of a column has 50000 characters, "${'x'.repeat(80)}…"; at most 1000 are taken. Is a quote not closed, or is the first line not that of the names?`);
    expect(await refusedUpload('external_id,name\n1,Ac"me\n')).toContain('Line 2: a quote stands inside a cell');
    expect(await refusedUpload('external_id,name\n1,"Ac"me\n')).toContain('Line 2: something follows the closing quote');
    expect(await refusedUpload(`external_id,name\n1,"${'y'.repeat(10_000_000)}"\n`)).toBe('Line 2: a row is longer than 1000000 characters; is a quote not closed?');
    expect(await refusedUpload(`${Array.from({ length: 5_000 }, (_each, at) => `c${at}`).join(',')}\n`)).toBe('The first line names 5000 columns; at most 1000 are taken.');
    expect(readdirSync(uploadFolder)).toHaveLength(kept);
  });

  test('NUL characters and cells of half a megabyte are refused by line, the sample and the report stay small, and the other rows come in', async () => {
    const long = 'z'.repeat(500_000);
    const uploaded = await upload('invoices', `external_id,customer_external_id,issued_on,due_on,currency,total\nn-1,007,2026-02-01\0,2026-03-01,EUR,5\nn-2,007,${long},2026-03-01,EUR,5\nn-3,007,2026-02-01,2026-03-01,EUR,${long}\nn-4,007,2026-02-01,2026-03-01,EUR,5\nn-5,0\0,2026-02-01,2026-03-01,EUR,5\n`);
    expect(JSON.stringify(uploaded).length).toBeLessThan(5_000);
    await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
    expect(await ended(uploaded.id)).toMatchObject({ state: 'done', outcome: 'imported', progress: { rows: 5, created: 1, rejected: 4 } });
    const errors = (await manager.get(`/imports/${uploaded.id}/errors`).expect(200)).body as { items: { line: number; column: string; value: string }[] };
    expect(new Set(errors.items.map(({ line, column }) => `${line} ${column}`))).toEqual(new Set(['2 issued_on', '3 issued_on', '4 total', '6 customer_external_id']));
    expect(JSON.stringify(errors).length).toBeLessThan(3_000);
    expect(errors.items[0]!.value).toBe('2026-02-01\\0');
  });
});

describe('the database goes in the middle', () => {
  /** PostgreSQL ends the connection that does this, so many times; a sequence is not taken back. */
  const loseAt = async (name: string, times: number, trigger: string): Promise<void> => void await api.knex.raw(`
    CREATE SEQUENCE ${name}_lost;
    CREATE FUNCTION ${name}_lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('${name}_lost') <= ${times} THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
    CREATE TRIGGER ${name} ${trigger} EXECUTE FUNCTION ${name}_lose()`);

  test('while the rows are written: it is said what is lost and what to do, and the same run brings all of it', async () => {
    const uploaded = await upload('customers', 'external_id,name\nlost-1,Lost\nlost-2,Lost\n');
    await loseAt('rows', 1, `BEFORE INSERT ON customers FOR EACH ROW WHEN (NEW.external_id = 'lost-2')`);
    await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
    expect(await ended(uploaded.id)).toMatchObject({ state: 'failed', failure: 'Rechnungen März.csv: the connection to the database was lost after 2 rows were read. Nothing is half done: import it again, and what is there already stays as it is.' });
    await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
    expect(await ended(uploaded.id)).toMatchObject({ state: 'done', outcome: 'imported', progress: { created: 2 } });
  });

  test('as its end is noted: what came in is not called lost', async () => {
    const uploaded = await upload('customers', 'external_id,name\nnoted-1,Noted\n');
    await loseAt('noted', 1, `BEFORE UPDATE ON imports FOR EACH ROW WHEN (NEW.id = ${uploaded.id} AND NEW.state IN ('done', 'failed'))`);
    await manager.post(`/imports/${uploaded.id}/run`, {}).expect(202);
    expect(await ended(uploaded.id)).toMatchObject({ state: 'done', outcome: 'imported', failure: null, progress: { created: 1 } });
  });
});
