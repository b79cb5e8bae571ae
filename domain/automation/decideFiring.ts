import { approvalOf, gateOf, notAsked, type Asked } from '../approval/gate';
import { assertNever } from '../assertNever';
import { addDays, type InstantMs } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { localDateAt } from '../calendar/zones';
import type { CustomerFacts, CustomValue, InvoiceFacts } from '../collection/facts';
import { blockOf } from '../collection/blocked';
import { withoutClaims } from '../collection/claims';
import { covered, ended, silenceOn, type Silence } from '../collection/silence';
import { evaluateCondition } from '../condition/evaluate';
import type { ContactVerdict } from '../contact/arbitrate';
import { consolidatedReason } from '../contact/consolidated';
import type { Approval } from '../policy/types';
import { deferDaysMax, depthMax, type Automation, type AutomationAction, type TriggeringEvent } from './types';

/** An invoice that an event may be about. */
export interface Candidate {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  /** What the automation would do and stands already; left out: nothing. */
  standing?: Standing;
}

/** What is done to an invoice once for as long as it stands. */
export interface Standing {
  isHandedOver: boolean;
  /** The holds of the automation's own that nobody has lifted. */
  holds: readonly string[];
}

/** A customer of whom nothing is open, to whom something happens all the same. */
export interface CustomerAlone {
  customer: CustomerFacts;
  invoice: null;
}

export interface FiringInput {
  automation: Automation;
  event: TriggeringEvent;
  /** The event's invoice alone, or the one about which somebody was asked; or, when the event is about a customer, the customer's open invoices, oldest first. */
  candidates: readonly Candidate[];
  /** Of an event that names no invoice: whom it is about where nothing is open. */
  customer: CustomerFacts | null;
  /** When this automation has fired for the customer, in any of its versions. */
  firedAt: readonly InstantMs[];
  /** Whether the customer may be written to now about this invoice. */
  contact: (candidate: Candidate) => ContactVerdict;
  /** The calendar of the invoice's policy, for the customer: days in which somebody is to answer are counted by it. */
  calendar: (candidate: Candidate) => RecipientCalendar;
  /** What somebody was asked about this firing before; null: nothing. */
  asked: AskedOfFiring | null;
  now: InstantMs;
}

