import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, pipeline, Transform, type TransformCallback } from 'node:stream';
import { CsvError as ParserError, parse } from 'csv-parse';
import { CsvError } from './csvError';
import { findDelimiter, type Delimiter } from './delimiter';
import { Utf8Check } from './utf8';

export interface CsvFile {
  header: readonly string[];
  delimiter: Delimiter;
  totalBytes: number;
  /** Bytes read so far: what a progress bar shows. */
  readBytes(): number;
  /** The rows after the header; empty lines are left out. Read once, and to the end. */
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
const headBytes = 65_536;

/** Opens a CSV file and reads its first line. Throws CsvError when the file is empty or cannot be text in the encoding. */
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
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    encoding: encoding === 'latin1' ? 'latin1' : 'utf8',
    max_record_size: cellBytesMax,
  });
  // Errors of any part end the iteration over the parser, which throws them: the callback has nothing left to say.
  pipeline(createReadStream(path, { highWaterMark: 262_144 }), counted, encoding === 'utf-8' ? new Utf8Check() : new PassThrough(), parser, () => undefined);

  const rows = linesOf(parser);
  const first = await rows.next();
  if (first.done) throw new CsvError('The file is empty; its first line must name the columns.');
  let digest: string | null = null;
  return {
    header: first.value.cells,
    delimiter,
    totalBytes: size,
    readBytes: () => bytes,
    rows: () => rows,
    digest: () => (digest ??= hash.digest('hex')),
  };
}

async function* linesOf(parser: AsyncIterable<string[]>): AsyncGenerator<CsvRow> {
  let line = 1;
  try {
    for await (const cells of parser) {
      const start = line;
      line += 1;
      for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1;
      if (cells.length === 1 && cells[0] === '') continue;
      yield { line: start, cells };
    }
  } catch (error) {
    throw error instanceof ParserError ? describe(error, line) : error;
  }
}

function describe(error: ParserError, line: number): CsvError {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED': return new CsvError('a quote that opens here is not closed before the end of the file', line);
    case 'INVALID_OPENING_QUOTE': return new CsvError('a quote stands inside a cell that does not begin with one; double it, or quote the whole cell', error.lines ?? line);
    case 'CSV_INVALID_CLOSING_QUOTE': return new CsvError('something follows the closing quote of a cell; double the quotes that belong to the text', error.lines ?? line);
    case 'CSV_MAX_RECORD_SIZE': return new CsvError(`a row is longer than ${cellBytesMax} characters; is a quote not closed?`, line);
    default: return new CsvError(error.message, error.lines ?? line);
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
