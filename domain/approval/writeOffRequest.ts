import { dayNumber, type InstantMs } from '../calendar/dates';
import { localDateAt, startOfDay } from '../calendar/zones';

/** Days in which a request for a write-off is to be answered, unless it says otherwise. */
export const writeOffTimeoutDays = 14;

/** A request for a write-off that nobody has answered. */
export interface OpenWriteOffRequest {
  /** `withdrawn`: by itself, since nothing was open. */
  state: 'pending' | 'withdrawn';
  /** Who is asked. */
  role: 'credit-manager' | 'admin';
  dueAt: InstantMs;
  /** Open on its invoice now. */
  openMinor: number;
}

export type WriteOffRequestChange =
  | { kind: 'withdraw'; reason: string }
  | { kind: 'ask-again' }
  | { kind: 'escalate' }
  | { kind: 'time-out'; reason: string };

/** When the time for an answer is over: at the start of a day where the customer is. */
export function writeOffDeadline(askedAt: InstantMs, timeoutDays: number, zone: string): InstantMs {
  return startOfDay(dayNumber(localDateAt(askedAt, zone)) + timeoutDays, zone);
}

/**
 * What becomes of a request without an answer; null: nothing. Money is never given up for want of an answer: when the time is over an administrator is asked for as long again,
 * and after that nothing is written off. What is paid needs no write-off, and what comes back (a payment is reversed) is asked about anew.
 */
export function writeOffRequestAfter({ state, role, dueAt, openMinor }: OpenWriteOffRequest, now: InstantMs): WriteOffRequestChange | null {
  if (state === 'withdrawn') return openMinor > 0 ? { kind: 'ask-again' } : null;
  if (openMinor <= 0) return { kind: 'withdraw', reason: 'nothing was open any more' };
  if (dueAt > now) return null;
  return role === 'admin' ? { kind: 'time-out', reason: 'not written off: nobody answered in time, an administrator neither' } : { kind: 'escalate' };
}
