import { localDateAt } from '../calendar/zones';
import type { InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { compileCondition, evaluateCondition } from '../condition/evaluate';
import type { EventFacts } from '../events/kinds';
import type { Action, Condition, Step } from '../policy/types';
import type { Assessment } from './assessment';
import { withoutClaims } from './claims';
import type { Collected, PlannedItem, Verdict } from './decision';
import type { CustomerFacts, HoldRecord, InvoiceFacts } from './facts';
import { itemProgress } from './progress';
import { reachVerdict } from './reach';

const nothing: Assessment = { items: [], next: null, held: null };

/**
 * Holds release themselves: as soon as the invoice is settled, or the condition under which the hold was placed no longer holds.
 * A promise or a dispute lifts no hold: it is measured by all that is open. The release takes effect at once, at any hour; the notice of it waits for the send window like every message.
 */
export function assessHolds(customer: CustomerFacts, { invoice, policy }: Collected, calendar: RecipientCalendar, now: InstantMs): Assessment {
  if (invoice.holds.length === 0) return nothing;
  const assessment: Assessment = { items: [], next: null, held: null };
  for (const hold of invoice.holds) {
    if (hold.automation) {
      assessAutomationsHold(assessment, customer, invoice, hold, hold.automation, now);
      continue;
    }
    const level = policy.steps.findIndex((step) => step.id === hold.step);
    const step = policy.steps[level];
    const effect = step?.actions.find((action) => action.kind === 'hold');
    if (!step || !effect) {
      // A hold that a policy placed on which the invoice no longer is, and that has no heir here: it ends with the debt.
      const over = hold.releasedAt === null ? settledReason(invoice) : null;
      if (over) assessment.items.push({ step: null, stepId: hold.step, level: 0, action: 'release', effect: null, occurrence: itemProgress(invoice, hold.step, 'release').occurrence, plannedAt: now, verdict: { kind: 'execute', code: 'released', reason: over } });
      continue;
    }
    if (hold.releasedAt === null) {
      const reason = releaseReason(customer, invoice, step.when, null, now);
      if (reason) assessment.items.push(item(step, level, 'release', effect, invoice, now, { kind: 'execute', code: 'released', reason }));
    } else {
      assessNotice(assessment, { customer, invoice, calendar, now, step, level, effect, hold });
    }
  }
  return assessment;
}

function releaseReason(customer: CustomerFacts, invoice: InvoiceFacts, when: Condition | null, event: EventFacts | null, now: InstantMs): string | null {
  const over = settledReason(invoice);
  if (over) return over;
  const facts = { customer, invoice: withoutClaims(invoice), today: localDateAt(now, customer.timeZone), ...(event ? { event } : {}) };
  return compileCondition(when)(facts) ? null : `released: ${evaluateCondition(when, facts).reason}`;
}

/** What an automation placed is released by the rule for what a step placed: with the debt, or as soon as the condition under which it fired no longer holds. */
function assessAutomationsHold(assessment: Assessment, customer: CustomerFacts, invoice: InvoiceFacts, hold: HoldRecord, { hold: kind, when, event }: NonNullable<HoldRecord['automation']>, now: InstantMs): void {
  const reason = hold.releasedAt === null ? releaseReason(customer, invoice, when, event ?? null, now) : null;
  if (!reason) return;
  const effect: Action = { kind: 'hold', hold: kind, releaseNotice: null };
  assessment.items.push({ step: null, stepId: hold.step, level: 0, action: 'release', effect, occurrence: itemProgress(invoice, hold.step, 'release').occurrence, plannedAt: now, verdict: { kind: 'execute', code: 'released', reason } });
}

function settledReason(invoice: InvoiceFacts): string | null {
  if (invoice.documentState === 'void') return 'released: the invoice is void';
  return invoice.openMinor <= 0 ? 'released: nothing is open' : null;
}

interface NoticeInput {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  calendar: RecipientCalendar;
  now: InstantMs;
  step: Step;
  level: number;
  effect: Action;
  hold: HoldRecord;
}

function assessNotice(assessment: Assessment, { customer, invoice, calendar, now, step, level, effect, hold }: NoticeInput): void {
  if (effect.kind !== 'hold' || !effect.releaseNotice || !hold.releasedByItself || hold.releasedAt === null) return;
  if (itemProgress(invoice, step.id, 'release-notice').ended) return;
  if (!calendar.isOpen(now)) {
    assessment.next = { at: calendar.nextOpening(now), step: step.id };
    return;
  }
  const email: Action = { kind: 'email', template: effect.releaseNotice.template, to: effect.releaseNotice.to, attachInvoice: false };
  const verdict = reachVerdict(customer) ?? { kind: 'execute', code: 'released', reason: 'the hold was released' };
  assessment.items.push(item(step, level, 'release-notice', email, invoice, calendar.nextOpening(hold.releasedAt), verdict));
}

function item(step: Step, level: number, action: 'release' | 'release-notice', effect: Action, invoice: InvoiceFacts, plannedAt: InstantMs, verdict: Verdict): PlannedItem {
  return { step, stepId: step.id, level, action, effect, occurrence: itemProgress(invoice, step.id, action).occurrence, plannedAt, verdict };
}
