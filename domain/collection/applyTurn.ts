import type { LocalDate } from '../calendar/dates';
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

type ContactHistory = Pick<CustomerFacts, 'lastContactOn' | 'contactsOn'>;

/** When the customer was written to, after the contacts of a turn: what counts towards spacing and caps has been counted. */
export function contactsAfter({ lastContactOn, contactsOn }: ContactHistory, { contacts }: Turn): ContactHistory {
  const after = { lastContactOn, contactsOn };
  for (const { contactOn } of contacts) {
    if (contactOn === null) continue;
    after.lastContactOn = contactOn;
    after.contactsOn = withContact(after.contactsOn, contactOn);
  }
  return after;
}

/** Tells of each contact of a turn that counts, and of each invoice that it was about, once. */
export function eachWrittenAbout({ contacts }: Turn, tell: (invoiceExternalId: string, on: LocalDate) => void): void {
  for (const { lead, covered, contactOn } of contacts) {
    if (contactOn === null) continue;
    if (covered.length === 0) tell(lead.invoice.externalId, contactOn);
    else for (const id of new Set([lead, ...covered].map(({ invoice }) => invoice.externalId))) tell(id, contactOn);
  }
}

/** An invoice after the decisions of a turn: the facts that reading the ledger again would give, since a turn changes nothing else of them. */
export function invoiceAfter(invoice: InvoiceFacts, turn: Turn): InvoiceFacts {
  const own = turn.decisions.filter((decision) => decision.invoice.id === invoice.id);
  if (own.length === 0) return invoice;
  const contactsOn = invoice.contactsOn && [...invoice.contactsOn];
  if (contactsOn) eachWrittenAbout(turn, (id, on) => void (id === invoice.externalId && contactsOn.push(on)));
  return { ...invoice, progress: [...invoice.progress, ...own.map(stepRecord)], holds: own.reduce(holdsAfter, invoice.holds), ...(contactsOn ? { contactsOn } : {}) };
}
