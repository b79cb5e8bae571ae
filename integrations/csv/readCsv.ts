import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, pipeline, Transform, type TransformCallback, type TransformOptions } from 'node:stream';
import { CsvError as ParserError, parse, type Options, type Parser } from 'csv-parse';
import { shown } from '../../domain/ledger/checks';
import { CsvError } from './csvError';
import { findDelimiter, type Delimiter } from './delimiter';
import { Utf8Check } from './utf8';

export interface CsvFile {
  header: readonly string[];
  delimiter: Delimiter;
  totalBytes: number;
  /** Bytes read so far: what a progress bar shows. */
  readBytes(): number;
  /** The rows after the header, some at a time; empty lines are left out. Read once, and to the end. */
  batches(): AsyncGenerator<CsvRow[]>;
  /** The same, one at a time. */
  rows(): AsyncGenerator<CsvRow>;
  /** sha256 of the file, hex; known once the rows are read. */
  digest(): string;
}

export interface CsvRow {
  /** The line on which the row begins, from 1. */
  line: number;
  cells: readonly string[];
}

export interface CsvOptions {
  delimiter?: Delimiter;
  encoding?: 'utf-8' | 'latin1';
}

/** A cell longer than this is a quote that was never closed, not a cell. */
const cellBytesMax = 1_000_000;
/** More than that is no table that somebody made: what is done for each pair of columns would hold up whoever reads the file. */
const columnsMax = 1_000;
const columnNameMax = 1_000;
const headBytes = 65_536;
const batchRowsMax = 1_000;

/** Opens a CSV file and reads its first line. Throws CsvError when the file is empty, has too many columns or cannot be text in the encoding. */
export async function openCsv(path: string, options: CsvOptions = {}): Promise<CsvFile> {
  const { size } = await stat(path);
  const encoding = options.encoding ?? 'utf-8';
  const delimiter = options.delimiter ?? findDelimiter(await readHead(path, encoding));
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const parserOptions: Options & TransformOptions = {
    delimiter,
    bom: true,
    relax_column_count: true,
    encoding: encoding === 'latin1' ? 'latin1' : 'utf8',
    max_record_size: cellBytesMax,
    readableHighWaterMark: batchRowsMax,
  };
  const parser = parse(parserOptions);
  // Errors of any part end the iteration over the parser, which throws them: the callback has nothing left to say.
  pipeline(createReadStream(path, { highWaterMark: 262_144 }), counted, encoding === 'utf-8' ? new Utf8Check() : new PassThrough(), parser, () => undefined);

  const batches = batchesOf(parser);
  const first = await batches.next();
  if (first.done) throw new CsvError('The file is empty; its first line must name the columns.');
  const [header, ...rest] = first.value as [CsvRow, ...CsvRow[]];
  if (header.cells.length > columnsMax) {
    await batches.return(undefined);
    throw new CsvError(`The first line names ${header.cells.length} columns; at most ${columnsMax} are taken.`);
  }
  const wrong = faultOfHeader(header.cells);
  if (wrong) {
    await batches.return(undefined);
    throw new CsvError(wrong, 1);
  }
  let digest: string | null = null;
  async function* remaining(): AsyncGenerator<CsvRow[]> {
    if (rest.length) yield rest;
    yield* batches;
  }
  return {
    header: header.cells,
    delimiter,
    totalBytes: size,
    readBytes: () => bytes,
    batches: remaining,
    async *rows() {
      for await (const batch of remaining()) yield* batch;
    },
    digest: () => (digest ??= hash.digest('hex')),
  };
}

/** Every message about the file would tell its columns. */
function faultOfHeader(names: readonly string[]): string | null {
  if (names.some((name) => name.includes('\0'))) return 'the names of the columns hold NUL characters: the file is no text, or it is UTF-16; save it as CSV in UTF-8';
  const long = names.find((name) => name.length > columnNameMax);
  return long === undefined ? null : `the name of a column has ${long.length} characters, "${shown(long)}"; at most ${columnNameMax} are taken. Is a quote not closed, or is the first line not that of the names?`;
}

/** Rows as many as the parser has ready: awaiting each of a million would cost more than parsing it. Never empty. */
async function* batchesOf(parser: Parser): AsyncGenerator<CsvRow[]> {
  let line = 1;
  try {
    for (;;) {
      const batch: CsvRow[] = [];
      for (let cells = parser.read() as string[] | null; cells !== null; cells = parser.read() as string[] | null) {
        const start = line;
        line += 1;
        for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1;
        if (cells.length > 1 || cells[0] !== '') batch.push({ line: start, cells });
        if (batch.length === batchRowsMax) break;
      }
      if (batch.length) yield batch;
      else if (parser.readableEnded) return;
      else await readableOrEnd(parser);
    }
  } catch (error) {
    throw error instanceof ParserError ? describe(error, line) : error;
  } finally {
    parser.destroy();
  }
}

function readableOrEnd(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    if (parser.errored) return reject(parser.errored);
    const done = (error?: Error): void => {
      parser.off('readable', done).off('end', done).off('error', done);
      if (error instanceof Error) reject(error);
      else resolve();
    };
    parser.on('readable', done).on('end', done).on('error', done);
  });
}

function describe(error: ParserError, lastLine: number): CsvError {
  const line = typeof error.lines === 'number' ? error.lines : lastLine;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED': return new CsvError('a quote that opens here is not closed before the end of the file', lastLine);
    case 'INVALID_OPENING_QUOTE': return new CsvError('a quote stands inside a cell that does not begin with one; double it, or quote the whole cell', line);
    case 'CSV_INVALID_CLOSING_QUOTE': return new CsvError('something follows the closing quote of a cell; double the quotes that belong to the text', line);
    case 'CSV_MAX_RECORD_SIZE': return new CsvError(`a row is longer than ${cellBytesMax} characters; is a quote not closed?`, lastLine);
    default: return new CsvError(error.message, line);
  }
}

async function readHead(path: string, encoding: 'utf-8' | 'latin1'): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString(encoding, 0, bytesRead).replace(/^\uFEFF/, '');
  } finally {
    await file.close();
  }
}