export interface AskedOfFiring extends Asked {
  answeredAt: InstantMs | null;
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
  /** Somebody has to agree, and has until then. All that it does waits for that. `position`: the action that needs it. */
  | { kind: 'asks'; candidate: Candidate; reason: string; inputs: Record<string, CustomValue>; position: number; approval: Approval; why: string; until: InstantMs }
  /** What somebody was asked about does not come about. */
  | { kind: 'lapsed'; code: 'withdrawn' | 'refused' | 'timed-out'; reason: string }
  /** `agreed`: why it goes ahead, where somebody had to agree. */
  | { kind: 'fired'; agreed: string | null; candidate: Candidate | CustomerAlone; reason: string; inputs: Record<string, CustomValue>; actions: readonly PlannedAction[] };

const dayMs = 86_400_000;

/**
 * Whether an automation fires on an event, and what it then does. The condition is held against the ledger as it is now, not as it was when the event was
 * written down. An event about a customer fires for the first of its open invoices on which the condition holds; where nothing is open, for the customer, if anything of what it does needs no invoice.
 */
export function decideFiring({ automation, event, candidates, customer, firedAt, contact, calendar, asked, now }: FiringInput): FiringDecision {
  if (event.depth >= depthMax) return { kind: 'bounded', reason: `${event.depth} automations have followed from one another already; an event any deeper starts none` };
  const [about] = candidates;
  if (asked && about) return decideAsked({ automation, event, contact, calendar, asked, now }, about);
  const met = firstMet(automation, event, candidates.length === 0 && customer && !automation.actions.every(needsInvoice) ? [{ customer, invoice: null }] : candidates, now);
  if (met.kind === 'not-met') return met;
  const recent = firedAt.filter((at) => at > now - automation.limit.days * dayMs).length;
  if (recent >= automation.limit.firings) {
    return { kind: 'bounded', reason: `it has fired ${times(recent)} for this customer in the last ${automation.limit.days} days, and ${automation.limit.firings} may be` };
  }
  if (isAlone(met.candidate)) return { ...met, kind: 'fired', agreed: null, actions: automation.actions.map((action) => ({ action, withheld: needsInvoice(action) ? withoutInvoice : null })) };
  return actedOn({ automation, event, contact, calendar, asked: null, now }, { ...met, candidate: met.candidate }, silenceOn(met.candidate.customer, met.candidate.invoice, now));
}

/**
 * The same for what somebody was asked about: it was counted as it was asked. Where nothing is left to be asked for, or the condition no longer holds, the question is needless. A pause, a promise
 * or a dispute passes, and leaves it open until it is answered, as it does with a step's: the condition is then measured by all that is open.
 */
function decideAsked(setting: Setting, about: Candidate): FiringDecision {
  const { automation, event, now } = setting;
  const { customer, invoice } = about;
  const silence = silenceOn(customer, invoice, now);
  const gated = automation.actions.find(approvalOf);
  const over = (ended(invoice) ?? (silence?.code === 'unapplied-cash' ? silence : null))?.reason ?? (gated ? standsAlready(gated, about.standing) : null);
  if (over !== null) return { kind: 'lapsed', code: 'withdrawn', reason: over };
  const block = blockOf({ when: automation.when, exemptFromSpacing: false }, customer, invoice, localDateAt(now, customer.timeZone), event);
  const met = firstMet(automation, event, [block ? { customer, invoice: withoutClaims(invoice) } : about], now);
  return met.kind === 'not-met' ? met : actedOn(setting, { ...met, candidate: about }, block ?? silence);
}

type Setting = Pick<FiringInput, 'automation' | 'event' | 'contact' | 'calendar' | 'asked' | 'now'>;
/** Why nothing is said of an invoice now, or done about it that somebody has to agree to. */
type Withholding = Pick<Silence, 'code' | 'reason'>;
type MetOnInvoice = Met & { candidate: Candidate };

function actedOn(setting: Setting, met: MetOnInvoice, silence: Withholding | null): FiringDecision {
  const { automation, event, contact, asked } = setting;
  const email = automation.actions.find(({ kind }) => kind === 'email');
  const gate = gateOn(setting, met, silence);
  if (gate && 'kind' in gate) return gate;
  const unwritten = silence?.reason ?? (delivers(automation) ? null : consolidatedReason(met.candidate.customer));
  const verdict: ContactVerdict = email && unwritten === null ? contact(met.candidate) : { kind: 'now' };
  if (verdict.kind === 'later' && verdict.until <= (asked ? asked.answeredAt ?? asked.deadline : event.at) + deferDaysMax * dayMs) return { kind: 'deferred', reason: verdict.reason, until: verdict.until };
  const reason = unwritten ?? (verdict.kind === 'now' ? null : verdict.reason);
  return { ...met, kind: 'fired', agreed: gate?.agreed ?? null, actions: automation.actions.map((action, index) => ({ action, withheld: action.kind === 'email' ? reason : actionWithheld(action, asActed(met.candidate, automation.actions.slice(0, index)), silence) })) };
}

/**
 * Whether somebody who has to agree has done so, looking at the ledger again: null where nobody has to, or where what needs it is withheld in any case, so that nobody is asked. What was agreed to is not
 * done to a customer who has promised, disputes or is paused by then: the firing does not wait for the end of that, as a step would.
 */
function gateOn({ automation, calendar, asked, now }: Setting, met: MetOnInvoice, silence: Withholding | null): Extract<FiringDecision, { kind: 'asks' | 'lapsed' }> | { agreed: string } | null {
  const position = automation.actions.findIndex(approvalOf);
  const approval = position < 0 ? null : approvalOf(automation.actions[position]!);
  const withheld = position < 0 ? null : actionWithheld(automation.actions[position]!, met.candidate, silence);
  if (!approval || (!asked && withheld !== null)) return null;
  const { candidate, reason, inputs } = met;
  const gate = gateOf(approval, asked ?? notAsked, { customer: candidate.customer, calendar: calendar(candidate), now });
  if (gate.kind === 'closed') return { kind: 'asks', candidate, reason, inputs, position, approval, why: gate.why, until: gate.until };
  const { verdict } = gate;
  if (verdict.kind !== 'execute') return { kind: 'lapsed', code: verdict.code === 'refused' ? 'refused' : 'timed-out', reason: verdict.reason };
  return withheld !== null ? { kind: 'lapsed', code: 'withdrawn', reason: `${withheld}, so that it is not done: ${verdict.reason}` } : { agreed: verdict.reason };
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

function actionWithheld(action: AutomationAction, { invoice, standing }: Candidate, silence: Withholding | null): string | null {
  // Nobody is asked about what would not be done now.
  if (approvalOf(action) && silence) return silence.reason;
  if (askingKinds.includes(action.kind)) return (ended(invoice) ?? covered(invoice, false))?.reason ?? standsAlready(action, standing);
  // One's own people are told also of what is promised, disputed or paused, but not of a debt that is none.
  if (action.kind === 'leadership') return ended(invoice)?.reason ?? null;
  if (action.kind === 'pause') return silence?.code === 'settled' || silence?.code === 'void' ? silence.reason : null;
  return null;
}

/** Nobody is handed over twice, nor held twice at once by one automation. */
function standsAlready(action: AutomationAction, standing: Standing | undefined): string | null {
  if (action.kind === 'handoff' && standing?.isHandedOver) return 'it has been handed over already';
  if (action.kind === 'hold' && standing?.holds.includes(action.hold)) return 'its hold from before still stands';
  return null;
}

/** A candidate after what the same firing does to it first. */
function asActed(candidate: Candidate, actions: readonly AutomationAction[]): Candidate {
  const { isHandedOver, holds } = candidate.standing ?? { isHandedOver: false, holds: [] };
  return { ...candidate, standing: { isHandedOver: isHandedOver || actions.some(({ kind }) => kind === 'handoff'), holds: [...holds, ...actions.flatMap((action) => (action.kind === 'hold' ? action.hold : []))] } };
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** The day until which a task is to be done, where the customer is. */
export function taskDueOn(dueInDays: number, now: InstantMs, timeZone: string): string {
  return addDays(localDateAt(now, timeZone), dueInDays);
}
