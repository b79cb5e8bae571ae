import { dayNumber, type DayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { startOfDay } from '../calendar/zones';
import type { CustomerFacts } from '../collection/facts';
import type { ContactCap, ContactRules } from '../policy/types';
import { unreachable, type Unreachable } from './reach';
import { rulesFor } from './strictest';

/** Whether a customer may be contacted now. */
export type ContactVerdict =
  | { kind: 'now' }
  | ({ kind: 'never' } & Unreachable)
  | { kind: 'later'; code: 'window' | 'spacing' | 'cap'; reason: string; until: InstantMs };

export interface ContactRequest {
  customer: Pick<CustomerFacts, 'reach' | 'timeZone' | 'contactsOn' | 'contactRules'>;
  /** Those of whatever wants to write. Beside them hold those of the customer's invoices. */
  rules: ContactRules;
  calendar: RecipientCalendar;
  now: InstantMs;
  /** The time of day at which it would go, in minutes; null: when the window opens. */
  atMinute: number | null;
  /** Neither held back by spacing and caps nor counted in them: what the customer expects, or what a person asked to be sent now. */
  exempt: boolean;
}

/** A cap is over so many days, any of them: two a week are two in whatever seven days one looks at. */
export const capDays: Record<ContactCap['per'], number> = { week: 7, month: 30 };

/**
 * The one place that decides whether a customer may be contacted: whether anything reaches them, the send window, the days between contacts and the caps on
 * contact. It counts every message that counts, whatever sent it, and keeps to the rules of every policy under which the customer's open invoices are collected, whatever asks: a policy, a segment, a campaign or an automation. Of several rules the one that holds longest is told.
 *
 * @example arbitrateContact({ customer, rules: { minimumDaysBetween: 3, merge: 'same-day', caps: [{ messages: 2, per: 'week' }] }, calendar, now, atMinute: null, exempt: false })
 */
export function arbitrateContact(request: ContactRequest): ContactVerdict {
  const { customer, calendar, now, exempt } = request;
  const never = unreachable(customer);
  if (never) return { kind: 'never', ...never };
  const held = exempt ? null : frequencyHold(request);
  if (held) return held;
  return calendar.isOpen(now) ? { kind: 'now' } : { kind: 'later', code: 'window', reason: 'the send window is closed', until: calendar.nextOpening(now) };
}

/** Whether one more message is within the caps on the day of the newest contacts given. */
export function isWithinCaps(caps: ContactRules['caps'], contactsOn: readonly LocalDate[], today: DayNumber): boolean {
  return (caps ?? none).every((cap) => (capEnd(cap, contactsOn) ?? -Infinity) <= today);
}

const none: readonly ContactCap[] = [];

function frequencyHold({ customer, rules: own, calendar, now, atMinute }: ContactRequest): ContactVerdict | null {
  const last = customer.contactsOn[0];
  if (last === undefined) return null;
  const rules = rulesFor(customer, own);
  let allowedOn = dayNumber(last) + rules.minimumDaysBetween;
  let code: 'spacing' | 'cap' = 'spacing';
  let reason = `the customer was contacted on ${last}, and ${days(rules.minimumDaysBetween)} must lie between contacts`;
  if (rules.minimumDaysBetween === 0) allowedOn = -Infinity;
  for (const cap of rules.caps ?? none) {
    const end = capEnd(cap, customer.contactsOn);
    if (end === null || end <= allowedOn) continue;
    allowedOn = end;
    code = 'cap';
    reason = `the customer was contacted ${cap.messages === 1 ? 'once' : `${cap.messages} times`} since ${customer.contactsOn[cap.messages - 1]}, and ${cap.messages} a ${cap.per} are allowed`;
  }
  if (allowedOn === -Infinity) return null;
  // Contacts are counted in the customer's days, also where the policy's calendar runs in another zone.
  const allowedFrom = startOfDay(allowedOn, customer.timeZone);
  if (now >= allowedFrom) return null;
  return { kind: 'later', code, reason, until: atMinute === null ? calendar.nextOpening(allowedFrom) : timeOfDayFrom(calendar, allowedFrom, atMinute) };
}

/** The first day on which a cap allows one more message; null while it has room. */
function capEnd({ messages, per }: ContactCap, contactsOn: readonly LocalDate[]): DayNumber | null {
  const oldest = contactsOn[messages - 1];
  return oldest === undefined ? null : dayNumber(oldest) + capDays[per];
}

/** The first time, not before an instant, at which a step with a time of its own may run. */
function timeOfDayFrom(calendar: RecipientCalendar, from: InstantMs, atMinute: number): InstantMs {
  const day = calendar.sendingDayFrom(calendar.day(from));
  const at = calendar.at(day, atMinute);
  return at >= from ? at : calendar.at(calendar.sendingDayFrom(day + 1), atMinute);
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
