import { isGrpcServiceError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { findCollection, findInvoiceName } from '../../db/readmodels/invoices';
import { updateCollection } from '../../workflows/contracts/client';
import {
  pauseCollectionUpdate, resumeCollectionUpdate, sendNowUpdate, skipStepUpdate, stopCollectionUpdate, type ControlRequest, type ControlResult,
} from '../../workflows/contracts/messages';
import type { Contract } from '../contracts/contract';
import type { invoiceContracts } from '../contracts/invoices';
import type { Call, Handlers } from '../http/call';
import { conflict, notFound, ProblemError, unavailable } from '../http/problem';

type Controls = Pick<typeof invoiceContracts, 'pauseCollection' | 'resumeCollection' | 'skipStep' | 'sendNow' | 'stopCollection'>;

/** A workflow answers in some hundred milliseconds; when no worker runs it never does, and nobody should look at a spinner for longer. */
const answerWithinMs = 15_000;

/**
 * What a person asks of an invoice's collection goes to its workflow, which applies it in its turn. The request id is the same for
 * every repeat with the same Idempotency-Key, and the workflow answers a repeat with what it answered first.
 */
export const controlHandlers: Handlers<Controls> = {
  pauseCollection: { outside: true, handle: (call) => control(call, pauseCollectionUpdate, { until: call.body.until, reason: call.body.reason }, 'Paused.') },
  resumeCollection: { outside: true, handle: (call) => control(call, resumeCollectionUpdate, { reason: call.body.reason }, 'Resumed.') },
  skipStep: { outside: true, handle: (call) => control(call, skipStepUpdate, { step: call.body.step, reason: call.body.reason }, `"${call.body.step}" will be skipped.`) },
  sendNow: { outside: true, handle: (call) => control(call, sendNowUpdate, { step: call.body.step, reason: call.body.reason }, `"${call.body.step}" runs now.`) },
  stopCollection: { outside: true, handle: (call) => control(call, stopCollectionUpdate, { reason: call.body.reason }, 'Stopped.') },
};

async function control<Request extends ControlRequest>(
  { deps, params, actor, requestId }: Pick<Call<Contract>, 'deps' | 'actor' | 'requestId'> & { params: { id: number } },
  update: UpdateDefinition<ControlResult, [Request]>, detail: Omit<Request, 'requestId' | 'actor' | 'reason'> & { reason?: string }, message: string,
) {
  const invoice = await findInvoiceName(deps.knex, params.id);
  if (!invoice) throw notFound('invoice', params.id);
  if (!(await findCollection(deps.knex, invoice.id))) throw conflict(`Invoice ${invoice.externalId} is not under collection.`);
  const request = { ...detail, reason: detail.reason ?? null, requestId, actor } as unknown as Request;
  try {
    const client = await deps.temporal();
    await client.withDeadline(Date.now() + answerWithinMs, () => updateCollection(client, invoice.externalId, update, request, deps.queues));
  } catch (error) {
    throw refusal(error);
  }
  return { requestId, accepted: true, message, collection: await findCollection(deps.knex, invoice.id) };
}

/** What the workflow refused is the caller's; what could not be reached is ours. */
function refusal(error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  if (error instanceof WorkflowUpdateFailedError) return conflict(innermost(error).message);
  if (isGrpcServiceError(error) || (error instanceof Error && /deadline|timed? ?out|unavailable|connect/i.test(`${error.name} ${error.message}`))) {
    return unavailable('The invoice\'s workflow did not answer. The request may still take effect; repeat it with the same Idempotency-Key.');
  }
  return error;
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
