import type { Client } from '@temporalio/client';
import { defineSignal } from '@temporalio/workflow';
import type { collectBatch } from '../collectBatch/collectBatch';
import { taskQueues, type TaskQueues } from './queues';

export const collectBatchType = 'collectBatch';
const prefix = 'segment-batch:';

/** The id of the workflow that collects the invoices of a segment's members in batches. */
export function batchWorkflowId(segmentId: number): string {
  return `${prefix}${segmentId}`;
}

/** The segment's id, or null for an id that is not of such a workflow. */
export function parseBatchWorkflowId(workflowId: string): number | null {
  const id = workflowId.startsWith(prefix) ? Number(workflowId.slice(prefix.length)) : Number.NaN;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export interface CollectBatch {
  segmentId: number;
}

/** What came of doing what was due: messages to hand over, and how to go on. */
export type BatchStep =
  /** There may be more to do at once. */
  | { kind: 'more'; deliver: string[] }
  /** `waitMs` null: no timer; only being told wakes it. `at`: the next milestone. */
  | { kind: 'wait'; waitMs: number | null; at: string | null; deliver: string[] }
  /** The segment collects nothing in batches any more. */
  | { kind: 'done'; deliver: string[] };

/** Something changed, or is due: look. It carries nothing, so one lost, late or doubled does no harm. */
export const batchChangedSignal = defineSignal('batchChanged');

/** Tells the workflow of a segment's batches to look; starts it when it does not run. */
export async function wakeBatch(client: Client, segmentId: number, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.signalWithStart<typeof collectBatch, []>(collectBatchType, {
    workflowId: batchWorkflowId(segmentId),
    taskQueue: queues.collection,
    args: [{ segmentId }],
    staticSummary: `Collect the invoices of segment ${segmentId} in batches`,
    staticDetails: 'Makes the decisions of the invoices of a segment’s members, in place of one workflow for each. What it decided and why is in the console.',
    signal: batchChangedSignal,
    signalArgs: [],
  });
}
