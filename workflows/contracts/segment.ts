import type { Client } from '@temporalio/client';
import { defineSignal } from '@temporalio/workflow';
import type { collectSegment } from '../collectSegment/collectSegment';
import { taskQueues, type TaskQueues } from './queues';

export const collectSegmentType = 'collectSegment';
const prefix = 'segment:';

/** The id of the workflow that collects by a segment. */
export function segmentWorkflowId(segmentId: number): string {
  return `${prefix}${segmentId}`;
}

/** The segment's id, or null for an id that is not of a segment's workflow. */
export function parseSegmentWorkflowId(workflowId: string): number | null {
  const id = workflowId.startsWith(prefix) ? Number(workflowId.slice(prefix.length)) : Number.NaN;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export interface CollectSegment {
  segmentId: number;
}

/** What came of going on with a run: messages to hand over, and how to go on. */
export type MembersStep =
  /** There is more to do at once. */
  | { kind: 'more'; deliver: string[] }
  /** `waitMs` null: no timer; only being told wakes it. */
  | { kind: 'wait'; waitMs: number | null; why: string; deliver: string[] }
  /** The segment does nothing by itself any more. */
  | { kind: 'done'; deliver: string[] };

/** How far a call is, as its heartbeat tells it. The run itself goes on from what is in the database. */
export interface RunProgress {
  /** The run's number; null before there is one. */
  run: number | null;
  /** The last of its members that was decided on, in the order of their ids; null once all have been. */
  after: number | null;
  /** Members decided on in this call, and messages queued for them. */
  decided: number;
  messages: number;
}

/** What a step of a segment's workflow came to, for workflows that began before members were paged through by an activity of their own. */
export type SegmentStep =
  /** There is more to do at once. */
  | { kind: 'more'; deliver: string[] }
  /** `waitMs` null: no timer; only being told wakes it. */
  | { kind: 'wait'; waitMs: number | null; why: string }
  /** The segment does nothing by itself any more. */
  | { kind: 'done' };

/** Something was asked of it, or its day has come on a manual clock; what is in the database. */
export const segmentChangedSignal = defineSignal('segmentChanged');

/** Tells a segment's workflow to look; starts it when it does not run. */
export async function wakeSegment(client: Client, segmentId: number, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.signalWithStart<typeof collectSegment, []>(collectSegmentType, {
    workflowId: segmentWorkflowId(segmentId),
    taskQueue: queues.collection,
    args: [{ segmentId }],
    staticSummary: `Collect by segment ${segmentId}`,
    staticDetails: 'Writes to the customers of a segment at its cadence, once for all that they owe. Runs, and why somebody was not written to, are in the console.',
    signal: segmentChangedSignal,
    signalArgs: [],
  });
}
