import type { Knex } from 'knex';
import type { ClockReading } from '../clock/clock';
import { actOnMembers } from './actOnMembers';
import { unseenEventsSql } from './campaigns';
import { enrolPage } from './enrol';
import { lockRun, undelivered, type RunRow } from './runs';

export interface Advanced {
  kind: 'more' | 'wait' | 'ended';
  /** 'wait': so long, or null until told of a change; on a manual clock always null. */
  waitMs: number | null;
  /** Messages to hand over, for a workflow that does it one by one. */
  deliver: string[];
}

/** A workflow that began before messages were offered by pages is told which they are. */
export type HandsOver = 'by-pages' | 'one-by-one';

export interface Pages {
  enrol: number;
  act: number;
  deliver: number;
}

/** An event's campaign looks for new ones so often, on real time; on a manual clock it is told. */
const lookForEventsMs = 60_000;
/** What cannot be looked at yet, since the relay has still to put an invoice under collection. */
const lookAgainMs = 1_000;

/**
 * One page of a run, in one transaction: first who joins, then what is due for members. A repeat after any death goes on where the last committed page ended.
 */
export async function advanceRun(trx: Knex.Transaction, runId: number, clock: ClockReading, pages: Pages, handsOver: HandsOver): Promise<Advanced> {
  const run = await lockRun(trx, runId);
  if (!run || run.state === 'stopped' || run.state === 'done') return { kind: 'ended', waitMs: null, deliver: [] };
  if (run.state === 'paused') return { kind: 'wait', waitMs: null, deliver: [] };
  const moreJoin = await enrolIfDue(trx, run, clock.now, pages.enrol);
  // Whoever has joined does not wait for all the others.
  const moreAct = (await actOnMembers(trx, run, clock.now, pages.act)) === pages.act;
  const isMore = moreJoin || moreAct;
  const deliver = handsOver === 'one-by-one' ? await undelivered(trx, run.id, pages.deliver) : [];
  if (isMore) {
    await trx('campaign_runs').where({ id: run.id }).update({ next_at: new Date(clock.now), last_problem: null });
    return { kind: 'more', waitMs: null, deliver };
  }
  const nextAt = await nextMoment(trx, run, clock);
  if (nextAt === 'ended') {
    await trx('campaign_runs').where({ id: run.id }).update({ state: 'done', ended_at: new Date(clock.now), next_at: null, last_problem: null });
    await trx.raw(`UPDATE campaigns c SET state = 'ended' WHERE c.id = ? AND c.next_run_at IS NULL AND NOT EXISTS (SELECT FROM campaign_runs r WHERE r.campaign_id = c.id AND r.state IN ('running', 'paused'))`, [run.campaignId]);
    return { kind: 'ended', waitMs: null, deliver };
  }
  await trx('campaign_runs').where({ id: run.id }).update({ next_at: nextAt === null ? null : new Date(nextAt), last_problem: null });
  return { kind: 'wait', waitMs: nextAt === null || clock.mode === 'manual' ? null : Math.max(1, nextAt - clock.now), deliver };
}

async function enrolIfDue(trx: Knex.Transaction, run: RunRow, now: number, limit: number): Promise<boolean> {
  if (run.campaign.schedule.kind === 'event' || run.enrolAfter !== null) return enrolPage(trx, run, now, limit);
  if (run.enrolAgainAt === null || run.enrolAgainAt.getTime() > now) return false;
  return enrolPage(trx, { ...run, enrolAfter: 0 }, now, limit);
}

/** When there is something to do next. A run ends when nobody is left in it and nobody can join any more; one with a live audience when nobody has been left in it for a day. */
async function nextMoment(trx: Knex.Transaction, run: RunRow, clock: ClockReading): Promise<number | null | 'ended'> {
  const { rows: [row] } = await trx.raw<{ rows: { next_at: Date | null; enrol_again_at: Date | null; enrols: boolean; unseen: boolean }[] }>(
    `SELECT (SELECT min(next_at) FROM campaign_members WHERE run_id = r.id AND state = 'active') AS next_at, r.enrol_again_at, r.enrol_after IS NOT NULL AS enrols, ${unseenEventsSql} AS unseen
     FROM campaign_runs r WHERE r.id = ?`, [run.id]);
  const next = row?.next_at?.getTime() ?? null;
  if (run.campaign.schedule.kind === 'event') return clock.mode === 'manual' ? next : Math.min(next ?? Infinity, clock.now + (row?.unseen ? lookAgainMs : lookForEventsMs));
  // On a manual clock it is told again for as long as its time has come.
  if (row?.enrols) return clock.mode === 'manual' ? clock.now : Math.min(next ?? Infinity, clock.now + lookAgainMs);
  const again = row?.enrol_again_at?.getTime() ?? null;
  if (next === null && (again === null || run.enrolAgainAt !== null)) return 'ended';
  return again === null ? next : Math.min(next ?? Infinity, again);
}
