import { recipientCalendar } from '../calendar/sendingCalendar';
import type { InstantMs } from '../calendar/dates';
import type { InvoiceFacts, ReasonCode } from '../collection/facts';
import { silenceOn } from '../collection/silence';
import type { AccountFacts, ConditionFacts } from '../condition/catalogue';
import { compileCondition, evaluateCondition } from '../condition/evaluate';
import { arbitrateContact } from '../contact/arbitrate';
import type { Condition, ContactRole, ContactRules, SendingCalendar } from '../policy/types';
import type { Cadence } from './cadence';

/** What a segment does at its cadence: one email to each customer that lists what is owed. */
export interface SegmentRun {
  cadence: Cadence;
  /** Asked of the customer at the run; null: every member. */
  when: Condition | null;
  /** Which of a customer's open invoices are listed; `where` null: all of those. */
  invoices: { which: 'overdue' | 'open'; where: Condition | null };
  template: string;
  to: readonly ContactRole[];
  minimumDaysBetween: number;
  calendar: SendingCalendar;
}

export type MemberDecision =
  | { kind: 'send'; invoices: readonly InvoiceFacts[]; reason: string }
  | { kind: 'suppress'; code: ReasonCode; reason: string }
  | { kind: 'defer'; code: 'window' | 'spacing' | 'cap'; reason: string; until: InstantMs };

/**
 * Whether a member of a segment is written to at a run, and about what. The ledger as it is now decides; nobody is told of what is not owed. Days between
 * contacts and caps are those of the run and of every policy under which the customer's invoices are collected: the one that holds longest counts.
 */
export function decideMember(run: SegmentRun, facts: ConditionFacts & { account: AccountFacts }, policies: readonly ContactRules[], now: InstantMs): MemberDecision {
  const { customer, account, today } = facts;
  if (customer.pause && (customer.pause.until === null || customer.pause.until > now)) return { kind: 'suppress', code: 'paused', reason: 'a person paused the collection of this customer' };
  const owed = account.invoices.filter((invoice) => silenceOn(customer, invoice, now) === null);
  if (owed.length === 0) return { kind: 'suppress', code: 'settled', reason: 'nothing is open that may be collected' };
  const condition = evaluateCondition(run.when, facts);
  if (!condition.holds) return { kind: 'suppress', code: 'condition', reason: condition.reason };
  const test = compileCondition(run.invoices.where);
  const listed = owed.filter((invoice) => (run.invoices.which === 'open' || invoice.dueOn < today) && test({ ...facts, invoice }));
  if (listed.length === 0) return { kind: 'suppress', code: 'condition', reason: `no ${run.invoices.which} invoice is to be listed` };
  const contact = arbitrateContact({
    customer, calendar: recipientCalendar(run.calendar, customer), now, atMinute: null, exempt: false,
    rules: { minimumDaysBetween: Math.max(run.minimumDaysBetween, ...policies.map(({ minimumDaysBetween }) => minimumDaysBetween)), caps: policies.flatMap(({ caps }) => caps ?? []) },
  });
  switch (contact.kind) {
    case 'now': return { kind: 'send', invoices: listed, reason: `${listed.length} ${listed.length === 1 ? 'invoice is' : 'invoices are'} listed` };
    case 'never': return { kind: 'suppress', code: contact.code, reason: contact.reason };
    case 'later': return { kind: 'defer', code: contact.code, reason: contact.reason, until: contact.until };
  }
}

