import type { Knex } from 'knex';
import type { Campaign } from '../../domain/campaign/types';

/** A run with its campaign as it was launched. */
export interface RunRow {
  id: number;
  campaignId: number;
  key: string;
  run: number;
  state: 'running' | 'paused' | 'stopped' | 'done';
  startedAt: Date;
  enrolAfter: number | null;
  enrolAgainAt: Date | null;
  eventsAfter: number;
  /** Up to which event a sweep goes that is under way; null: none is. */
  eventsUpto: number | null;
  campaign: Campaign;
}

export async function lockRun(trx: Knex.Transaction, id: number): Promise<RunRow | null> {
  const { rows } = await trx.raw<{ rows: RunRow[] }>(
    `SELECT r.id, r.campaign_id AS "campaignId", c.key, r.run, r.state, r.started_at AS "startedAt", r.enrol_after AS "enrolAfter", r.enrol_again_at AS "enrolAgainAt", r.events_after AS "eventsAfter", r.events_upto AS "eventsUpto", c.parsed AS campaign
     FROM campaign_runs r JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = ? FOR UPDATE OF r`, [id]);
  return rows[0] ?? null;
}

/** Messages of a run that nobody has handed over yet, the oldest first: those of this page, and those whose page was written by somebody who died. */
export async function undelivered(knex: Knex, runId: number, limit: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    `SELECT m.id FROM messages m JOIN campaign_acts a ON a.message_id = m.id WHERE m.state IN ('queued', 'sending') AND a.run_id = ? ORDER BY m.queued_at, m.id LIMIT ?`, [runId, limit]);
  return rows.map(({ id }) => id);
}
