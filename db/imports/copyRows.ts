import type { Client } from 'pg';
import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import type { Knex } from 'knex';
import type { LedgerKind } from '../../domain/ledger/records';
import { incomingColumns, type Cell, type IncomingRow } from '../ledger/incoming';

/** Bytes of rows gathered before they are handed to the socket. */
const bufferCharsMax = 65_536;

/** Streams rows into the incoming table of a kind with COPY. Memory stays at one buffer, however many rows there are. */
export async function copyIncoming(trx: Knex.Transaction, kind: LedgerKind, batches: AsyncIterable<readonly { line: number; row: IncomingRow }[]>): Promise<void> {
  const columns = incomingColumns(kind).filter((name) => name !== 'given');
  const [, ...names] = columns;
  // A transaction's client hands out the one connection that the transaction runs on.
  const connection = (await trx.client.acquireConnection()) as Client;
  const copy = connection.query(copyFrom(`COPY incoming_${kind} (${columns.join(', ')}) FROM STDIN`));
  let isLost = false;
  const finished = new Promise<void>((resolve, reject) => {
    copy.once('finish', resolve);
    // For good: an error that nobody listens to, as the second of a connection that is lost, would end the process.
    copy.on('error', (error) => {
      isLost = true;
      reject(error);
    });
  });
  // A failure while rows are still written is thrown by the await below; until then it must not count as unhandled.
  finished.catch(() => undefined);
  try {
    let buffer = '';
    for await (const batch of batches) {
      for (const { line, row } of batch) {
        buffer += line;
        for (const name of names) buffer += '\t' + copyText(row[name]);
        buffer += '\n';
      }
      if (buffer.length < bufferCharsMax) continue;
      if (!copy.write(buffer)) await Promise.race([once(copy, 'drain'), finished]);
      buffer = '';
    }
    copy.end(buffer);
  } catch (error) {
    // What PostgreSQL has ended, or a connection that is gone, takes no word of ours any more.
    if (!isLost) copy.destroy(error instanceof Error ? error : new Error(String(error)));
    await finished.catch(() => undefined);
    throw error;
  }
  await finished;
}

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A cell in COPY's text format. */
function copyText(cell: Cell): string {
  if (cell === null || cell === undefined) return '\\N';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : Array.isArray(cell) && cell.length > 0 && cell.every((part) => typeof part === 'string') ? arrayText(cell as string[]) : JSON.stringify(cell);
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : text;
}

/** PostgreSQL's text[]: only contact roles come this way, which need no quotes and are never none. An empty list is one of contacts, which is JSON. */
function arrayText(parts: readonly string[]): string {
  return `{${parts.join(',')}}`;
}
