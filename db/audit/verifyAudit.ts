import type { Knex } from 'knex';
import { canonicalJson, chainHash, originHash } from './chain';

export type AuditVerdict =
  | { kind: 'whole'; entries: number }
  | { kind: 'broken'; entries: number; fault: 'missing' | 'changed' | 'tail' | 'head'; seq: number; message: string };

interface StoredEntry {
  seq: number;
  at: Date;
  clock_at: Date | null;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject_type: string;
  subject_id: string;
  content: string;
  hash: Buffer;
}

const pageSize = 5_000;

/** Reads the whole trail and says whether an entry was changed or is missing, and which. Holds one page in memory. */
export async function verifyAudit(knex: Knex): Promise<AuditVerdict> {
  return knex.transaction((trx) => verifyIn(trx), { isolationLevel: 'repeatable read', readOnly: true });
}

async function verifyIn(trx: Knex.Transaction): Promise<AuditVerdict> {
  let previous: Buffer = originHash;
  let seq = 0;
  const broken = (fault: 'missing' | 'changed' | 'tail' | 'head', at: number, message: string): AuditVerdict => ({ kind: 'broken', entries: seq, fault, seq: at, message });
  for (;;) {
    const page = await trx<StoredEntry>('audit_entries').where('seq', '>', seq).orderBy('seq').limit(pageSize);
    for (const entry of page) {
      if (entry.seq !== seq + 1) return broken('missing', seq + 1, `Entry ${seq + 1} is missing: entry ${entry.seq} follows entry ${seq}.`);
      const hash = chainHash(previous, entry.content);
      if (!hash.equals(entry.hash)) return broken('changed', entry.seq, `Entry ${entry.seq} was changed: its content and the hash before it do not give its hash.`);
      if (!saysTheSame(entry)) return broken('changed', entry.seq, `Entry ${entry.seq} was changed: its columns differ from the content that was hashed.`);
      previous = hash;
      seq = entry.seq;
    }
    if (page.length < pageSize) break;
  }
  const head = await trx<{ count: number; hash: Buffer }>('audit_head').first();
  if (!head) return broken('head', seq, 'The head row is missing, so that a cut tail cannot be ruled out.');
  if (head.count > seq) return broken('tail', seq + 1, `Entries ${seq + 1} to ${head.count} are missing: the trail ends at ${seq}.`);
  if (head.count < seq) return broken('head', head.count + 1, `The head says ${head.count} entries, the trail has ${seq}: entries were added past the product.`);
  if (!head.hash.equals(previous)) return broken('head', seq, `The head's hash is not that of entry ${seq}: the trail was written anew.`);
  return { kind: 'whole', entries: seq };
}

/** The columns serve lists and searches; the content is what was hashed. They must agree. */
function saysTheSame(entry: StoredEntry): boolean {
  const content = JSON.parse(entry.content) as { before?: unknown; after?: unknown };
  return canonicalJson({
    seq: entry.seq,
    at: entry.at.toISOString(),
    clockAt: entry.clock_at?.toISOString(),
    actor: { kind: entry.actor_kind, id: entry.actor_id, name: entry.actor_name },
    action: entry.action,
    subjectType: entry.subject_type,
    subjectId: entry.subject_id,
    before: content.before,
    after: content.after,
  }) === entry.content;
}
