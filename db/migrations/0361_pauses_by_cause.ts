import type { Knex } from 'knex';

/**
 * Pauses by replies are kept apart from what somebody asked for, so that the longer of them hides no other. Where a reply has written over a pause that
 * was asked for, the invoice's controls tell what it was.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE reply_invoices ADD COLUMN paused_until timestamptz;   -- until when this reply wants this invoice paused
    ALTER TABLE collections ADD COLUMN asked_until timestamptz;       -- beneath a reply's pause: until when somebody asked for one; 'infinity': until resumed
    UPDATE reply_invoices ri SET paused_until = r.paused_until FROM replies r, collections c
    WHERE r.id = ri.reply_id AND c.invoice_id = ri.invoice_id AND c.paused AND r.paused_until <= coalesce(c.paused_until, 'infinity');
    UPDATE collections c SET asked_until = coalesce(last.until, 'infinity')
    FROM (SELECT DISTINCT ON (k.invoice_id) k.invoice_id, k.kind, k.until FROM collection_controls k JOIN collections p ON p.invoice_id = k.invoice_id AND p.paused
          WHERE k.kind IN ('pause', 'resume') AND k.request_id !~ '^reply-[0-9]+/' ORDER BY k.invoice_id, k.id DESC) last
    WHERE last.invoice_id = c.invoice_id AND last.kind = 'pause'
      AND EXISTS (SELECT FROM reply_invoices ri WHERE ri.invoice_id = c.invoice_id AND ri.paused_until = c.paused_until);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE collections DROP COLUMN asked_until; ALTER TABLE reply_invoices DROP COLUMN paused_until');
}
