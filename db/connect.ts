import { knex, type Knex } from 'knex';
import { types, type Client } from 'pg';

export interface ConnectOptions {
  /** Connections at most; 10 unless told. */
  poolMax?: number;
}

/** Opens a pool on a PostgreSQL url. Call `destroy()` on it at the end. */
export function connect(url: string, options: ConnectOptions = {}): Knex {
  return knex({
    client: 'pg',
    connection: { connectionString: url, types: { getTypeParser } },
    pool: { min: 0, max: options.poolMax ?? 10, afterCreate: watchForItsEnd },
    // Errors are logged: their messages must not carry the values of a statement, such as a signing secret.
    compileSqlOnError: false,
    log: { warn: toStandardError, error: toStandardError, deprecate: toStandardError, debug: toStandardError },
  });
}

/** A connection of pg as knex keeps it: what stands in the mark is why the pool must not hand it out again. */
const endedMark = '__knex__disposed';
type Pooled = Client & { connection: NodeJS.EventEmitter; [endedMark]?: unknown };

/**
 * Takes a connection out of the pool as soon as PostgreSQL says that it ends it. knex does so when the socket closes, which is
 * later: whoever was handed the connection between the two had its own query refused.
 */
function watchForItsEnd(client: Pooled, done: (error: Error | null, client: Pooled) => void): void {
  client.connection.on('errorMessage', ({ severity, code, message }: { severity?: string; code?: string; message?: string }) => {
    // The severity is in the language of the server.
    if (severity === 'FATAL' || severity === 'PANIC' || code?.startsWith('57P')) client[endedMark] = message;
  });
  done(null, client);
}

/** knex writes to standard output unless told otherwise, where commands print what they found. */
function toStandardError(message: unknown): void {
  process.stderr.write(`${String(message)}\n`);
}

const int8Oid = 20;
const dateOid = 1082;

/** int8 becomes a number, a date stays the text `YYYY-MM-DD`; everything else as pg does it (timestamptz: Date). */
function getTypeParser(oid: number, format?: string): (text: string) => unknown {
  if (oid === int8Oid && format !== 'binary') return safeInteger;
  if (oid === dateOid && format !== 'binary') return (text) => text;
  return types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text') as (text: string) => unknown;
}

function safeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`The database holds ${text}, which is beyond the integers that are exact here (±9,007,199,254,740,991).`);
  return number;
}
