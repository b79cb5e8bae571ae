import type { Knex } from 'knex';

/** What people ask of a step is asked of one ladder: where the invoice moves, it goes with the step to its heir, or counts no more. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE collection_controls ADD COLUMN step_now text;   -- the step of the policy on which the invoice is now; null: of none
    UPDATE collection_controls k SET step_now = step WHERE kind IN ('skip-step', 'send-now')
      AND NOT EXISTS (SELECT FROM policy_moves m LEFT JOIN policy_migrations g ON g.id = m.migration_id
        WHERE m.invoice_id = k.invoice_id AND m.at >= k.at AND (m.started_by IS NOT NULL OR g.rules ->> 'mode' = 'restart'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE collection_controls DROP COLUMN step_now');
}
