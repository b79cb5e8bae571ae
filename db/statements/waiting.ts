import type { Knex } from 'knex';

/** A segment's own workflow hands over what its runs wrote; what it has not after so long was lost with it, or waits for the provider. */
const lostAfter = { real: '120 seconds', manual: '5 seconds' } as const;

/** Statements that nobody hands over: those that people asked for, and those whose segment's workflow died between writing and handing over. */
export async function strandedStatements(knex: Knex, mode: 'real' | 'manual', limit: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    `SELECT m.id FROM messages m WHERE m.source = 'statement' AND m.invoice_id IS NULL AND m.state IN ('queued', 'sending') AND (m.idempotency_key NOT LIKE 'segment:%' OR m.updated_at < now() - ?::interval)
     ORDER BY m.queued_at, m.id LIMIT ?`, [lostAfter[mode], limit]);
  return rows.map(({ id }) => id);
}
