import { localDateAt } from '../calendar/zones';
import type { InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { compileCondition, evaluateCondition } from '../condition/evaluate';
import type { EventFacts } from '../events/kinds';
import type { Action, Condition, ReleaseNotice } from '../policy/types';
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
      assessAutomationsHold(assessment, { customer, invoice, calendar, now, placedBy: { step: null, stepId: hold.step, level: 0 }, hold }, hold.automation);
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
      if (reason) assessment.items.push(item({ step, stepId: step.id, level }, 'release', effect, invoice, now, { kind: 'execute', code: 'released', reason }));
    } else {
      assessNotice(assessment, { customer, invoice, calendar, now, placedBy: { step, stepId: step.id, level }, hold }, effect.kind === 'hold' ? effect.releaseNotice : null);
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
function assessAutomationsHold(assessment: Assessment, input: HoldInput, { hold: kind, when, event, releaseNotice = null, isReleaseTold }: NonNullable<HoldRecord['automation']>): void {
  const { customer, invoice, now, placedBy, hold } = input;
  if (hold.releasedAt !== null) {
    if (!isReleaseTold) assessNotice(assessment, input, releaseNotice);
    return;
  }
  const reason = releaseReason(customer, invoice, when, event ?? null, now);
  if (reason) assessment.items.push(item(placedBy, 'release', { kind: 'hold', hold: kind, releaseNotice }, invoice, now, { kind: 'execute', code: 'released', reason }));
}

function settledReason(invoice: InvoiceFacts): string | null {
  if (invoice.documentState === 'void') return 'released: the invoice is void';
  return invoice.openMinor <= 0 ? 'released: nothing is open' : null;
}

/** Where a hold belongs: a step of the ladder, or an automation, by the hold's key. */
type PlacedBy = Pick<PlannedItem, 'step' | 'stepId' | 'level'>;

interface HoldInput {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  calendar: RecipientCalendar;
  now: InstantMs;
  placedBy: PlacedBy;
  hold: HoldRecord;
}

/** Tells the customer of a hold that the ledger released, whoever placed it: once, in the send window. */
function assessNotice(assessment: Assessment, { customer, invoice, calendar, now, placedBy, hold }: HoldInput, notice: ReleaseNotice | null): void {
  if (!notice || !hold.releasedByItself || hold.releasedAt === null) return;
  if (itemProgress(invoice, placedBy.stepId, 'release-notice').ended) return;
  if (!calendar.isOpen(now)) {
    assessment.next = { at: calendar.nextOpening(now), step: placedBy.stepId };
    return;
  }
  const email: Action = { kind: 'email', template: notice.template, to: notice.to, attachInvoice: false };
  const verdict = reachVerdict(customer) ?? { kind: 'execute', code: 'released', reason: 'the hold was released' };
  assessment.items.push(item(placedBy, 'release-notice', email, invoice, calendar.nextOpening(hold.releasedAt), verdict));
}

function item({ step, stepId, level }: PlacedBy, action: 'release' | 'release-notice', effect: Action, invoice: InvoiceFacts, plannedAt: InstantMs, verdict: Verdict): PlannedItem {
  return { step, stepId, level, action, effect, occurrence: itemProgress(invoice, stepId, action).occurrence, plannedAt, verdict };
}
