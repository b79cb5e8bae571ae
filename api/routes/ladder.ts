import type { Knex } from 'knex';
import { recipientCalendar } from '../../domain/calendar/sendingCalendar';
import { decideNext } from '../../domain/collection/decideNext';
import type { Plan } from '../../domain/collection/decision';
import type { InvoiceFacts, Outcome } from '../../domain/collection/facts';
import { itemProgress } from '../../domain/collection/progress';
import { plannedInstants } from '../../domain/collection/schedule';
import { describeStep } from '../../domain/policy/describePolicy';
import type { Step } from '../../domain/policy/types';
import { readClock } from '../../db/clock/clock';
import { readFacts } from '../../db/collection/facts';
import { listInvoiceDecisions, type DecisionItem } from '../../db/readmodels/decisions';
import { findInvoiceName } from '../../db/readmodels/invoices';
import { notFound, ProblemError } from '../http/problem';

type StepStatus = 'done' | 'covered' | 'suppressed' | 'skipped' | 'deferred' | 'next' | 'upcoming' | 'not-needed';

/** Every step of an invoice's policy as it stands: made of the decisions on record, and of what the same code that decides says is next. */
export async function readLadder(db: Knex, invoiceId: number) {
  const name = await findInvoiceName(db, invoiceId);
  if (!name) throw notFound('invoice', invoiceId);
  const [ledger] = await readFacts(db, [name.customerId], { kind: 'invoices', invoiceIds: [invoiceId] });
  const collected = ledger?.collected[0];
  if (!ledger || !collected) throw new ProblemError(404, 'not-collected', `Invoice ${name.externalId} is not under collection: it has no ladder.`);
  const clock = await readClock(db);
  const { invoice, policy } = collected;
  const plan = decideNext(ledger.customer, collected, clock.now);
  const planned = plannedInstants(invoice, policy, recipientCalendar(policy.calendar, ledger.customer));
  const decisions = (await listInvoiceDecisions(db, invoiceId)).filter(({ policyVersion }) => policyVersion === `${policy.policy}@${policy.version}`);
  const next = nextOf(plan, clock.now);
  return {
    policy: { id: collected.policyVersionId, policy: policy.policy, version: policy.version, title: policy.title },
    now: new Date(clock.now), timeZone: ledger.customer.timeZone, next, outcome: plan.kind === 'done' ? plan.outcome : null,
    steps: policy.steps.map((step, level) => {
      const actions = actionsOf(step, invoice, decisions);
      const { status, why } = standingOf(step, actions, plan, next);
      return { step: step.id, title: step.title, level, when: describeStep(step).timing, plannedAt: instant(planned[level]), status, why, actions };
    }),
  };
}

function instant(ms: number | null | undefined): Date | null {
  return ms === null || ms === undefined ? null : new Date(ms);
}

interface Next {
  at: Date | null;
  step: string | null;
  why: string;
}

function nextOf(plan: Plan, now: number): Next | null {
  switch (plan.kind) {
    case 'done': return null;
    case 'wait': return { at: instant(plan.until), step: plan.step, why: plan.why };
    case 'act': return { at: new Date(now), step: plan.items[0]?.stepId ?? null, why: plan.items[0]?.verdict.reason ?? 'due now' };
  }
}

interface StepAction {
  action: string;
  outcome: Outcome | null;
  reason: string | null;
  at: Date | null;
  until: Date | null;
  occurrence: number;
  decisionId: number | null;
  messageId: string | null;
  /** Ended for good, as far as is known now. */
  ended: boolean;
}

/** The newest decision on each action; a release and its notice are listed where they happened. */
function actionsOf(step: Step, invoice: InvoiceFacts, decisions: readonly DecisionItem[]): StepAction[] {
  const ofStep = decisions.filter((decision) => decision.step === step.id);
  const own = step.actions.map(({ kind }) => kind as string);
  const followed = [...new Set(ofStep.map(({ action }) => action))].filter((action) => !own.includes(action));
  return [...own, ...followed].map((action) => {
    const latest = ofStep.filter((decision) => decision.action === action).at(-1);
    const progress = itemProgress(invoice, step.id, action as Parameters<typeof itemProgress>[2]);
    return {
      action, outcome: latest?.outcome ?? null, reason: latest?.reason ?? null, at: latest?.at ?? null, until: latest?.until ?? null, occurrence: latest?.occurrence ?? progress.occurrence,
      decisionId: latest?.id ?? null, messageId: latest?.messageId ?? null, ended: progress.ended !== null,
    };
  });
}

const byWeight: readonly Outcome[] = ['executed', 'covered', 'suppressed', 'skipped'];
const statusOf: Readonly<Record<Outcome, StepStatus>> = { executed: 'done', covered: 'covered', suppressed: 'suppressed', skipped: 'skipped', deferred: 'deferred' };

function standingOf(step: Step, actions: readonly StepAction[], plan: Plan, next: Next | null): { status: StepStatus; why: string | null } {
  const own = actions.slice(0, step.actions.length);
  const decided = own.filter(({ outcome }) => outcome !== null && outcome !== 'deferred');
  // While collection goes on, a step that ended only because the invoice was paid meanwhile, and is open again, is still to come.
  const over = plan.kind === 'done' ? decided.length > 0 : own.every(({ ended }) => ended);
  if (over) {
    const weightiest = [...decided].sort((a, b) => byWeight.indexOf(a.outcome ?? 'skipped') - byWeight.indexOf(b.outcome ?? 'skipped'))[0];
    return { status: weightiest?.outcome ? statusOf[weightiest.outcome] : 'not-needed', why: weightiest?.reason ?? null };
  }
  if (plan.kind === 'done') return { status: 'not-needed', why: `collection is over: ${plan.outcome}` };
  const deferred = own.find(({ outcome }) => outcome === 'deferred');
  if (deferred) return { status: 'deferred', why: deferred.reason };
  if (next?.step === step.id) return { status: 'next', why: next.why };
  return { status: 'upcoming', why: null };
}
