import type { Client } from '@temporalio/client';
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { migratePolicy } from '../migratePolicy/migratePolicy';
import { taskQueues, type TaskQueues } from './queues';

export const migratePolicyType = 'migratePolicy';
const prefix = 'policy-migration:';

/** The id of the workflow that moves invoices to another policy version. */
export function migrationWorkflowId(migrationId: number): string {
  return `${prefix}${migrationId}`;
}

/** The migration's id, or null for an id that is not of a migration's workflow. */
export function parseMigrationWorkflowId(workflowId: string): number | null {
  const id = workflowId.startsWith(prefix) ? Number(workflowId.slice(prefix.length)) : Number.NaN;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export interface MigratePolicy {
  migrationId: number;
}

/** How far a migration is, as its last page said. */
export interface MigrationStanding {
  state: 'running' | 'paused' | 'stopped' | 'done';
  moved: number;
  total: number;
}

/** Its state was changed by a person; what it is now is in the database. */
export const migrationChangedSignal = defineSignal('migrationChanged');
export const migrationProgressQuery = defineQuery<MigrationStanding | null>('migrationProgress');

/** Tells a migration's workflow that its state changed; starts it when it does not run. */
export async function wakeMigration(client: Client, migrationId: number, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.signalWithStart<typeof migratePolicy, []>(migratePolicyType, {
    workflowId: migrationWorkflowId(migrationId),
    taskQueue: queues.collection,
    args: [{ migrationId }],
    staticSummary: `Move invoices, migration ${migrationId}`,
    staticDetails: 'Moves invoices under way to another policy version, customer by customer. What moved and what is left is in the console.',
    signal: migrationChangedSignal,
    signalArgs: [],
  });
}
