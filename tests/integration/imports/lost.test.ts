import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { importFiles, type ImportFile, type RowSource } from '../../../db/imports';
import { inTransaction } from '../../../db/ledger/context';
import { upsertCustomers } from '../../../db/ledger';
import { plainMapping } from '../../../domain/ledger/mapping';
import type { FileKind } from '../../../domain/ledger/records';
import { openCsv } from '../../../integrations/csv/readCsv';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-01T12:00:00Z') };
const rowsMany = 6_000;
let database: FreshDatabase;
let knex: Knex;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dunwell-lost-'));
  database = await freshDatabase();
  knex = database.knex;
});
afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

/** A file whose reader does something once it has given some rows: at which of its openings is told. */
async function fileOf(kind: FileKind, text: string, midway: (opening: number) => Promise<unknown>): Promise<ImportFile> {
  const path = join(folder, `${kind}.csv`);
  await writeFile(path, text);
  const mapping = plainMapping(kind);
  let openings = 0;
  return {
    kind, file: `${kind}.csv`, mapping,
    open: async (): Promise<RowSource> => {
      const source = await openCsv(path, mapping);
      const opening = (openings += 1);
      return { ...source, batches: () => interrupted(source.batches(), () => midway(opening)) };
    },
  };
}

async function* interrupted<T>(batches: AsyncIterable<T>, midway: () => Promise<unknown>): AsyncGenerator<T> {
  let given = 0;
  for await (const batch of batches) {
    yield batch;
    if ((given += 1) === 3) await midway();
  }
}

const customersFile = (name = 'Acme'): string => `external_id,name\n${Array.from({ length: rowsMany }, (_, index) => `C-${index},${name} ${index}`).join('\n')}\n`;
const count = async (table: string): Promise<number> => Number((await knex(table).count('* as many').first())!.many);
const importing = `pid <> pg_backend_pid() AND datname = current_database() AND state = 'active' AND query LIKE 'COPY incoming%'`;

describe('the connection goes in the middle of a file', () => {
  const ways: Record<string, () => Promise<unknown>> = {
    'the server ends it': () => knex.raw(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${importing}`),
    'the network loses it': async () => (knex.client as { pool: { used: { resource: { connection: { stream: { destroy(): void } } } }[] } }).pool.used[0]!.resource.connection.stream.destroy(),
  };
  for (const [way, lose] of Object.entries(ways)) for (const atomic of ['file', 'row'] as const) {
    test(`${way}, by ${atomic}: it is said where, nothing is written, and the same again brings all of it`, async () => {
      const lost = await fileOf('customers', customersFile(), lose);
      await expect(importFiles(knex, context, [lost], { atomic })).rejects.toThrow(/^customers\.csv: the connection to the database was lost after \d+ rows were read/);
      expect([await count('customers'), await count('audit_entries')]).toEqual([0, 0]);
      expect(await importFiles(knex, context, [await fileOf('customers', customersFile(), () => Promise.resolve())], { atomic })).toMatchObject([{ rows: rowsMany, created: rowsMany, outcome: 'imported' }]);
    });
  }
});

describe('others write the same at the same time', () => {
  /** PostgreSQL fails the first insert into customers so many times, as where two writers wait for each other; a sequence is not taken back. */
  const collide = (times: number): Promise<unknown> => knex.raw(`
    CREATE SEQUENCE collided;
    CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('collided') <= ${times} THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF; RETURN NULL; END $$;
    CREATE TRIGGER collide BEFORE INSERT ON customers FOR EACH STATEMENT EXECUTE FUNCTION collide()`);

  test('a deadlock is no end: the file is read again from its beginning and counted once', async () => {
    await collide(2);
    expect(await importFiles(knex, context, [await fileOf('customers', customersFile(), () => Promise.resolve())], { atomic: 'file' })).toMatchObject([{ rows: rowsMany, created: rowsMany, refused: 0, outcome: 'imported' }]);
    expect([await count('customers'), await count('audit_entries')]).toEqual([rowsMany, 1]);
  });

  test('one collision after the other is said, with the file, and nothing is written', async () => {
    await collide(3);
    await expect(importFiles(knex, context, [await fileOf('customers', customersFile(), () => Promise.resolve())], { atomic: 'row' })).rejects.toThrow('customers.csv: others wrote the same records at the same time, again and again. Nothing was imported: import it again once they are done.');
    expect([await count('customers'), await count('audit_entries')]).toEqual([0, 0]);
  });

  test('the same file twice at once, while the API writes the same customers backwards: each ends as if it were alone', async () => {
    const both: (() => void)[] = [];
    // Nobody goes on before both have read half of their file.
    const meet = (opening: number): Promise<void> => new Promise((resolve) => {
      both.push(resolve);
      if (opening > 1 || both.length >= 2) both.forEach((goOn) => goOn());
    });
    const backwards = Array.from({ length: 500 }, (_, index) => ({ externalId: `C-${499 - index}`, name: `Api ${index}` }));
    const twice = [await fileOf('customers', customersFile(), meet), await fileOf('customers', customersFile(), meet)];
    const [files, results] = await Promise.all([
      Promise.all(twice.map((file) => importFiles(knex, context, [file], { atomic: 'file' }))),
      Promise.all(Array.from({ length: 4 }, () => inTransaction(knex, (trx) => upsertCustomers(trx, context, backwards)))),
    ]);
    for (const [report] of files) expect(report).toMatchObject({ rows: rowsMany, refused: 0, outcome: 'imported' });
    for (const result of results) expect(result.every(({ status }) => status !== 'refused')).toBe(true);
    expect(await count('customers')).toBe(rowsMany);
  });
});
