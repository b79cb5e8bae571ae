import { ProblemError } from './problem';

/** Where a page ended: the values of its sort keys, as text, and the sort that they belong to. */
export function encodeCursor(sort: string, keys: readonly string[] | null): string | null {
  return keys && Buffer.from(JSON.stringify([sort, ...keys])).toString('base64url');
}

export function decodeCursor(sort: string, cursor: string | undefined, keyCount: number): string[] | null {
  if (cursor === undefined) return null;
  const parts = parse(cursor);
  if (!parts || parts.length !== keyCount + 1) throw invalidCursor();
  if (parts[0] !== sort) throw new ProblemError(400, 'invalid-cursor', 'The cursor belongs to another sort order: start from the first page.', [{ path: 'cursor', message: `was made for ${parts[0] ?? ''}` }]);
  return parts.slice(1);
}

function parse(cursor: string): string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function invalidCursor(): ProblemError {
  return new ProblemError(400, 'invalid-cursor', 'The cursor is not one of ours: give back `next` of the page before, unchanged.', [{ path: 'cursor', message: 'cannot be read' }]);
}
