import type { Knex } from 'knex';
import { readClock, type ClockReading } from '../../db/clock/clock';
import { stepRun } from '../../db/segments/stepRun';
import type { CollectSegment, SegmentStep } from '../../workflows/contracts/segment';

export interface SegmentDeps {
  knex: Knex;
  clock?: (knex: Knex) => Promise<ClockReading>;
  /** Customers decided on in one transaction, who wait for it. */
  customersPerPage?: number;
}

const customersPerPageDefault = 200;

/** What a segment's workflow does in the ledger's database. A step is one transaction that also notes how far the run is, so a repeat goes on with the next. */
export function createSegmentActivities({ knex, clock = readClock, customersPerPage = customersPerPageDefault }: SegmentDeps) {
  return {
    async stepSegment({ segmentId }: CollectSegment): Promise<SegmentStep> {
      const { now, mode } = await clock(knex);
      const step = await knex.transaction((trx) => stepRun(trx, segmentId, now, customersPerPage));
      if (step.kind !== 'wait') return step;
      // On a manual clock its driver wakes the workflow.
      return { kind: 'wait', why: step.why, waitMs: step.until === null || mode === 'manual' ? null : Math.max(0, step.until - now) };
    },
  };
}

export type SegmentActivities = ReturnType<typeof createSegmentActivities>;
