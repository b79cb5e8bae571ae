import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { ProblemError } from './problem';

/** The version that edits are checked against, and a digest of what was sent: balances change without the version. */
export function etagOf(rowVersion: number, body: string): string {
  return `"${rowVersion}.${createHash('sha256').update(body).digest('base64url').slice(0, 10)}"`;
}

const etagPattern = /^(?:W\/)?"(\d+)(?:\.[\w-]+)?"$/;

/** The version in If-Match; null for `*`. A missing one is 428: an edit must say what it was made on. */
export function expectedVersion(request: Request): number | null {
  const header = request.header('if-match');
  if (header === undefined) throw new ProblemError(428, 'if-match-missing', 'An edit needs If-Match with the ETag of what was read.');
  if (header.trim() === '*') return null;
  const match = etagPattern.exec(header.trim());
  if (!match) throw new ProblemError(400, 'invalid-request', `If-Match is ${header}, which is not an ETag of ours such as "3".`, [{ path: 'If-Match', message: 'is not an ETag of ours' }]);
  return Number(match[1]);
}

export function changedMeanwhile(what: string): ProblemError {
  return new ProblemError(412, 'changed-meanwhile', `The ${what} has changed since it was read: read it again and repeat the edit.`);
}
