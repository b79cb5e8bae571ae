import type { Knex } from 'knex';
import { readClock, type ClockReading } from '../../db/clock/clock';
import { stepRun, type RunStep } from '../../db/segments/stepRun';

export interface SegmentDeps {
  knex: Knex;
  clock?: (knex: Knex) => Promise<ClockReading>;
  /** Customers decided on in one transaction, who wait for it. */
  customersPerPage?: number;
}

export const customersPerPageDefault = 100;

/** A step of a segment's run, and how long to wait after one that says so; null: until told, since on a manual clock its driver wakes the workflow. */
export interface TimedStep {
  step: RunStep;
  waitMs: number | null;
}

/** Takes one step of a segment's run after the other: each is one transaction that also notes how far the run is, so that a repeat goes on with the next. */
export function runSteps({ knex, clock = readClock, customersPerPage = customersPerPageDefault }: SegmentDeps): (segmentId: number) => Promise<TimedStep> {
  return async (segmentId) => {
    const { now, mode } = await clock(knex);
    const step = await knex.transaction((trx) => stepRun(trx, segmentId, now, customersPerPage));
    return { step, waitMs: step.kind !== 'wait' || step.until === null || mode === 'manual' ? null : Math.max(0, step.until - now) };
  };
}
