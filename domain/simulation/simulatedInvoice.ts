import type { InstantMs, LocalDate } from '../calendar/dates';
import type { Collected } from '../collection/decision';
import type { InvoiceFacts, StepRecord, Whole } from '../collection/facts';
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

/**
 * Facts of an invoice as a simulation keeps them up to date. Tens of thousands of these are made and read millions of times: with every field written out in one place they are all alike, which
 * takes a third off the time of a simulation. Whoever gave the facts keeps them as they were.
 */
export function simulatedInvoice(facts: InvoiceFacts, policy: Policy, nextAt: InstantMs, stays: SimulatedInvoice['stays'] = null): SimulatedInvoice {
  const invoice: Whole<SimulatedInvoice> = {
    id: facts.id,
    externalId: facts.externalId,
    issuedOn: facts.issuedOn,
    dueOn: facts.dueOn,
    currency: facts.currency,
    totalMinor: facts.totalMinor,
    openMinor: facts.openMinor,
    promisedMinor: facts.promisedMinor,
    promisedUntil: facts.promisedUntil,
    disputedMinor: facts.disputedMinor,
    claimsDueAt: facts.claimsDueAt,
    disputedDuring: facts.disputedDuring,
    creditMinor: facts.creditMinor,
    customerBalanceMinor: facts.customerBalanceMinor,
    graceDays: facts.graceDays,
    documentState: facts.documentState,
    type: facts.type,
    businessUnit: facts.businessUnit,
    custom: facts.custom,
    control: facts.control,
    progress: [...facts.progress],
    approvals: facts.approvals,
    holds: facts.holds,
    startedPolicies: facts.startedPolicies,
    listedOn: facts.listedOn,
    contactsOn: [...facts.contactsOn ?? []],
    claimed: facts.claimed,
    nextAt,
    stays,
    // Filled in next, as soon as there is an invoice to refer to.
    collected: null as never,
  };
  invoice.collected = { invoice, policy };
  return invoice;
}
