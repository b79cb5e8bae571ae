import path from 'node:path';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';

export const bareQueue = 'bench-bare';

export async function nothing(): Promise<void> {
  // An activity that does nothing: the cost of it is the server's and the SDK's.
}

/** A worker for bare workflows, in a process of its own and with the settings of the product's worker. */
async function main(): Promise<void> {
  const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
  const worker = await Worker.create({
    connection, namespace: process.env.TEMPORAL_NAMESPACE, taskQueue: bareQueue, activities: { nothing },
    workflowBundle: await bundleWorkflowCode({ workflowsPath: path.join(__dirname, 'bareWorkflows.ts') }),
    maxCachedWorkflows: 1_500,
    maxConcurrentWorkflowTaskExecutions: 24,
    maxConcurrentActivityTaskExecutions: Number(process.env.ACTIVITIES_AT_ONCE ?? 24),
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 8 },
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 8 },
  });
  await worker.run();
  await connection.close();
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
}
