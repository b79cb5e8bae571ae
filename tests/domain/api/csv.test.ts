import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { z } from 'zod';
import { byteOrderMark, csvCell, csvColumns, csvLine, expandRow } from '../../../api/http/csv';

const dangerous = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const blanks = ['', ' ', '   ', '\u00a0', '\u200b', '\uFEFF', '\0', '\u3000', ' \t'];
const text = fc.oneof(fc.tuple(fc.constantFrom(...blanks), fc.constantFrom(...dangerous), fc.string()).map((parts) => parts.join('')), fc.string(), fc.tuple(fc.constantFrom(...dangerous), fc.string()).map(([first, rest]) => first + rest), fc.constantFrom('=1+1', '-2', "=cmd|' /C calc'!A0", '"=1+1', 'a,b', 'a"b\r\nc', ' x '));
const read = (file: string): string[][] => parse(file, { bom: true, relax_column_count: true });

const withoutMarks = (cell: string): string => cell.replaceAll("'", '');

describe('a cell of a file', () => {
  test('reads back as the text it was, but for the apostrophe that keeps a spreadsheet from running it', () => {
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
      const [line] = read(byteOrderMark + csvLine([csvCell('first'), ...cells.map(csvCell)]));
      expect(line!.slice(1).map((cell, index) => (cell === cells[index] ? cell : withoutMarks(cell)))).toEqual(cells.map((cell, index) => (line![index + 1] === cell ? cell : withoutMarks(cell))));
      for (const cell of line!) {
        const seen = cell.replace(/^[\s\p{Cc}\p{Cf}]+/u, '');
        for (const each of dangerous) expect([cell.startsWith(each), seen.startsWith(each)]).toEqual([false, false]);
      }
    }), { numRuns: 500 });
    expect(['a=1', 'x -1', ' plain ', "'=1"].map(csvCell)).toEqual(['a=1', 'x -1', '" plain "', "'=1"]);
  });

  test('read with semicolons and without its quotes, as where lists are separated by those, no cell of it is a formula either', () => {
    const separator = fc.constantFrom(';', '\t', '\n', '\r\n', ';"', ';\u200b', ';\0', ';');
    fc.assert(fc.property(fc.array(fc.tuple(fc.string(), separator, fc.constantFrom(...dangerous), text).map((parts) => parts.join(''))), (cells) => {
      const seen = csvLine([csvCell('first'), ...cells.map(csvCell)]).split(/[;\t\r\n]/).map((cell) => cell.replace(/^["\p{Cc}\p{Cf}]+/u, ''));
      for (const cell of seen) expect(/^[=+\-@＝＋－＠]/.test(cell)).toBe(false);
    }), { numRuns: 500 });
    expect(["call; paid", 'x;=1+1', 'Steps:\n-cmd|x', 'a;b - c', "it's ;'=1"].map(csvCell)).toEqual(["call; paid", "x;'=1+1", '"Steps:\n\'-cmd|x"', 'a;b - c', "it's ;'=1"]);
  });

  test('a number stays a number, also below zero; nothing is nothing', () => {
    expect(csvLine([csvCell(-5), csvCell(0), csvCell(null), csvCell(true), csvCell('-5')])).toBe("-5,0,,true,'-5\r\n");
  });
});

describe('the columns of a list', () => {
  const row = z.object({
    id: z.int(), name: z.string(), openMinor: z.int().nullable(), currency: z.string().nullable(), owner: z.object({ id: z.int(), name: z.string() }).nullable(), tags: z.array(z.string()).optional(),
    balances: z.array(z.object({ currency: z.string(), openMinor: z.int() })), at: z.iso.datetime(), inputs: z.record(z.string(), z.number()),
  });
  const value = { id: 1, name: '=A1', openMinor: -105, currency: 'USD', owner: { id: 3, name: 'Otto' }, tags: ['a', 'b'], balances: [{ currency: 'JPY', openMinor: 84_000 }, { currency: 'KWD', openMinor: 1 }], at: new Date('2026-03-01T00:00:00Z'), inputs: { x: 1 } };
  const lines = (expanded: string | null, of: Record<string, unknown> = value): string[] => expandRow(of, expanded).map((each) => csvColumns(row, expanded).map(({ cell }) => cell(each)).join('|'));

  test('amounts are decimals of their own currency, objects are columns, lists of objects are left out unless expanded', () => {
    expect(csvColumns(row).map(({ heading }) => heading)).toEqual(['id', 'name', 'open', 'currency', 'owner.id', 'owner.name', 'tags', 'at', 'inputs']);
    expect(lines(null)).toEqual(["1|'=A1|-1.05|USD|3|Otto|a; b|2026-03-01T00:00:00.000Z|\"{\"\"x\"\":1}\""]);
    expect(lines(null, { ...value, owner: null, openMinor: null, tags: undefined })).toEqual(["1|'=A1||USD||||2026-03-01T00:00:00.000Z|\"{\"\"x\"\":1}\""]);
  });

  test('a list of objects that is expanded gives a line for each, and one where it is empty', () => {
    expect(lines('balances').map((line) => line.split('|').slice(7, 9))).toEqual([['JPY', '84000'], ['KWD', '0.001']]);
    expect(lines('balances', { ...value, balances: [] }).map((line) => line.split('|').slice(7, 9))).toEqual([['', '']]);
  });
});
