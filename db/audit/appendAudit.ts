import type { Knex } from 'knex';
import { auditContent, chainHash, type AuditEntry } from './chain';

/**
 * Appends entries to the audit trail, in the caller's transaction. The head row stays locked until that transaction ends, so call
 * this last: entries of other transactions wait for it.
 */
export async function appendAudit(trx: Knex.Transaction, entries: readonly AuditEntry[]): Promise<void> {
  if (!entries.length) return;
  const { rows: [head] } = await trx.raw<{ rows: { count: number; hash: Buffer; at: Date; clock_at: Date | null }[] }>(
    `SELECT count, hash, clock_timestamp() AS at, (SELECT virtual_now FROM clock WHERE mode = 'manual') AS clock_at FROM audit_head FOR UPDATE`);
  if (!head) throw new Error('The audit trail has lost its head row (audit_head); run `dunwell audit verify`.');

  let hash = head.hash;
  const rows = entries.map((entry, index) => {
    const seq = head.count + 1 + index;
    const content = auditContent(seq, head.at, head.clock_at, entry);
    hash = chainHash(hash, content);
    return { seq, entry, content, hash };
  });
  await trx.raw(
    `INSERT INTO audit_entries (seq, at, clock_at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, content, hash)
     SELECT seq, ?, ?, kind, actor, name, action, subject_type, subject_id, content, decode(hash, 'hex')
     FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
       AS t (seq, kind, actor, name, action, subject_type, subject_id, content, hash)`,
    [
      head.at,
      head.clock_at,
      rows.map((row) => row.seq),
      rows.map((row) => row.entry.actor.kind),
      rows.map((row) => row.entry.actor.id),
      rows.map((row) => row.entry.actor.name),
      rows.map((row) => row.entry.action),
      rows.map((row) => row.entry.subjectType),
      rows.map((row) => row.entry.subjectId),
      rows.map((row) => row.content),
      rows.map((row) => row.hash.toString('hex')),
    ],
  );
  await trx.raw('UPDATE audit_head SET count = count + ?, hash = ?', [rows.length, hash]);
}
