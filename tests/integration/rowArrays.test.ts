import fc from 'fast-check';
import { columnArrays, unnestOf } from '../../db/rowArrays';
import { type FreshDatabase, freshDatabase } from '../engines/database';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.destroy());

const columns = { number: 'bigint', words: 'text', flag: 'boolean', document: 'jsonb' };

test('rows come out of their arrays as they went in, whatever their texts hold', async () => {
  const text = fc.oneof(fc.constantFrom('', 'NULL', 'null', '{}', ',', '"', '\\', '\\"', ' a ', 'x\ny'), fc.string({ unit: 'grapheme' }).map((each) => each.replaceAll('\0', '')));
  const rows = fc.array(fc.record({ number: fc.option(fc.maxSafeInteger()), words: fc.option(text), flag: fc.option(fc.boolean()), document: text.map((each) => JSON.stringify({ each })) }), { maxLength: 6 });
  await fc.assert(fc.asyncProperty(rows, async (made) => {
    const { rows: read } = await database.knex.raw<{ rows: object[] }>(`SELECT number, words, flag, document->>'each' AS document FROM ${unnestOf(columns, 'r')} ORDER BY ordinality`, columnArrays(columns, made));
    expect(read).toEqual(made.map((row) => ({ ...row, document: (JSON.parse(row.document) as { each: string }).each })));
  }), { numRuns: 60 });
});
