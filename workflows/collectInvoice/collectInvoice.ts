import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import {
  changedSignal, collectionStateQuery, pauseCollectionUpdate, resumeCollectionUpdate, sendNowUpdate, skipStepUpdate, stopCollectionUpdate,
  type ControlKind, type ControlRequest, type ControlResult,
} from '../contracts/messages';
import type { CollectInvoice, NextPlan } from '../contracts/plan';
import { askLedger } from './activities';
import { setOnTheirWay } from './delivery';
import { listingAtStart, showListing } from './listing';
import { describeState, type CollectionRun } from './state';
import { validateControl, validatePause, validateStep } from './validators';

/**
 * Collects one invoice until it is settled, stopped, void or its ladder is at its end. The ledger in PostgreSQL is the truth: this asks what is
 * next, sleeps until then or until something changed, and asks again. It carries neither balance nor policy.
 */
export async function collectInvoice(input: CollectInvoice): Promise<string> {
  // Declared before the handlers: on a signal or update with start they run while they are being set.
  const run: CollectionRun = {
    invoice: input.invoice, phase: 'planning', plan: null, changed: false, changesHeard: 0, asked: 0, asking: Promise.resolve(), offered: [], delivering: 0, shown: listingAtStart(),
  };

  setHandler(changedSignal, () => heard(run));
  setHandler(collectionStateQuery, () => describeState(run));
  setHandler(pauseCollectionUpdate, (request) => control(run, 'pause', request, { until: request.until }), { validator: validatePause });
  setHandler(resumeCollectionUpdate, (request) => control(run, 'resume', request), { validator: validateControl });
  setHandler(skipStepUpdate, (request) => control(run, 'skip-step', request, { step: request.step }), { validator: validateStep });
  setHandler(sendNowUpdate, (request) => control(run, 'send-now', request, { step: request.step }), { validator: validateStep });
  setHandler(stopCollectionUpdate, (request) => control(run, 'stop', request), { validator: validateControl });

  // Whoever armed it planned it too, and the delay of its start was the wait.
  let plan = input.armed && !run.changed ? await performStep(run) : await planAfresh(run);
  for (;;) {
    run.plan = plan;
    setOnTheirWay(run, plan.deliver);
    if (plan.kind === 'act') {
      plan = await performStep(run);
      continue;
    }
    showListing(run, plan.listing);
    if (plan.kind === 'done') {
      await finishedOrChanged(run);
      if (!run.changed) return plan.outcome;
      plan = await planAfresh(run);
    } else {
      await dueOrChanged(run, plan);
      plan = run.changed ? await planAfresh(run) : await performStep(run);
    }
  }
}

function planAfresh(run: CollectionRun): Promise<NextPlan> {
  run.phase = 'planning';
  run.changed = false;
  return askLedger(run, (ledger) => ledger.planNext({ invoice: run.invoice }));
}

function performStep(run: CollectionRun): Promise<NextPlan> {
  run.phase = 'performing';
  run.changed = false;
  return askLedger(run, (ledger) => ledger.performStep({ invoice: run.invoice }));
}

async function dueOrChanged(run: CollectionRun, plan: Extract<NextPlan, { kind: 'wait' }>): Promise<void> {
  run.phase = 'waiting';
  // The server suggests it after some thousand events, which only an invoice that changes every day for years comes to.
  if (workflowInfo().continueAsNewSuggested && isFinished(run)) await continueAsNew<typeof collectInvoice>({ invoice: run.invoice });
  if (plan.waitMs === null) await condition(() => run.changed);
  else await condition(() => run.changed, plan.waitMs, { summary: plan.step ?? 'look again' });
}

/** A run may end only when its handlers have answered and its messages are settled; a change heard meanwhile may reopen it. */
async function finishedOrChanged(run: CollectionRun): Promise<void> {
  run.phase = 'done';
  await condition(() => run.changed || isFinished(run));
}

function isFinished(run: CollectionRun): boolean {
  return run.delivering === 0 && allHandlersFinished();
}

function heard(run: CollectionRun): void {
  run.changed = true;
  run.changesHeard += 1;
}

async function control(run: CollectionRun, kind: ControlKind, request: ControlRequest, detail: { until?: string | null; step?: string } = {}): Promise<ControlResult> {
  const { requestId, actor, reason } = request;
  const result = await askLedger(run, (ledger) => ledger.applyControl({ invoice: run.invoice, kind, requestId, actor, reason, until: detail.until ?? null, step: detail.step ?? null }));
  heard(run);
  return result;
}
