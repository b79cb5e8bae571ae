import type { Page, PageRequest } from '../../db/readmodels/keyset';
import { decodeCursor, encodeCursor, invalidCursor } from '../http/cursor';

/** Reads a page by an opaque cursor. `sort` names the order, so that a cursor of one order is not taken for another's. */
export async function paged<Row>(query: { cursor?: string; limit: number }, sort: string, keyCount: number, read: (page: PageRequest) => Promise<Page<Row>>): Promise<{ items: Row[]; next: string | null }> {
  const after = decodeCursor(sort, query.cursor, keyCount);
  try {
    const { rows, next } = await read({ after, limit: query.limit });
    return { items: rows, next: encodeCursor(sort, next) };
  } catch (error) {
    if (after && isDataException(error)) throw invalidCursor();
    throw error;
  }
}

/** PostgreSQL's class 22: a value that is none of its type, which in a page can only have come from the cursor. */
function isDataException(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22');
}

/** The same for rows that are numbered by an id, ascending. */
export function pagedById<Row extends { id: number }>(query: { cursor?: string; limit: number }, read: (after: number, limit: number) => Promise<Row[]>): Promise<{ items: Row[]; next: string | null }> {
  return paged(query, 'id', 1, async ({ after, limit }) => {
    const rows = await read(Number(after?.[0] ?? 0), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { rows: page, next: rows.length > limit && last ? [String(last.id)] : null };
  });
}
