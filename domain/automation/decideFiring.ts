import { assertNever } from '../assertNever';
import { addDays, type InstantMs } from '../calendar/dates';
import { localDateAt } from '../calendar/zones';
import type { CustomerFacts, CustomValue, InvoiceFacts } from '../collection/facts';
import { covered, ended, silenceOn, type Silence } from '../collection/silence';
import { evaluateCondition } from '../condition/evaluate';
import type { ContactVerdict } from '../contact/arbitrate';
import { consolidatedReason } from '../contact/consolidated';
import { deferDaysMax, depthMax, type Automation, type AutomationAction, type TriggeringEvent } from './types';

/** An invoice that an event may be about. */
export interface Candidate {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
}

/** A customer of whom nothing is open, to whom something happens all the same. */
export interface CustomerAlone {
  customer: CustomerFacts;
  invoice: null;
}

export interface FiringInput {
  automation: Automation;
  event: TriggeringEvent;
  /** The event's invoice alone; or, when the event is about a customer, the customer's open invoices, oldest first. */
  candidates: readonly Candidate[];
  /** Of an event that names no invoice: whom it is about where nothing is open. */
  customer: CustomerFacts | null;
  /** When this automation has fired for the customer, in any of its versions. */
  firedAt: readonly InstantMs[];
  /** Whether the customer may be written to now about this invoice. */
  contact: (candidate: Candidate) => ContactVerdict;
  now: InstantMs;
}

/** What an action comes to: done, or withheld with the reason. */
export interface PlannedAction {
  action: AutomationAction;
  withheld: string | null;
}

export type FiringDecision =
  | { kind: 'bounded'; reason: string }
  | { kind: 'not-met'; reason: string; inputs: Record<string, CustomValue> }
  | { kind: 'deferred'; reason: string; until: InstantMs }
  | { kind: 'fired'; candidate: Candidate | CustomerAlone; reason: string; inputs: Record<string, CustomValue>; actions: readonly PlannedAction[] };

const dayMs = 86_400_000;

/**
 * Whether an automation fires on an event, and what it then does. The condition is held against the ledger as it is now, not as it was when the event was
 * written down. An event about a customer fires for the first of its open invoices on which the condition holds; where nothing is open, for the customer, if anything of what it does needs no invoice.
 */
export function decideFiring({ automation, event, candidates, customer, firedAt, contact, now }: FiringInput): FiringDecision {
  if (event.depth >= depthMax) return { kind: 'bounded', reason: `${event.depth} automations have followed from one another already; an event any deeper starts none` };
  const met = firstMet(automation, event, candidates.length === 0 && customer && !automation.actions.every(needsInvoice) ? [{ customer, invoice: null }] : candidates, now);
  if (met.kind === 'not-met') return met;
  const recent = firedAt.filter((at) => at > now - automation.limit.days * dayMs).length;
  if (recent >= automation.limit.firings) {
    return { kind: 'bounded', reason: `it has fired ${times(recent)} for this customer in the last ${automation.limit.days} days, and ${automation.limit.firings} may be` };
  }
  if (isAlone(met.candidate)) return { ...met, kind: 'fired', actions: automation.actions.map((action) => ({ action, withheld: needsInvoice(action) ? withoutInvoice : null })) };
  return actedOn({ automation, event, contact, now }, { ...met, candidate: met.candidate });
}

function actedOn({ automation, event, contact, now }: Pick<FiringInput, 'automation' | 'event' | 'contact' | 'now'>, met: Met & { candidate: Candidate }): FiringDecision {
  const email = automation.actions.find(({ kind }) => kind === 'email');
  const silence = silenceOn(met.candidate.customer, met.candidate.invoice, now);
  const withheld = silence?.reason ?? (delivers(automation) ? null : consolidatedReason(met.candidate.customer));
  const verdict: ContactVerdict = email && withheld === null ? contact(met.candidate) : { kind: 'now' };
  if (verdict.kind === 'later' && verdict.until <= event.at + deferDaysMax * dayMs) return { kind: 'deferred', reason: verdict.reason, until: verdict.until };
  const reason = withheld ?? (verdict.kind === 'now' ? null : verdict.reason);
  return { ...met, kind: 'fired', actions: automation.actions.map((action) => ({ action, withheld: action.kind === 'email' ? reason : actionWithheld(action, met.candidate, silence) })) };
}

/** Brings the invoice itself once it is issued: that the customer expects, also where a segment writes about all that is owed. */
function delivers({ trigger, actions }: Automation): boolean {
  return trigger.kind === 'invoice.created' && actions.some((action) => action.kind === 'email' && action.attachInvoice);
}

interface Met {
  kind: 'met';
  candidate: Candidate | CustomerAlone;
  reason: string;
  inputs: Record<string, CustomValue>;
}

function isAlone(candidate: Candidate | CustomerAlone): candidate is CustomerAlone {
  return candidate.invoice === null;
}

const withoutInvoice = 'it is about an invoice, and the customer has no open one';

/** Whether an action is about an invoice. The others are done for a customer too: a pause then stands for all that it comes to owe. */
function needsInvoice(action: AutomationAction): boolean {
  switch (action.kind) {
    case 'task': case 'notify': case 'escalate': case 'pause': case 'webhook': return false;
    case 'assign-policy': return action.of === 'invoice';
    case 'email': case 'leadership': case 'hold': case 'charge': case 'handoff': case 'discount': return true;
    default: return assertNever(action);
  }
}

function firstMet({ when }: Automation, event: TriggeringEvent, candidates: readonly (Candidate | CustomerAlone)[], now: InstantMs): Met | Extract<FiringDecision, { kind: 'not-met' }> {
  let last: Extract<FiringDecision, { kind: 'not-met' }> = { kind: 'not-met', reason: 'the customer has no open invoice', inputs: {} };
  for (const candidate of candidates) {
    const { holds, inputs, reason } = evaluateCondition(when, { ...candidate, event, today: localDateAt(now, candidate.customer.timeZone) });
    if (holds) return { kind: 'met', candidate, inputs, reason };
    last = { kind: 'not-met', reason, inputs };
  }
  return last;
}

/** What asks for money as an email does, though no pause of the reminders keeps it back. */
export const askingKinds: readonly AutomationAction['kind'][] = ['hold', 'charge', 'handoff', 'discount'];

function actionWithheld(action: AutomationAction, { invoice }: Candidate, silence: Silence | null): string | null {
  if (askingKinds.includes(action.kind)) return (ended(invoice) ?? covered(invoice, false))?.reason ?? null;
  // One's own people are told also of what is promised, disputed or paused, but not of a debt that is none.
  if (action.kind === 'leadership') return ended(invoice)?.reason ?? null;
  if (action.kind === 'pause') return silence?.code === 'settled' || silence?.code === 'void' ? silence.reason : null;
  return null;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** The day until which a task is to be done, where the customer is. */
export function taskDueOn(dueInDays: number, now: InstantMs, timeZone: string): string {
  return addDays(localDateAt(now, timeZone), dueInDays);
}
