import type { Knex } from 'knex';

export interface Refusal {
  /** The invoice's external id. */
  invoice: string;
  reason: string;
}

/** SQL: an own workflow is wanted for this collection, and Temporal refuses to run it. Nothing waits for it. */
export const isRefused = (collection: string): string => `(${collection}.batch_segment_id IS NULL AND EXISTS (SELECT FROM refused_workflows r WHERE r.invoice_id = ${collection}.invoice_id))`;

/** Parks invoices whose workflow Temporal refused: they are tried again after a minute, then after twice as long each time, up to a day. */
export async function parkRefused(knex: Knex, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  await knex.raw(
    `INSERT INTO refused_workflows AS r (invoice_id, reason, tries, refused_at, retry_at)
     SELECT DISTINCT ON (i.id) i.id, f.reason, 1, now(), now() + interval '1 minute' FROM unnest(?::text[], ?::text[]) AS f (external_id, reason) JOIN invoices i ON i.external_id = f.external_id
     ON CONFLICT (invoice_id) DO UPDATE SET reason = excluded.reason, tries = r.tries + 1, refused_at = now(), retry_at = now() + least(interval '1 day', interval '1 minute' * 2 ^ least(r.tries, 20))`,
    [refusals.map(({ invoice }) => invoice), refusals.map(({ reason }) => reason)],
  );
}

/** Open invoices that are not collected since Temporal refuses their workflow: how many, and the first of them with the reason. */
export async function readRefused(knex: Knex): Promise<{ count: number; first: Refusal | null }> {
  const { rows } = await knex.raw<{ rows: { count: number; invoice: string; reason: string }[] }>(
    `SELECT (count(*) OVER ())::int AS count, i.external_id AS invoice, r.reason FROM refused_workflows r JOIN collections c ON c.invoice_id = r.invoice_id JOIN invoices i ON i.id = r.invoice_id
     WHERE c.state = 'active' AND c.batch_segment_id IS NULL AND i.open_minor > 0 ORDER BY i.id LIMIT 1`);
  const row = rows[0];
  return row ? { count: row.count, first: { invoice: row.invoice, reason: row.reason } } : { count: 0, first: null };
}
