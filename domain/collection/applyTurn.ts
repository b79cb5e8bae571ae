import { withContact } from '../contact/history';
import type { Decision, Turn } from './decision';
import type { CustomerFacts, HoldRecord, InvoiceFacts, StepRecord } from './facts';

/** A decision as it is remembered. */
export function stepRecord({ step, action, occurrence, outcome, code, at, on, until }: Decision): StepRecord {
  return { step, action, occurrence, outcome, reasonCode: code, at, on, until };
}

/** The holds of an invoice after a decision on it. */
export function holdsAfter(holds: readonly HoldRecord[], { step, action, outcome, at }: Decision): readonly HoldRecord[] {
  if (outcome !== 'executed') return holds;
  if (action === 'hold') return [...holds, { step, releasedAt: null, releasedByItself: false }];
  if (action === 'release') return holds.map((hold) => (hold.step === step && hold.releasedAt === null ? { ...hold, releasedAt: at, releasedByItself: true } : hold));
  return holds;
}

/** The customer after the contacts of a turn: what counts towards spacing and caps has been counted. */
export function customerAfter(customer: CustomerFacts, { contacts }: Turn): CustomerFacts {
  return contacts.reduce((before, { contactOn }) => (contactOn === null ? before : { ...before, lastContactOn: contactOn, contactsOn: withContact(before.contactsOn, contactOn) }), customer);
}

/** An invoice after the decisions of a turn: the facts that reading the ledger again would give, since a turn changes nothing else of them. */
export function invoiceAfter(invoice: InvoiceFacts, { decisions }: Turn): InvoiceFacts {
  const own = decisions.filter((decision) => decision.invoice.id === invoice.id);
  if (own.length === 0) return invoice;
  return { ...invoice, progress: [...invoice.progress, ...own.map(stepRecord)], holds: own.reduce(holdsAfter, invoice.holds) };
}
