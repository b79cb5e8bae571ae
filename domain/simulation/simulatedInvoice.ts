import type { InstantMs, LocalDate } from '../calendar/dates';
import type { Collected } from '../collection/decision';
import type { InvoiceFacts, StepRecord } from '../collection/facts';
import type { Policy } from '../policy/types';

/** As a simulation keeps it up to date. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An invoice in a simulation: the facts that decisions read, kept up to date, and when to look at it next. */
export interface SimulatedInvoice extends Mutable<Omit<InvoiceFacts, 'progress' | 'contactsOn'>> {
  progress: StepRecord[];
  contactsOn: LocalDate[];
  /** The invoice itself with the policy it is on, as decisions take it. */
  collected: Collected;
  nextAt: InstantMs;
  /** What policies have on record of it from a stay on them that is over; null: it was on none. */
  stays: Map<Policy, readonly StepRecord[]> | null;
}

/** The oldest first, in an order that is always the same. */
export function byDueDate(a: InvoiceFacts, b: InvoiceFacts): number {
  return a.dueOn < b.dueOn || (a.dueOn === b.dueOn && a.externalId < b.externalId) ? -1 : 1;
}

/** Facts of an invoice as a simulation keeps them up to date. They are the simulation's from then on: tens of thousands of these are made, so they are extended where they are rather than copied. */
export function simulatedInvoice(facts: InvoiceFacts, policy: Policy, nextAt: InstantMs): SimulatedInvoice {
  const invoice = facts as Mutable<InvoiceFacts> as SimulatedInvoice;
  invoice.contactsOn = [...facts.contactsOn ?? []];
  invoice.progress = [...facts.progress];
  invoice.nextAt = nextAt;
  invoice.stays = null;
  invoice.collected = { invoice, policy };
  return invoice;
}
