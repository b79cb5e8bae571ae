import { dayNumber, type DayNumber, type InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import type { Policy, Step } from '../policy/types';
import type { InvoiceFacts } from './facts';
import { itemProgress } from './progress';

interface FixedDays {
  policy: Policy;
  calendar: RecipientCalendar;
  instants: (InstantMs | null)[];
}

// An invoice's dates do not change while its facts are read many times over, so their instants are worked out once.
const fixed = new WeakMap<InvoiceFacts, FixedDays>();

/**
 * The instant for which each step of the ladder is planned, by its position; null while it hangs on a previous step that has not ended.
 * A step's day is its anchor plus its offset, moved to the next sending day; it runs at its own time of day, or when the window opens.
 */
export function plannedInstants(invoice: InvoiceFacts, policy: Policy, calendar: RecipientCalendar): (InstantMs | null)[] {
  let days = fixed.get(invoice);
  if (!days || days.policy !== policy || days.calendar !== calendar) {
    const instants = policy.steps.map((step) => (step.anchor === 'previous' ? null : instantOf(step, anchorDay(step, invoice, policy), calendar)));
    days = { policy, calendar, instants };
    fixed.set(invoice, days);
  }
  if (!days.instants.includes(null)) return days.instants;
  return policy.steps.map((step, position) => {
    if (step.anchor !== 'previous') return days.instants[position]!;
    const previous = policy.steps[position - 1];
    const endedOn = previous ? endDay(previous, invoice) : null;
    return endedOn === null ? null : instantOf(step, endedOn, calendar);
  });
}

function anchorDay(step: Step, invoice: InvoiceFacts, policy: Policy): DayNumber {
  if (step.anchor === 'issued') return dayNumber(invoice.issuedOn);
  // What comes before the due date or on it asks for nothing that is late, so grace does not move it.
  return dayNumber(invoice.dueOn) + (step.offset.count > 0 ? graceDays(invoice, policy) : 0);
}

/** Days of grace: those of the invoice, else of its customer, else of the policy. */
export function graceDays(invoice: InvoiceFacts, policy: Policy): number {
  return invoice.graceDays ?? policy.graceDays ?? 0;
}

function instantOf(step: Step, anchor: DayNumber, calendar: RecipientCalendar): InstantMs {
  const { unit, count } = step.offset;
  const day = calendar.sendingDayFrom(unit === 'days' ? anchor + count : calendar.addBusinessDays(anchor, count));
  return step.atMinute === null ? calendar.opening(day) : calendar.at(day, step.atMinute);
}

/** The day on which the last action of a step ended, or null while one has not. */
function endDay(step: Step, invoice: InvoiceFacts): DayNumber | null {
  let latest: DayNumber | null = null;
  for (const action of step.actions) {
    const { ended } = itemProgress(invoice, step.id, action.kind);
    if (!ended) return null;
    const day = dayNumber(ended.on);
    if (latest === null || day > latest) latest = day;
  }
  return latest;
}
