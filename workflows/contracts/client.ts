import { isGrpcServiceError, WithStartWorkflowOperation, WorkflowIdConflictPolicy, type Client, type WorkflowStartOptions } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { collectInvoice } from '../collectInvoice/collectInvoice';
import { invoiceWorkflowId } from './ids';
import { changedSignal, type ControlRequest, type ControlResult } from './messages';
import { collectInvoiceType, taskQueues, type TaskQueues } from './queues';
import { listingAttributes, type Listing } from './searchAttributes';

type Collect = typeof collectInvoice;

/** On a manual clock nobody's timer may run: the clock's driver wakes each workflow with a signal long before this is over. */
const armedUntilWoken = '3650 days';

function startOptions(invoice: string, queues: TaskQueues): WorkflowStartOptions<Collect> & { workflowId: string } {
  return {
    workflowId: invoiceWorkflowId(invoice),
    taskQueue: queues.collection,
    args: [{ invoice }],
    staticSummary: `Collect ${invoice}`,
  };
}

/**
 * Starts an invoice's workflow so that it costs no workflow task before its first milestone. `delayMs` null: on a manual clock, until woken.
 * Throws WorkflowExecutionAlreadyStartedError when it runs already.
 */
export async function armCollection(client: Client, invoice: string, delayMs: number | null, listing: Listing, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.start<Collect>(collectInvoiceType, {
    ...startOptions(invoice, queues),
    args: [{ invoice, armed: true }],
    startDelay: delayMs ?? armedUntilWoken,
    typedSearchAttributes: listingAttributes(listing),
  });
}

/** Tells an invoice's workflow that something changed; starts it when it is done or was never started, and wakes it from a delayed start. */
export async function wakeCollection(client: Client, invoice: string, queues: TaskQueues = taskQueues): Promise<void> {
  await client.workflow.signalWithStart<Collect, []>(collectInvoiceType, { ...startOptions(invoice, queues), signal: changedSignal, signalArgs: [] });
}

/**
 * Asks an invoice's workflow for something on a person's behalf and waits for the result, whether it sleeps, waits for its delayed start, or
 * is done (then a new run answers). Repeating a call with the same `requestId` does nothing again and answers the same.
 *
 * @throws WorkflowUpdateFailedError when the request is refused; its cause says why
 * @example await updateCollection(client, 'INV-7', pauseCollectionUpdate, { requestId, actor: 'user:3', reason: null, until: null })
 */
export async function updateCollection<Request extends ControlRequest>(
  client: Client,
  invoice: string,
  update: UpdateDefinition<ControlResult, [Request]>,
  request: Request,
  queues: TaskQueues = taskQueues,
): Promise<ControlResult> {
  for (let attempt = 1; ; attempt += 1) {
    // An operation is good for one call.
    const start = new WithStartWorkflowOperation<Collect>(collectInvoiceType, {
      ...startOptions(invoice, queues),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
    try {
      return await client.workflow.executeUpdateWithStart(update, { args: [request], updateId: request.requestId, startWorkflowOperation: start });
    } catch (error) {
      if (attempt === updateAttemptsMax || !isNotReady(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, updateRetryMs * attempt));
    }
  }
}

const updateAttemptsMax = 5;
const updateRetryMs = 100;

/**
 * Whether the server gave an update back because the workflow was just ending when something else came in: it drops the workflow task in which the
 * update was answered. The same request again is answered by the task that follows.
 */
function isNotReady(error: unknown): boolean {
  if (!isGrpcServiceError(error) || error.code !== failedPrecondition) return false;
  return error.metadata.get('grpc-status-details-bin').some((details) => details.toString('latin1').includes('WorkflowNotReadyFailure'));
}
const failedPrecondition = 9;
