import { keepModes } from '../db/collection/modes';
import { isMembershipOwed, keepMembership } from '../db/segments/keepMembership';
import { markSegmentTold, segmentsToTell } from '../db/segments/milestones';
import { segmentWorkflowId, wakeSegment } from '../workflows/contracts/segment';
import { leaderships, withLeadership } from './leadership';
import { patiently, pause } from './patience';
import { wakeBatches, type RelayDeps } from './waking';

const shortestPauseMs = 5;
const longestPauseMs = 250;
const afterErrorMs = 1_000;

/** On real time a segment's own timer wakes it; one that is so late has lost its workflow. */
const lateMs = 120_000;
/** A segment that is told again and again for the same is told so often. */
const againMs = 5_000;

/**
 * Keeps the membership of segments up to date, as ledgers change and as days come on which a condition may change its mind. One worker at a time does it; all it
 * goes by is in the database.
 */
export function createSegmentKeeper(deps: RelayDeps): { run(signal: AbortSignal): Promise<void> } {
  const { knex, client, queues, log, readClock } = deps;
  const toldAt = new Map<number, number>();

  /** Tells the workflows of segments what was asked of them, at least once. */
  async function tell(now: number, isManual: boolean, signal: AbortSignal): Promise<void> {
    for (const { id, changeSeq } of await segmentsToTell(knex, isManual ? now : now - lateMs)) {
      const key = id * 1_000_000 + (changeSeq % 1_000_000);
      if (Date.now() - (toldAt.get(key) ?? -Infinity) < againMs && !isManual) continue;
      toldAt.set(key, Date.now());
      await patiently(() => wakeSegment(client, id, queues), signal, (error, attempt) => log.warn({ err: error, attempt, workflowId: segmentWorkflowId(id) }, 'Temporal did not take a call; it is repeated'));
      await markSegmentTold(knex, id, changeSeq);
    }
  }

  /** Gives invoices to the batches of segments, and back to workflows of their own; a segment that nothing is left to is told, so that its batches end. */
  async function handOver(now: number, signal: AbortSignal): Promise<boolean> {
    const led = await withLeadership(knex, leaderships.segments, () => keepModes(knex, now));
    const changes = led?.result ?? null;
    if (changes === null) return false;
    await wakeBatches(deps, changes.flatMap(({ before }) => before ?? []), signal);
    if (changes.length > 0) log.debug({ changes: changes.length }, 'invoices are collected by somebody else now');
    return true;
  }

  async function turn(signal: AbortSignal): Promise<boolean> {
    const { now, mode } = await readClock(knex);
    await tell(now, mode === 'manual', signal);
    if (!(await isMembershipOwed(knex, now))) return handOver(now, signal);
    const led = await withLeadership(knex, leaderships.segments, () => keepMembership(knex, now));
    if (led && led.result.looked > 0) log.debug(led.result, 'membership of segments is kept');
    return led !== null;
  }

  return {
    async run(signal) {
      let pauseMs = shortestPauseMs;
      while (!signal.aborted) {
        try {
          pauseMs = (await turn(signal)) ? shortestPauseMs : Math.min(longestPauseMs, pauseMs * 2);
        } catch (error) {
          if (signal.aborted) return;
          log.error({ err: error }, 'the keeper of segments stumbled and tries again');
          pauseMs = afterErrorMs;
        }
        await pause(pauseMs, signal);
      }
    },
  };
}
