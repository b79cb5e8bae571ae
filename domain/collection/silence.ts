import type { InstantMs } from '../calendar/dates';
import { collectableMinor, withoutClaims } from './claims';
import type { CustomerFacts, InvoiceFacts } from './facts';

/** Why nothing is said of an invoice to its customer now. */
export interface Silence {
  code: 'void' | 'settled' | 'stopped' | 'paused' | 'promised' | 'disputed' | 'unapplied-cash';
  reason: string;
  /** When it ends by itself; null: not before the ledger changes or a person acts. */
  until: InstantMs | null;
}

type Mentioned = Pick<InvoiceFacts, 'openMinor' | 'creditMinor' | 'promisedMinor' | 'promisedUntil' | 'disputedMinor' | 'documentState' | 'control'>;

/**
 * May an invoice be mentioned to its customer now? Null: it may, for what may be asked for of it. Whatever writes to customers asks this, the ladder, segments,
 * automations, campaigns and the hand-over of a message that was written before: so that none of them knows of a reason which another does not.
 *
 * `expected`: what the customer expects, such as the invoice itself, which goes out also where money in hand covers it.
 *
 * @example silenceOn(customer, { ...invoice, openMinor: 100_00, promisedMinor: 100_00 }, now)?.code // 'promised'
 */
export function silenceOn(customer: Pick<CustomerFacts, 'pause'>, invoice: Mentioned, now: InstantMs, expected = false): Silence | null {
  return ended(invoice) ?? paused(customer, invoice, now) ?? covered(invoice, expected);
}

const isVoid: Silence = { code: 'void', reason: 'the invoice is void', until: null };
const isSettled: Silence = { code: 'settled', reason: 'nothing is open', until: null };
const isStopped: Silence = { code: 'stopped', reason: 'collection was stopped by a person', until: null };

/** Nothing more will come of the invoice by itself. */
export function ended({ documentState, openMinor, control }: Pick<Mentioned, 'documentState' | 'openMinor' | 'control'>): Silence | null {
  if (documentState === 'void') return isVoid;
  if (openMinor <= 0) return isSettled;
  return control.stopped ? isStopped : null;
}

/** A person paused the invoice or the customer: of two pauses the one that lasts longer. */
export function paused(customer: Pick<CustomerFacts, 'pause'>, { control }: Pick<Mentioned, 'control'>, now: InstantMs): Silence | null {
  let until: InstantMs | null = 0;
  for (const pause of [control.pause, customer.pause]) {
    if (pause === null || (pause.until !== null && pause.until <= now)) continue;
    until = pause.until === null || until === null ? null : Math.max(until, pause.until);
  }
  return until === 0 ? null : { code: 'paused', reason: 'paused by a person', until };
}

const isInHand: Silence = { code: 'unapplied-cash', reason: 'unapplied cash or credit of the customer covers what is open', until: null };

/** What is open is covered by money in hand, by a promise or by a dispute: nothing is left to be asked for. */
export function covered(invoice: Mentioned, expected: boolean): Silence | null {
  if (askedMinor(invoice, expected) > 0) return null;
  if (askedMinor(withoutClaims(invoice), expected) <= 0) return isInHand;
  return claimed(invoice, askedMinor({ ...invoice, promisedMinor: 0 }, expected) > 0);
}

/** What is asked for of an invoice. */
export function askedMinor(invoice: Pick<InvoiceFacts, 'openMinor' | 'creditMinor' | 'promisedMinor' | 'disputedMinor'>, expected: boolean): number {
  return collectableMinor(expected && invoice.creditMinor > 0 ? { ...invoice, creditMinor: 0 } : invoice);
}

/** Which of a promise and a dispute it is that keeps back. A dispute has no end of its own, so of both it is told where either would do. */
export function claimed({ promisedMinor, promisedUntil }: Pick<InvoiceFacts, 'promisedMinor' | 'promisedUntil'>, wouldGoUnpromised: boolean): Silence & { code: 'promised' | 'disputed' } {
  return promisedMinor > 0 && wouldGoUnpromised
    ? { code: 'promised', reason: 'the customer has promised to pay', until: promisedUntil }
    : { code: 'disputed', reason: 'what is open is disputed', until: null };
}
