import type { Client } from '@temporalio/client';
import type { handOver } from '../handOver/handOver';
import { taskQueues, type TaskQueues } from './queues';

const handOverType = 'handOver';
const statementPrefix = 'hand-over:statement:';

/** The id of the workflow that hands over a statement which nobody else does. */
export function statementHandOverId(messageId: string): string {
  return `${statementPrefix}${messageId}`;
}

/** The message's id, or null for an id that is not of such a workflow. */
export function parseStatementHandOverId(workflowId: string): string | null {
  return workflowId.startsWith(statementPrefix) ? workflowId.slice(statementPrefix.length) : null;
}

/** Hands a statement over; while that is under way, nothing. */
export async function handOverStatement(client: Client, messageId: string, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.start<typeof handOver>(handOverType, {
    workflowId: statementHandOverId(messageId), taskQueue: queues.collection, args: [{ messageIds: [messageId] }], workflowIdConflictPolicy: 'USE_EXISTING', staticSummary: 'Hand over a statement of account',
  });
}
