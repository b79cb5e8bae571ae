import type { Knex } from 'knex';

/** What the lists that `npm run bench -- lists` found slow at 200,000 rows are sorted and filtered by. Partial where a state is rare, so that the frequent moves of messages touch nothing. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX holds_placed ON holds (placed_at, id);
    CREATE INDEX holds_active_placed ON holds (placed_at, id) WHERE released_at IS NULL;
    CREATE INDEX handoffs_at ON handoffs (at, id);
    CREATE INDEX credit_notes_issued ON credit_notes (issued_on, id);
    CREATE INDEX approvals_pending_due ON approvals (coalesce(due_at, 'infinity'), id) WHERE state = 'pending';
    CREATE INDEX promises_state ON promises (state, promised_on, id);
    CREATE INDEX disputes_open ON disputes (opened_at, id) WHERE state = 'open';
    CREATE INDEX disputes_owner ON disputes (owner_id, opened_at, id) WHERE owner_id IS NOT NULL;
    CREATE INDEX messages_troubled ON messages (state, queued_at, id) WHERE state IN ('unknown', 'failed', 'bounced', 'complained', 'cancelled');
    CREATE INDEX tasks_priority ON tasks (priority, coalesce(due_on, 'infinity'::date), id) WHERE state IN ('open', 'claimed');
    CREATE INDEX audit_entries_action ON audit_entries (action, seq);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX holds_placed, holds_active_placed, handoffs_at, credit_notes_issued, approvals_pending_due, promises_state, disputes_open, disputes_owner, messages_troubled, tasks_priority, audit_entries_action');
}
