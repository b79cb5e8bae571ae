import type { Connection } from '@temporalio/client';
import { registerSearchAttributes, type SearchAttribute } from './searchAttributes';
import type { Say } from './engineError';

/** Closed workflows of a namespace that was made for one run are of no use the day after. */
const retentionSeconds = 86_400;

/** Makes a namespace of its own on a Temporal server, with its search attributes: for a run that must not meet another's workflows. */
export async function createNamespace(connection: Connection, namespace: string, searchAttributes: readonly SearchAttribute[], say: Say): Promise<void> {
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: retentionSeconds as never } });
  await registerSearchAttributes(connection, namespace, searchAttributes, say);
}
