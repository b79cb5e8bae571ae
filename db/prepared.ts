import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

const names = new Map<string, string>();

/**
 * Runs a statement whose words are fixed and come again and again: it is parsed once on each connection, and planned for every use only where the values matter, as PostgreSQL finds. Words that vary without
 * bound must not come here, since each keeps its place on every connection.
 *
 * @param bindings as knex takes them, by position or by name
 */
export function prepared<Row>(db: Knex, sql: string, bindings: readonly unknown[] | Readonly<Record<string, unknown>> = []): Promise<{ rows: Row[] }> {
  let name = names.get(sql);
  if (name === undefined) names.set(sql, (name = `words-${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`));
  return Promise.resolve(db.raw<{ rows: Row[] }>(sql, bindings as Knex.RawBinding[]).options({ name }));
}
