import type { Knex } from 'knex';

/**
 * A hold that an automation placed knows by which version, so that it is released when the condition of that version no longer holds, and has a name in decisions. Those that were placed
 * before are looked at once: what they hang on may be over.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE holds ADD COLUMN automation_version_id bigint REFERENCES automation_versions (id);
    UPDATE holds h SET step = h.key, automation_version_id = f.version_id
    FROM automation_firings f WHERE h.placed_by LIKE 'automation:%' AND h.invoice_id IS NOT NULL AND f.id = split_part(h.key, '/', 2)::bigint;
    WITH asked AS (
      INSERT INTO outbox (customer_id, invoice_id, kind)
      SELECT DISTINCT customer_id, invoice_id, 'account.changed' FROM holds WHERE automation_version_id IS NOT NULL AND released_at IS NULL ORDER BY customer_id, invoice_id
      RETURNING id, invoice_id
    )
    UPDATE collections c SET requested_seq = a.id FROM asked a WHERE c.invoice_id = a.invoice_id AND c.requested_seq < a.id;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    UPDATE holds SET step = NULL WHERE automation_version_id IS NOT NULL;
    ALTER TABLE holds DROP COLUMN automation_version_id;
  `);
}
