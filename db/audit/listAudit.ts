import type { Knex } from 'knex';

export interface AuditRow {
  seq: number;
  at: Date;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  hash: string;
}

export interface AuditFilter {
  subjectType?: string;
  subjectId?: string;
  action?: string;
  actorId?: string;
  /** From an instant, and before another, on the wall clock. */
  from?: Date;
  to?: Date;
  /** Entries older than this one. */
  beforeSeq?: number;
  afterSeq?: number;
}

/** A page of the trail: newest first, or oldest first when `afterSeq` is given. */
export async function listAudit(knex: Knex, filter: AuditFilter, limit: number): Promise<AuditRow[]> {
  const query = knex<{ seq: number; at: Date; actor_kind: string; actor_id: string; actor_name: string; action: string; subject_type: string; subject_id: string; content: string; hash: Buffer }>('audit_entries').limit(limit);
  if (filter.subjectType !== undefined) query.where('subject_type', filter.subjectType);
  if (filter.subjectId !== undefined) query.where('subject_id', filter.subjectId);
  if (filter.action !== undefined) query.where('action', filter.action);
  if (filter.actorId !== undefined) query.where('actor_id', filter.actorId);
  if (filter.from !== undefined) query.where('at', '>=', filter.from);
  if (filter.to !== undefined) query.where('at', '<', filter.to);
  if (filter.beforeSeq !== undefined) query.where('seq', '<', filter.beforeSeq);
  if (filter.afterSeq !== undefined) query.where('seq', '>', filter.afterSeq);
  const rows = await query.orderBy('seq', filter.afterSeq === undefined ? 'desc' : 'asc');
  return rows.map((row) => {
    const content = JSON.parse(row.content) as { before?: unknown; after?: unknown };
    return {
      seq: row.seq,
      at: row.at,
      actorKind: row.actor_kind,
      actorId: row.actor_id,
      actorName: row.actor_name,
      action: row.action,
      subjectType: row.subject_type,
      subjectId: row.subject_id,
      before: content.before ?? null,
      after: content.after ?? null,
      hash: row.hash.toString('hex'),
    };
  });
}
