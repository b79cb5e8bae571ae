import type { Knex } from 'knex';
import { clockWaits, type ClockWait } from '../../domain/calendar/clockWaits';
import type { InstantMs } from '../../domain/calendar/dates';
import { nextWriteOffDeadlineSql } from '../approvals';
import { firingDueSql } from '../automations/firings';
import { unseenEventsSql } from '../campaigns/campaigns';
import { isRefused } from '../collection/refusedWorkflows';
import { nextTimeEventSql, untoldTimeEventSql } from '../events/timeEvents';
import { nextSegmentMilestone, segmentUnrest } from '../segments/milestones';
import { nextOverdue } from '../work/escalateTasks';

/** The first milestone after the clock's time and not after a limit, or null: a step that is planned, a day past due that somebody listens to, an automation that waits, a request for a write-off whose time is over, or a task that becomes overdue. */
export async function nextMilestone(knex: Knex, now: InstantMs, limit: InstantMs): Promise<InstantMs | null> {
  const { rows } = await knex.raw<{ rows: { next_at: Date | null }[] }>(
    `SELECT min(next_at) AS next_at FROM (
       SELECT min(next_at) AS next_at FROM collections WHERE state = 'active' AND next_at > :now AND next_at <= :limit
       UNION ALL SELECT min(not_before) FROM automation_firings WHERE state = 'waiting' AND not_before > :now AND not_before <= :limit
       UNION ALL SELECT min(next_run_at) FROM campaigns WHERE next_run_at > :now AND next_run_at <= :limit
       UNION ALL SELECT min(next_at) FROM campaign_runs WHERE state = 'running' AND next_at > :now AND next_at <= :limit
       UNION ALL ${nextWriteOffDeadlineSql}
       UNION ALL (${nextTimeEventSql})
     ) every`,
    { now: new Date(now), limit: new Date(limit) },
  );
  const milestones = [rows[0]?.next_at?.getTime() ?? null, await nextOverdue(knex, now, limit), await nextSegmentMilestone(knex, now, limit)].filter((at) => at !== null && at > now) as InstantMs[];
  return milestones.length > 0 ? Math.min(...milestones) : null;
}

/** An invoice of which something is owed, and the segment whose batches owe it; null: its own workflow does. */
export interface OwedInvoice {
  externalId: string;
  batchSegmentId: number | null;
}

/** Invoices whose milestone has come and that have not been planned past it, in order of milestone; not those whose workflow Temporal refuses. */
export async function dueInvoices(knex: Knex, now: InstantMs): Promise<OwedInvoice[]> {
  const { rows } = await knex.raw<{ rows: OwedInvoice[] }>(
    `SELECT i.external_id AS "externalId", c.batch_segment_id AS "batchSegmentId" FROM collections c JOIN invoices i ON i.id = c.invoice_id
     WHERE c.state = 'active' AND c.next_at <= ? AND NOT ${isRefused('c')} ORDER BY c.next_at, c.invoice_id`,
    [new Date(now)],
  );
  return rows;
}

/** What still moves: the clock stands until there is none of it. */
export interface Unrest {
  unrelayed: boolean;
  owed: boolean;
  due: boolean;
  messages: boolean;
  segments: boolean;
  automations: boolean;
  campaigns: boolean;
}

export async function readUnrest(knex: Knex, now: InstantMs): Promise<Unrest> {
  const { rows } = await knex.raw<{ rows: Unrest[] }>(
    `SELECT ${segmentUnrest} AS segments, EXISTS (SELECT FROM outbox WHERE relayed_at IS NULL) OR EXISTS (SELECT FROM policy_migrations WHERE state = 'running') AS unrelayed,
            EXISTS (SELECT FROM collections c WHERE planned_seq < requested_seq AND NOT ${isRefused('c')}) AS owed,
            EXISTS (SELECT FROM collections c WHERE state = 'active' AND next_at <= :now AND NOT ${isRefused('c')}) AS due,
            EXISTS (SELECT FROM messages WHERE state IN ('queued', 'sending')) AS messages,
            EXISTS (SELECT FROM automation_firings f WHERE ${firingDueSql}) OR (${untoldTimeEventSql}) AS automations,
            EXISTS (SELECT FROM campaigns WHERE next_run_at <= :now) OR EXISTS (SELECT FROM campaign_runs r WHERE told_seq < change_seq OR (state = 'running' AND (next_at <= :now OR ${unseenEventsSql}))) AS campaigns`,
    { now: new Date(now) },
  );
  return rows[0]!;
}

export function isQuiet(unrest: Unrest): boolean {
  return waitsFor(unrest).length === 0;
}

/** What it is that still moves. */
export function waitsFor({ unrelayed, owed, due, ...others }: Unrest): ClockWait[] {
  const moves: Record<ClockWait, boolean> = { events: unrelayed, plans: owed, steps: due, ...others };
  return clockWaits.filter((wait) => moves[wait]);
}

/**
 * Invoices of which something is owed for longer than it should take: a plan, a due step, or a message whose workflow is gone, which an invoice's own
 * workflow takes in every case. Waking them is always harmless. `waitedMs` is wall-clock time.
 */
export async function neglectedInvoices(knex: Knex, now: InstantMs, waitedMs: number, limit: number): Promise<OwedInvoice[]> {
  const { rows } = await knex.raw<{ rows: OwedInvoice[] }>(
    `SELECT i.external_id AS "externalId", max(n.batch_segment_id) FILTER (WHERE NOT n.message) AS "batchSegmentId" FROM (
       SELECT invoice_id, batch_segment_id, false AS message FROM collections c WHERE planned_seq < requested_seq AND NOT ${isRefused('c')}
       UNION SELECT invoice_id, batch_segment_id, false FROM collections c WHERE state = 'active' AND next_at <= :now AND NOT ${isRefused('c')}
       UNION SELECT invoice_id, NULL, true FROM messages WHERE state IN ('queued', 'sending') AND invoice_id IS NOT NULL AND updated_at < now() - :waitedMs * interval '1 millisecond'
     ) n JOIN invoices i ON i.id = n.invoice_id GROUP BY i.id, i.external_id ORDER BY i.id LIMIT :limit`,
    { now: new Date(now), waitedMs, limit },
  );
  return rows;
}
