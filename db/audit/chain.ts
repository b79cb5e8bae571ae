import { createHash } from 'node:crypto';
import type { Actor } from './actor';

export interface AuditEntry {
  actor: Actor;
  /** A verb of the field: `invoice.created`, `payment.reversed`. */
  action: string;
  subjectType: string;
  subjectId: string;
  before?: unknown;
  after?: unknown;
}

/** The hash before the first entry. */
export const originHash = Buffer.alloc(32);

/** The exact text of an entry that is hashed and stored. `clockAt` is what a manual clock showed; on real time there is none. */
export function auditContent(seq: number, at: Date, clockAt: Date | null, entry: AuditEntry): string {
  return canonicalJson({ seq, at: at.toISOString(), clockAt: clockAt?.toISOString(), ...entry });
}

export function chainHash(previous: Buffer, content: string): Buffer {
  return createHash('sha256').update(previous).update(content, 'utf8').digest();
}

/** JSON with sorted keys and without undefined: the same text for the same content. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) && !(part instanceof Date)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
}
