import { disputeReasons } from '../dispute/dispute';
import type { EventKind, EventValue } from '../events/kinds';
import { reversalKinds } from '../ledger/reversal';
import { promiseSources } from '../promise/promise';
import { replyKinds } from '../reply/classification';
import type { ConditionFacts, Field, FieldType } from './catalogue';

function told({ event }: ConditionFacts, key: string): EventValue {
  return event && Object.hasOwn(event.data, key) ? (event.data[key] ?? null) : null;
}

/** A field of an event, and under which key of its data it is told. */
function ofEvent(name: string, type: FieldType, title: string, key: string, choices?: readonly string[]): Field {
  return { name, type, title, of: 'event', read: (facts) => told(facts, key), ...(choices ? { choices } : {}) };
}

/** Money that is told in the event's own currency, which need not be that of any invoice. */
function money(name: string, title: string, ...keys: readonly string[]): Field {
  const read = (facts: ConditionFacts): EventValue => keys.map((key) => told(facts, key)).find((value) => value !== null) ?? null;
  return { name, type: 'money', title, of: 'event', read, currencyOf: (facts) => text(told(facts, 'currency')) };
}

function text(value: EventValue): string | null {
  return typeof value === 'string' ? value : null;
}

function yesOrNo(name: string, title: string, key: string): Field {
  const read = (facts: ConditionFacts): EventValue => {
    const value = told(facts, key);
    return value === null ? null : value === true ? 'yes' : 'no';
  };
  return { name, type: 'text', title, of: 'event', read, choices: ['yes', 'no'] };
}

const amount = money('event.amount', 'amount of the event', 'amountMinor', 'totalMinor');
const applied = money('event.applied', 'part of it that was put to invoices', 'appliedMinor');
const leftOpen = money('event.leftOpen', 'what is left open of the invoice', 'openMinor');
const reason = ofEvent('event.reason', 'text', 'reason given', 'reason');
const promisedOn = ofEvent('event.promisedOn', 'date', 'promised day', 'promisedOn');
const paid = money('event.paid', 'what was paid of the promise', 'paidMinor');
const template = ofEvent('event.template', 'text', 'template of the email', 'template');
const sender = ofEvent('event.sender', 'text', 'what sent the email', 'sender', ['ladder', 'segment', 'statement', 'campaign', 'automation']);
const email: readonly Field[] = [template, sender];
const segment: readonly Field[] = [ofEvent('event.segment', 'text', 'segment of the event', 'segment')];

/** What the events of each kind tell besides their customer and invoice, as a condition can ask for it; none: there is nothing that the ledger does not know better. */
export const fieldsOfEvents: Readonly<Record<EventKind, readonly Field[]>> = {
  'invoice.created': [amount],
  'invoice.due': [],
  'invoice.overdue': [],
  'invoice.settled': [],
  'invoice.written-off': [amount],
  'payment.received': [amount, applied],
  'payment.partial': [leftOpen],
  'payment.reversed': [ofEvent('event.reversal', 'text', 'kind of reversal', 'kind', reversalKinds), reason],
  'payment.charged-back': [reason],
  'payment.refunded': [amount, money('event.reopened', 'what is open again', 'reopenedMinor'), reason],
  'credit-note.received': [amount, applied],
  'promise.made': [amount, promisedOn, ofEvent('event.source', 'text', 'source of the promise', 'source', promiseSources)],
  'promise.kept': [amount, paid, promisedOn],
  'promise.broken': [amount, paid, promisedOn, ofEvent('event.outcome', 'text', 'outcome of the promise', 'state', ['broken', 'partly-kept'])],
  'discount.offered': [leftOpen, ofEvent('event.lastDay', 'date', 'last day of the offer', 'lastDay')],
  'discount.honoured': [amount],
  'discount.taken-back': [amount],
  'dispute.opened': [amount, ofEvent('event.disputeReason', 'text', 'reason of the dispute', 'reason', disputeReasons)],
  'dispute.resolved': [ofEvent('event.resolution', 'text', 'resolution of the dispute', 'resolution', ['valid', 'invalid', 'split']), money('event.credited', 'what was credited', 'creditedMinor')],
  'email.bounced': [...email, yesOrNo('event.permanent', 'whether it comes back for good', 'permanent')],
  'email.complained': email,
  'email.opened': email,
  'email.clicked': email,
  'email.replied': [],
  'reply.classified': [
    ofEvent('event.class', 'text', 'kind of reply', 'class', replyKinds), ofEvent('event.confidence', 'number', 'how sure its kind is, from 0 to 1', 'confidence'),
    ofEvent('event.decidedBy', 'text', 'who classified it', 'decidedBy', ['classifier', 'person']),
  ],
  'segment.joined': segment,
  'segment.left': segment,
  'policy.assigned': [
    ofEvent('event.policy', 'text', 'policy that was assigned', 'after'), ofEvent('event.policyBefore', 'text', 'policy that was assigned before', 'before'), reason,
  ],
  'task.overdue': [{ ...ofEvent('event.queue', 'text', 'queue of the task', 'queue'), caseless: true }, ofEvent('event.title', 'text', 'title of the task', 'title'), ofEvent('event.dueOn', 'date', 'day on which the task was due', 'dueOn')],
  'limit.exceeded': [money('event.balance', 'balance that exceeds the limit', 'balanceMinor'), money('event.limit', 'credit limit', 'limitMinor')],
};

const byName = new Map(Object.values(fieldsOfEvents).flat().map((field) => [field.name, field]));

/** The field of an event by its name, whichever kind of event tells it; null for none. */
export function findEventField(name: string): Field | null {
  return byName.get(name) ?? null;
}

/** The kinds of events that tell a field. */
export function kindsThatTell(name: string): EventKind[] {
  return (Object.keys(fieldsOfEvents) as EventKind[]).filter((kind) => fieldsOfEvents[kind].some((field) => field.name === name));
}
