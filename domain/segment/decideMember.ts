import { recipientCalendar } from '../calendar/sendingCalendar';
import type { InstantMs } from '../calendar/dates';
import { noControl, type InvoiceFacts, type ReasonCode } from '../collection/facts';
import { paused, silenceOn } from '../collection/silence';
import type { AccountFacts, ConditionFacts } from '../condition/catalogue';
import { compileCondition, evaluateCondition } from '../condition/evaluate';
import { arbitrateContact, type ContactVerdict } from '../contact/arbitrate';
import type { ContactRules } from '../policy/types';
import { isWanted } from '../statement/makeStatement';
import type { StatementStanding } from '../statement/types';
import { emailOf, isMail, statementOf, type SegmentAction, type SegmentRun } from './types';

/** An email is part of `actions` once it may go. Tasks and notifications come at the run itself, also where the email waits or reaches nobody. */
export type MemberDecision =
  | { kind: 'act'; actions: readonly SegmentAction[]; invoices: readonly InvoiceFacts[]; reason: string }
  | { kind: 'suppress'; code: ReasonCode; reason: string }
  | { kind: 'defer'; code: 'window' | 'spacing' | 'cap'; reason: string; until: InstantMs; actions: readonly SegmentAction[]; invoices: readonly InvoiceFacts[] };

/**
 * What a run does for a member of its segment, and about what. The ledger as it is now decides; nobody is told of what is not owed. Days between
 * contacts and caps are those of the run and of every policy under which the customer's invoices are collected.
 *
 * @param statement how the customer's statement stands, where the run sends one; null where it does not
 */
export function decideMember(run: SegmentRun, facts: ConditionFacts & { account: AccountFacts }, now: InstantMs, statement: StatementStanding | null): MemberDecision {
  const { customer, account, today } = facts;
  if (paused(customer, { control: noControl }, now)) return { kind: 'suppress', code: 'paused', reason: 'a person paused the collection of this customer' };
  if (statement) return decideStatement(run, facts, statement, now);
  const owed = account.invoices.filter((invoice) => silenceOn(customer, invoice, now) === null);
  if (owed.length === 0) return { kind: 'suppress', code: 'settled', reason: 'nothing is open that may be collected' };
  const condition = evaluateCondition(run.when, facts);
  if (!condition.holds) return { kind: 'suppress', code: 'condition', reason: condition.reason };
  const test = compileCondition(run.invoices.where);
  const invoices = owed.filter((invoice) => (run.invoices.which === 'open' || invoice.dueOn < today) && test({ ...facts, invoice }));
  if (invoices.length === 0) return { kind: 'suppress', code: 'condition', reason: `no ${run.invoices.which} invoice is to be listed` };
  const reason = `${invoices.length} ${invoices.length === 1 ? 'invoice is' : 'invoices are'} listed`;
  if (!emailOf(run)) return { kind: 'act', actions: run.actions, invoices, reason };
  return byContact(run, contactVerdict(run, facts, now), invoices, reason);
}

/**
 * A statement says how an account stands and asks for nothing: it hangs neither on what may be collected nor on spacing and caps, in which it does not count. The send window, a pause of
 * the customer, and who is not to be contacted hold for it as for every mail.
 */
function decideStatement(run: SegmentRun, facts: ConditionFacts & { account: AccountFacts }, standing: StatementStanding, now: InstantMs): MemberDecision {
  const condition = evaluateCondition(run.when, facts);
  if (!condition.holds) return { kind: 'suppress', code: 'condition', reason: condition.reason };
  const rule = statementOf(run)?.sendWhen ?? 'always';
  if (!isWanted(rule, standing)) return { kind: 'suppress', code: 'settled', reason: rule === 'open' ? 'nothing is open' : 'nothing is open, and nothing has moved since the last statement' };
  const contact = arbitrateContact({ customer: facts.customer, calendar: recipientCalendar(run.calendar, facts.customer), now, atMinute: null, exempt: true, rules: rulesOf(run) });
  return byContact(run, contact, facts.account.invoices, 'a statement of the account is sent');
}

function byContact(run: SegmentRun, contact: ContactVerdict, invoices: readonly InvoiceFacts[], reason: string): MemberDecision {
  const besides = run.actions.filter((action) => !isMail(action));
  switch (contact.kind) {
    case 'now': return { kind: 'act', actions: run.actions, invoices, reason };
    case 'never': return besides.length > 0 ? { kind: 'act', actions: besides, invoices, reason: `no email: ${contact.reason}` } : { kind: 'suppress', code: contact.code, reason: contact.reason };
    case 'later': return { kind: 'defer', code: contact.code, reason: contact.reason, until: contact.until, actions: besides, invoices };
  }
}

function contactVerdict(run: SegmentRun, { customer }: ConditionFacts, now: InstantMs): ContactVerdict {
  return arbitrateContact({ customer, calendar: recipientCalendar(run.calendar, customer), now, atMinute: null, exempt: false, rules: rulesOf(run) });
}

function rulesOf({ minimumDaysBetween }: SegmentRun): ContactRules {
  return { minimumDaysBetween, merge: 'same-day' };
}
