import type { Client } from '@temporalio/client';
import { defineSignal } from '@temporalio/workflow';
import type { runCampaign } from '../runCampaign/runCampaign';
import { taskQueues, type TaskQueues } from './queues';

export const runCampaignType = 'runCampaign';
const prefix = 'campaign-run:';

/** The id of the workflow of a campaign's run. */
export function campaignWorkflowId(runId: number): string {
  return `${prefix}${runId}`;
}

/** The run's id, or null for an id that is not of a campaign's workflow. */
export function parseCampaignWorkflowId(workflowId: string): number | null {
  const id = workflowId.startsWith(prefix) ? Number(workflowId.slice(prefix.length)) : Number.NaN;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export interface RunCampaign {
  runId: number;
}

/** What came of handing over a run's messages. */
export interface OfferedCampaign {
  offered: number;
  /** In how long there is something to hand over; 0: now; null: nothing is waiting. */
  nextInMs: number | null;
}

/** Something about the run changed; what it is now is in the database. */
export const campaignChangedSignal = defineSignal('campaignChanged');

/** Tells a run's workflow that something changed; starts it when it does not run. */
export async function wakeCampaign(client: Client, runId: number, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.signalWithStart<typeof runCampaign, []>(runCampaignType, {
    workflowId: campaignWorkflowId(runId),
    taskQueue: queues.collection,
    args: [{ runId }],
    staticSummary: `Campaign, run ${runId}`,
    staticDetails: 'Takes customers into a campaign and its steps to them, page after page. Who is in it and what came of it is in the console.',
    signal: campaignChangedSignal,
    signalArgs: [],
  });
}
