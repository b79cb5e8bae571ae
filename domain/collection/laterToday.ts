import type { InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { assessLadder, pendingActions } from './assessLadder';
import type { Policy } from '../policy/types';
import type { Collected, PlannedItem } from './decision';
import type { CustomerFacts } from './facts';
import { standingDeferral } from './progress';
import { plannedInstants } from './schedule';
import { ended, paused } from './silence';

/**
 * What is due within so long is asked about too whenever something is due for its customer: one email carries all that is due on a day, and what was held back until tomorrow may
 * have to wait for longer by then. A local day has 25 hours when the clocks go back.
 */
export const askedAheadMs = 25 * 3_600_000;

const none: readonly PlannedItem[] = [];

/** Whether the policy gives steps times of their own. */
export function hasTimes({ steps }: Policy): boolean {
  return steps.some(({ atMinute }) => atMinute !== null);
}

/**
 * The emails of an invoice that are planned for later today, or held back until then, and would be sent as things stand: an email that goes now carries them.
 * Only policies that give steps times of their own (`hasTimes`) have any. What a person asked to be sent now does not wait for its time, so it is none of them.
 */
export function emailsLaterToday(customer: CustomerFacts, collected: Collected, calendar: RecipientCalendar, now: InstantMs, endOfDay: InstantMs): readonly PlannedItem[] {
  const { invoice, policy } = collected;
  // A pause that ends before the step's time has not ended now, when the email goes.
  if (ended(invoice) || invoice.documentState !== 'issued' || paused(customer, invoice, now)) return none;
  const laterSteps = new Set<string>();
  let latest = now;
  plannedInstants(invoice, policy, calendar).forEach((planned, position) => {
    const step = policy.steps[position];
    if (planned === null || !step || invoice.control.sendNow.includes(step.id)) return;
    const at = planned > now ? planned : standingDeferral(pendingActions(invoice, step), now)?.until ?? now;
    if (at <= now || at >= endOfDay || !calendar.isOpen(at)) return;
    laterSteps.add(step.id);
    latest = Math.max(latest, at);
  });
  if (laterSteps.size === 0) return none;
  return assessLadder(customer, collected, calendar, latest).items
    .filter((item) => laterSteps.has(item.stepId) && item.action === 'email' && item.verdict.kind === 'execute');
}
