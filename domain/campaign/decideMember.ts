import type { InstantMs } from '../calendar/dates';
import type { CustomerFacts, InvoiceFacts } from '../collection/facts';
import { silenceOn } from '../collection/silence';
import type { ContactVerdict } from '../contact/arbitrate';
import type { CampaignStep, LeftOutCode, StopReason } from './types';

/** How a customer answers a campaign. */
export type Response = 'paid' | 'promised' | 'disputed' | 'replied';

/** An invoice that a step may be about. */
export interface MemberInvoice {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
}

export interface MemberFacts<Invoice extends MemberInvoice> {
  /** The customer's open invoices that are under collection, oldest first. */
  invoices: readonly Invoice[];
  /** What the customer has done since it joined, as the events tell. */
  responses: readonly Response[];
  step: CampaignStep;
  /** Whether the customer may be written to now, in the send window of the oldest invoice's policy, and by the rules of all that the customer's invoices are collected by. */
  contact: (invoice: Invoice) => ContactVerdict;
  /** Since when the step is due. */
  dueAt: InstantMs;
  now: InstantMs;
}

export type MemberDecision<Invoice> =
  /** `why`: the same more exactly, with the words for it. */
  | { kind: 'stop'; reason: StopReason; why: { code: LeftOutCode; words: string } }
  | { kind: 'later'; until: InstantMs; reason: string }
  /** `writes`: the customer is written to; always, where the step is an email. */
  | { kind: 'act'; invoices: readonly Invoice[]; writes: boolean };

/** A step that cannot be taken for so long is given up with the customer. */
const waitDaysMax = 30;

/**
 * What a step comes to for one customer. Whoever has answered, by money or words, is left alone; so is whoever owes nothing that may be asked for.
 */
export function decideMember<Invoice extends MemberInvoice>(facts: MemberFacts<Invoice>): MemberDecision<Invoice> {
  const [response] = facts.responses;
  if (response) return { kind: 'stop', reason: response, why: { code: response, words: `the customer has ${response}` } };
  const asked = facts.invoices.filter(({ customer, invoice }) => silenceOn(customer, invoice, facts.now) === null);
  const [first] = asked;
  if (!first) return { kind: 'stop', reason: 'nothing-open', why: silenceOf(facts) };
  const { action } = facts.step;
  const work = action.kind === 'task' || (action.kind === 'escalate' && action.task !== null);
  if (!writes(action)) return { kind: 'act', invoices: asked, writes: false };
  const verdict = facts.contact(first);
  // Nobody there can be written to: what is to be done here is done all the same.
  const without = (reason: StopReason, why: { code: LeftOutCode; words: string }): MemberDecision<Invoice> => (work ? { kind: 'act', invoices: asked, writes: false } : { kind: 'stop', reason, why });
  switch (verdict.kind) {
    case 'never': return without('unreachable', { code: verdict.code, words: verdict.reason });
    case 'later': return verdict.until > facts.dueAt + waitDaysMax * 86_400_000 ? without('no-contact-possible', { code: verdict.code, words: verdict.reason }) : { kind: 'later', until: verdict.until, reason: verdict.reason };
    case 'now': return { kind: 'act', invoices: asked, writes: true };
  }
}

/** Why nothing may be asked for: of the oldest invoice on which it is. */
function silenceOf({ invoices, now }: Pick<MemberFacts<MemberInvoice>, 'invoices' | 'now'>): { code: LeftOutCode; words: string } {
  for (const { customer, invoice } of invoices) {
    const silence = silenceOn(customer, invoice, now);
    if (silence) return { code: silence.code, words: silence.reason };
  }
  return { code: 'not-collected', words: 'no open invoice is under collection' };
}

function writes(action: CampaignStep['action']): boolean {
  return action.kind === 'email' || (action.kind === 'escalate' && action.template !== null);
}
