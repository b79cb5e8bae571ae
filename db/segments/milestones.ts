import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { modesOwedSql } from '../collection/modes';

/** The first instant after the clock's time and not after a limit at which a segment has something to do, or null. */
export async function nextSegmentMilestone(knex: Knex, now: InstantMs, limit: InstantMs): Promise<InstantMs | null> {
  const { rows } = await knex.raw<{ rows: { at: Date | null }[] }>(
    `SELECT min(at) AS at FROM (
       SELECT min(at) AS at FROM segment_rechecks WHERE at > :now AND at <= :limit
       UNION ALL SELECT min(next_at) FROM segments WHERE next_at > :now AND next_at <= :limit AND NOT archived) every`, { now: new Date(now), limit: new Date(limit) });
  return rows[0]?.at?.getTime() ?? null;
}

/** Whether segments still move at an instant, as SQL with `:now`. Where there is no segment, nothing waits for their keeper. */
export const segmentUnrest = `(${modesOwedSql} OR EXISTS (SELECT FROM segments WHERE NOT archived) AND (EXISTS (SELECT FROM segment_changes) OR EXISTS (SELECT FROM segment_rechecks WHERE at <= :now)
    OR EXISTS (SELECT FROM segments WHERE NOT archived AND (refresh_from IS NOT NULL OR next_at <= :now OR told_seq < change_seq))))`;

/** Segments whose workflow is to be told: something was asked of it, or, on a manual clock, its time has come. */
export async function segmentsToTell(knex: Knex, dueAt: InstantMs): Promise<{ id: number; changeSeq: number }[]> {
  const { rows } = await knex.raw<{ rows: { id: number; changeSeq: number }[] }>(
    `SELECT id, change_seq AS "changeSeq" FROM segments WHERE told_seq < change_seq OR (next_at <= ? AND NOT archived) ORDER BY id`, [new Date(dueAt)]);
  return rows;
}

export async function markSegmentTold(knex: Knex, id: number, changeSeq: number): Promise<void> {
  await knex.raw('UPDATE segments SET told_seq = greatest(told_seq, ?) WHERE id = ?', [changeSeq, id]);
}
