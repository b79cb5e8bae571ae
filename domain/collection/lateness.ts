import type { DayNumber } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import type { InvoiceFacts } from './facts';

/**
 * By how many days a step is late that could have run on `plannedDay`: the days after it, less those on which the invoice was disputed. Nobody was late
 * on those, as nobody was to ask. A dispute that ends when nothing is sent counts until the next sending day.
 */
export function daysLateSince(plannedDay: DayNumber, { invoice, calendar, today }: { invoice: InvoiceFacts; calendar: RecipientCalendar; today: DayNumber }): number {
  const disputes = invoice.disputedDuring ?? [];
  if (today <= plannedDay || disputes.length === 0) return today - plannedDay;
  const spans = disputes.map(({ from, until }) => ({ first: calendar.day(from), last: until === null ? today : calendar.day(calendar.nextOpening(until)) }));
  let late = 0;
  // Days one by one, as disputes overlap: a step that has waited for a thousand days is a thousand turns.
  for (let day = plannedDay + 1; day <= today; day += 1) if (!spans.some(({ first, last }) => day >= first && day <= last)) late += 1;
  return late;
}
