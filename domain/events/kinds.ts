/** Everything that may happen, by the name under which it is recorded; what people read beside it. */
export const eventKinds = {
  'invoice.created': 'An invoice is issued',
  'invoice.due': 'An invoice falls due',
  'invoice.overdue': 'An invoice is some days past due',
  'invoice.settled': 'An invoice is paid in full',
  'invoice.written-off': 'An invoice is written off, or a part of it',
  'payment.received': 'A payment is received',
  'payment.partial': 'A payment leaves an invoice open in part',
  'payment.reversed': 'A payment is reversed',
  'payment.charged-back': 'A payment is charged back',
  'payment.refunded': 'A payment is given back, or a part of it',
  'credit-note.received': 'A credit note is issued',
  'promise.made': 'A promise to pay is made',
  'promise.kept': 'A promise to pay is kept',
  'promise.broken': 'A promise to pay is broken',
  'discount.offered': 'A discount is offered',
  'discount.honoured': 'A payment meets an offer of a discount',
  'discount.taken-back': 'A discount is taken back with the money that met it',
  'dispute.opened': 'A dispute is opened',
  'dispute.resolved': 'A dispute is resolved',
  'email.bounced': 'An email comes back',
  'email.complained': 'An email is marked as spam',
  'email.opened': 'An email is opened',
  'email.clicked': 'A link in an email is followed',
  'email.replied': 'A customer replies',
  'reply.classified': 'It is known what a reply says',
  'segment.joined': 'A customer joins a segment',
  'segment.left': 'A customer leaves a segment',
  'policy.assigned': 'Another policy is assigned',
  'task.overdue': 'A task is overdue',
  'limit.exceeded': 'A customer owes more than its credit limit',
} as const;

export type EventKind = keyof typeof eventKinds;

export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(eventKinds, kind);
}

export type EventValue = string | number | boolean | null;

/** What an event tells besides its kind, customer and invoice: 'amountMinor', 'currency', 'payment', 'segment', 'days', … */
export type EventData = Readonly<Record<string, EventValue>>;

/** What a condition can see of an event. */
export interface EventFacts {
  kind: EventKind;
  data: EventData;
}
