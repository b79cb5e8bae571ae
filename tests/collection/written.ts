import type { Knex } from 'knex';
import { readDecisionRows } from '../../db/collection/decisionRows';

/** What came of a ledger that was lived through, as lines that are the same when the same came of it. */
export interface Written {
  decisions: string[];
  messages: string[];
  effects: string[];
  /** Which kinds of decisions were reached: action, outcome and the code of the reason. */
  kinds: string[];
}

/** Reads it from the database of a replay. */
export async function readWritten(knex: Knex): Promise<Written> {
  return {
    decisions: (await readDecisionRows(knex)).map((row) => JSON.stringify(row)).sort(),
    messages: await linesOf(knex, `SELECT concat_ws(' ', m.idempotency_key, m.template, m.to_addresses::text, m.contact_on, m.queued_at, m.state, m.subject, string_agg(i.external_id || '/' || l.step, ',' ORDER BY i.external_id, l.step)) AS line
      FROM messages m JOIN message_invoices l ON l.message_id = m.id JOIN invoices i ON i.id = l.invoice_id GROUP BY m.id`),
    effects: await linesOf(knex, `SELECT 'task ' || key || ' ' || state AS line FROM tasks UNION ALL SELECT concat_ws(' ', 'hold', key, step, released_at) FROM holds UNION ALL SELECT 'handoff ' || key FROM handoffs UNION ALL SELECT concat_ws(' ', 'notice', key, audience) FROM notifications`),
    kinds: await linesOf(knex, `SELECT DISTINCT concat_ws(' ', action, outcome, reason_code) AS line FROM decisions`),
  };
}

/** The column `line` of a statement, in order. */
export async function linesOf(knex: Knex, sql: string): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { line: string }[] }>(`SELECT line FROM (${sql}) t ORDER BY line`);
  return rows.map(({ line }) => line);
}
