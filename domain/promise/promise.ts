import type { InstantMs } from '../calendar/dates';

export const promiseSources = ['call', 'reply', 'api', 'portal'] as const;
export type PromiseSource = (typeof promiseSources)[number];

export const promiseStates = ['pending', 'kept', 'partly-kept', 'broken', 'superseded', 'cancelled'] as const;
export type PromiseState = (typeof promiseStates)[number];

/** How a promise stands on one of its invoices, as the ledger says. */
export interface PromiseLine {
  amountMinor: number;
  /** What was open on the invoice when it was promised. */
  openMinor: number;
  /** Applied to the invoice since, of payments received before the promise ends and not reversed. */
  paidMinor: number;
  /** Credit notes and write-offs since, before the promise ends. */
  creditedMinor: number;
  /** A later promise took over this invoice, or the invoice is void: nothing is expected of this one there. */
  released: boolean;
}

export interface PromiseStanding {
  /** The end of the promised day in the customer's zone, not included. */
  endsAt: InstantMs;
  withdrawn: boolean;
  superseded: boolean;
  lines: readonly PromiseLine[];
}

/** What is still expected of a promise on one invoice: a credit note for most of the invoice leaves less to be paid than was promised. */
function expectedMinor({ amountMinor, openMinor, creditedMinor, released }: PromiseLine): number {
  return released ? 0 : Math.min(amountMinor, Math.max(0, openMinor - creditedMinor));
}

/** What of a promise is still to come on one invoice. */
export function remainingMinor(line: PromiseLine): number {
  return Math.max(0, expectedMinor(line) - line.paidMinor);
}

/** What has been paid of what was promised; what is paid beyond a line's amount does not count for another line. */
export function paidMinor(lines: readonly PromiseLine[]): number {
  return lines.reduce((sum, line) => sum + Math.min(line.paidMinor, expectedMinor(line)), 0);
}

/**
 * What a promise is at an instant, given the ledger. It is kept as soon as all of it is paid; it is broken, or kept in part, when the promised day is
 * over where the customer is, holiday or not. A payment that is reversed was never made; one that is recorded late counts when it was received.
 */
export function promiseState({ endsAt, withdrawn, superseded, lines }: PromiseStanding, now: InstantMs): PromiseState {
  if (withdrawn) return 'cancelled';
  if (superseded) return 'superseded';
  const expected = lines.reduce((sum, line) => sum + expectedMinor(line), 0);
  // Nothing is left to be paid, by a credit note or since the invoice is void: nobody kept anything, and nobody broke it.
  if (expected === 0) return 'cancelled';
  const paid = paidMinor(lines);
  if (paid >= expected) return 'kept';
  if (now < endsAt) return 'pending';
  return paid > 0 ? 'partly-kept' : 'broken';
}

/**
 * When a promise asks to be looked at again: at once (0) when it is not what it was last decided to be, when it ends while it is pending, else not
 * until the ledger changes (null).
 */
export function promiseDueAt(standing: PromiseStanding, decided: PromiseState): InstantMs | null {
  const running = promiseState(standing, standing.endsAt - 1);
  if (decided === 'pending') return running === 'pending' ? standing.endsAt : 0;
  return promiseState(standing, standing.endsAt) === decided ? null : 0;
}

/** An invoice that a promise may fall on, with what can be promised there. */
export interface Promisable {
  availableMinor: number;
}

/** Spreads a promised amount over invoices in their order, as far as each goes. Null when they do not hold as much. */
export function spreadPromise<I extends Promisable>(amountMinor: number, invoices: readonly I[]): { invoice: I; amountMinor: number }[] | null {
  let left = amountMinor;
  const lines: { invoice: I; amountMinor: number }[] = [];
  for (const invoice of invoices) {
    const taken = Math.min(left, Math.max(0, invoice.availableMinor));
    if (taken > 0) lines.push({ invoice, amountMinor: taken });
    left -= taken;
  }
  return left > 0 ? null : lines;
}

/**
 * The share of promised money that came as promised, of those promises that have been decided; null when none has. In one currency, as rates of
 * several are never added.
 */
export function keptRate(decided: readonly { state: PromiseState; amountMinor: number; paidMinor: number }[]): number | null {
  const counted = decided.filter(({ state }) => state === 'kept' || state === 'partly-kept' || state === 'broken');
  const promised = counted.reduce((sum, each) => sum + each.amountMinor, 0);
  return promised === 0 ? null : counted.reduce((sum, each) => sum + (each.state === 'kept' ? each.amountMinor : each.paidMinor), 0) / promised;
}
