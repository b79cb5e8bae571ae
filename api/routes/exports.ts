import { appendAudit } from '../../db/audit';
import type { Knex } from 'knex';
import type { Contract } from '../contracts/contract';
import type { ExportContract } from '../contracts/exports';
import { Streamed, type Call, type Handle } from '../http/call';
import { byteOrderMark, csvCell, csvColumns, csvLine, expandRow } from '../http/csv';
import { Turns } from '../http/turns';
import { now } from './ledgerContext';

/** Rows in one query. */
const pageRows = 1_000;
/** Beyond it a file is of no use to anybody; the last line of one that is cut says so. */
const rowsMax = 1_000_000;
/** Each holds a connection for as long as its reader takes. */
const exportTurns = new Turns(3);

type ListHandle = (call: Call) => Promise<{ items: readonly Readonly<Record<string, unknown>>[]; next: string | null }>;

/**
 * Gives a list as a file, by the list's own handler and so with its own filters: page after page in one transaction that sees the ledger as it
 * was at its beginning. Who took what is in the audit trail before the first line leaves.
 */
export function exportHandler({ contract, list, row, expanded }: ExportContract, handle: ListHandle): Handle<Contract> {
  const columns = csvColumns(row, expanded);
  return async (call) => {
    // Whether there is such a list at all, and whether its filters make sense, is answered as for the list.
    await handle(pageOf(call, call.deps.knex, null, 1));
    const name = contract.path.split('/').filter((part) => !part.startsWith('{')).join('-').replace(/^-/, '');
    const headers = { 'content-disposition': `attachment; filename="dunwell-${(await now(call.deps.knex)).toISOString().slice(0, 10)}-${name}"`, 'x-content-type-options': 'nosniff' };
    return new Streamed('text/csv; charset=utf-8', headers, (write) => exportTurns.take(async () => {
      await call.deps.knex.transaction((trx) => appendAudit(trx, [{ actor: call.actor, action: 'list.exported', subjectType: 'list', subjectId: list, after: { params: call.params, filters: call.query } }]));
      await call.deps.knex.transaction((trx) => writeAll(trx, write), { isolationLevel: 'repeatable read', readOnly: true });
    }));

    async function writeAll(trx: Knex.Transaction, write: (text: string) => Promise<void>): Promise<void> {
      await write(byteOrderMark + csvLine(columns.map(({ heading }) => csvCell(heading))));
      let cursor: string | null = null;
      let written = 0;
      do {
        const page = await handle(pageOf(call, trx, cursor, pageRows));
        await write(page.items.flatMap((item) => expandRow(item, expanded)).map((each) => csvLine(columns.map(({ cell }) => cell(each)))).join(''));
        written += page.items.length;
        cursor = page.next;
      } while (cursor !== null && written < rowsMax);
      if (cursor !== null) await write(csvLine([csvCell(`Cut after ${written} rows: filter the list to get the rest.`)]));
    }
  };
}

/** The call as the list's handler knows it, for one page. */
function pageOf(call: Call<Contract>, db: Knex, cursor: string | null, limit: number): Call {
  const query = { ...(call.query as object), cursor: cursor ?? undefined, limit };
  return Object.assign(Object.create(call) as Call, { db, query });
}
