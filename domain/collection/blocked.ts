import type { InstantMs, LocalDate } from '../calendar/dates';
import { compileCondition } from '../condition/evaluate';
import type { EventFacts } from '../events/kinds';
import type { Step } from '../policy/types';
import { withoutClaims, withoutPromises } from './claims';
import type { CustomerFacts, InvoiceFacts } from './facts';
import { askedMinor, claimed } from './silence';

/** What holds a step back, and until when; null: until a person resolves the dispute. */
export interface Block {
  code: 'promised' | 'disputed';
  reason: string;
  until: InstantMs | null;
}

/**
 * Whether a promise or a dispute holds a step back: nothing is left to ask for besides it, or the step's condition would hold with what is promised or
 * disputed and does not without. What somebody is asked about for an automation is held back in the same way, by the condition on its event. A step that would not be taken in either case is not held back but ends, as its condition says.
 */
export function blockOf(step: Pick<Step, 'when' | 'exemptFromSpacing'>, customer: CustomerFacts, invoice: InvoiceFacts, today: LocalDate, event?: EventFacts): Block | null {
  const { openMinor, promisedMinor, disputedMinor } = invoice;
  if (promisedMinor === 0 && disputedMinor === 0) return null;
  const condition = compileCondition(step.when);
  const goes = (facts: InvoiceFacts): boolean =>
    askedMinor(facts, step.exemptFromSpacing) > 0 && condition({ customer, invoice: facts, today, event });
  if (goes(invoice)) return null;
  if (openMinor - promisedMinor - disputedMinor > 0 && !goes(withoutClaims(invoice))) return null;
  return claimed(invoice, goes(withoutPromises(invoice)));
}
