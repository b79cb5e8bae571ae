import { assertNever } from '../assertNever';
import { dateOfDay, dayNumber, type DayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { recipientCalendar } from '../calendar/sendingCalendar';
import { instantAt, localDateAt } from '../calendar/zones';
import { isWithinCaps } from '../contact/arbitrate';
import { withContact } from '../contact/history';
import { rulesFor } from '../contact/strictest';
import { evaluateCondition } from '../condition/evaluate';
import { formatMoney } from '../money/money';
import type { ContactRules, Policy } from '../policy/types';
import { decideNext } from './decideNext';
import { missingEscalation } from './escalation';
import { emailsLaterToday, hasTimes } from './laterToday';
import type { Collected, Contact, Decision, DecisionInputs, DecisionRow, Plan, PlannedItem, Turn, Verdict } from './decision';
import type { CustomerFacts, Outcome } from './facts';

interface Proposal {
  collected: Collected;
  item: PlannedItem;
}

/**
 * Everything that is due now for one customer: the decisions, and the contacts that they make.
 *
 * Takes the customer's invoices that are due; where the policy gives steps times of their own, also those that are due
 * later the same day, so that one email carries them all. The result does not depend on the order of `collected`.
 * After it has been recorded, ask again until the turn is empty: a step that has ended may be another's anchor.
 *
 * @param onPlan told what is next for each invoice; those of an empty turn are the plans to come
 */
export function decideTurn<Invoice extends Collected>(customer: CustomerFacts, collected: readonly Invoice[], now: InstantMs, onPlan?: (each: Invoice, plan: Plan) => void): Turn {
  const on = localDateAt(now, customer.timeZone);
  const decisions: Decision[] = [];
  const emails: Proposal[] = [];
  const notices: Proposal[] = [];
  for (const each of collected) {
    const plan = decideNext(customer, each, now);
    onPlan?.(each, plan);
    if (plan.kind !== 'act') continue;
    for (const item of plan.items) {
      const isMail = item.verdict.kind === 'execute' && item.effect?.kind === 'email';
      if (!isMail) decisions.push(decide(customer, { collected: each, item }, now, on, outcomeOf(item.verdict)));
      else if (item.action === 'release-notice') notices.push({ collected: each, item });
      else emails.push({ collected: each, item });
    }
  }
  if (emails.length === 0 && notices.length === 0) return { decisions, contacts: [] };
  const contacts = withinRules(customer, groupContacts(customer, emails, collected, now), dayNumber(on)).map((group) => contactOf(customer, group, now, on));
  // The notice that a hold is lifted is never mixed with a reminder: it is good news about something already paid.
  for (const notice of notices.sort(bySeverity)) contacts.push(contactOf(customer, [notice], now, on));
  for (const contact of contacts) {
    const asking = missingEscalation(customer, contact);
    decisions.push(contact.lead, ...contact.covered, ...(asking ? [asking] : []));
  }
  return { decisions, contacts };
}

/** One email for all that is due to the customer today, unless the policy wants one for each invoice. */
function groupContacts(customer: CustomerFacts, emails: readonly Proposal[], collected: readonly Collected[], now: InstantMs): Proposal[][] {
  const merged = emails.filter(({ collected: { policy } }) => policy.contact.merge === 'same-day');
  const alone = emails.filter(({ collected: { policy } }) => policy.contact.merge === 'per-invoice');
  const groups = groupByInvoice(alone);
  if (merged.length > 0) {
    const later = collected.flatMap((each) => laterProposals(customer, each, now));
    groups.push([...merged, ...later].sort(bySeverity));
  }
  return groups.sort(([a], [b]) => bySeverity(a!, b!));
}

/**
 * Where invoices have emails of their own, one turn may have more of them than the customer's rules leave room for: more than the caps allow, or a second one of the day where
 * one policy of the customer merges them. The most severe go, and the others are asked about again once these have been counted, which holds them back.
 */
function withinRules(customer: CustomerFacts, groups: readonly Proposal[][], today: DayNumber): Proposal[][] {
  let { contactsOn } = customer;
  return groups.filter((group) => {
    const counting = group.filter(({ item }) => counts(item));
    const isFirst = contactsOn === customer.contactsOn;
    const held = counting.some(({ collected, item }) => item.verdict.code !== 'send-now' && !hasRoom(rulesFor(customer, collected.policy.contact), contactsOn, today, isFirst));
    if (!held && counting.length > 0) contactsOn = withContact(contactsOn, dateOfDay(today));
    return !held;
  });
}

function hasRoom({ caps, merge, minimumDaysBetween }: ContactRules, contactsOn: readonly LocalDate[], today: DayNumber, isFirst: boolean): boolean {
  return (isFirst || merge === 'per-invoice' || minimumDaysBetween === 0) && isWithinCaps(caps, contactsOn, today);
}

function counts({ action, step }: PlannedItem): boolean {
  return action === 'email' && !step?.exemptFromSpacing;
}

function groupByInvoice(proposals: readonly Proposal[]): Proposal[][] {
  const groups = new Map<string, Proposal[]>();
  for (const proposal of [...proposals].sort(bySeverity)) {
    const { externalId } = proposal.collected.invoice;
    const group = groups.get(externalId);
    if (group) group.push(proposal);
    else groups.set(externalId, [proposal]);
  }
  return [...groups.values()];
}

function laterProposals(customer: CustomerFacts, collected: Collected, now: InstantMs): Proposal[] {
  if (collected.policy.contact.merge !== 'same-day' || !hasTimes(collected.policy)) return [];
  const calendar = recipientCalendar(collected.policy.calendar, customer);
  const endOfDay = instantAt(calendar.day(now) + 1, 0, calendar.timeZone);
  return emailsLaterToday(customer, collected, calendar, now, endOfDay).map((item) => ({ collected, item }));
}

/** The most severe step leads; then the oldest due invoice; then the id, so that the order is always the same. */
function bySeverity(a: Proposal, b: Proposal): number {
  return b.item.level - a.item.level
    || compare(a.collected.invoice.dueOn, b.collected.invoice.dueOn)
    || compare(a.collected.invoice.externalId, b.collected.invoice.externalId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function contactOf(customer: CustomerFacts, group: readonly Proposal[], now: InstantMs, on: LocalDate): Contact {
  const [leading, ...others] = group;
  if (!leading) throw new Error('a contact needs at least one step');
  const lead = decide(customer, leading, now, on, 'executed');
  const coveredBy = `${lead.invoice.externalId}/${lead.step}`;
  const reason = `in the same email as ${coveredBy}`;
  const covered = others.map((other) => Object.assign(decide(customer, other, now, on, 'covered'), { code: 'merged', reason, coveredBy } as const));
  return { lead, covered, contactOn: group.some(({ item }) => counts(item)) ? on : null };
}

function decide(customer: CustomerFacts, { collected, item }: Proposal, now: InstantMs, on: LocalDate, outcome: Outcome): Decision {
  const { invoice, policy } = collected;
  const { verdict } = item;
  return {
    customer, invoice, policy,
    step: item.stepId,
    action: item.action,
    effect: item.effect,
    occurrence: item.occurrence,
    outcome,
    code: verdict.code,
    reason: verdict.reason,
    at: now,
    on,
    plannedAt: item.plannedAt,
    until: verdict.kind === 'defer' ? verdict.until : null,
    coveredBy: null,
    when: item.step?.when ?? null,
  };
}

function outcomeOf(verdict: Verdict): Outcome {
  switch (verdict.kind) {
    case 'execute': return 'executed';
    case 'suppress': return 'suppressed';
    case 'skip': return 'skipped';
    case 'defer': return 'deferred';
    default: return assertNever(verdict);
  }
}

/** What a decision looked at, field name to value. Worked out when it is recorded, as most simulated decisions never are. */
export function decisionInputs({ customer, invoice, when, on }: Decision): DecisionInputs {
  return {
    open: `${formatMoney(invoice.openMinor, invoice.currency)} ${invoice.currency}`,
    covered: `${formatMoney(invoice.creditMinor, invoice.currency)} ${invoice.currency}`,
    dueOn: invoice.dueOn,
    lastContactOn: customer.lastContactOn,
    ...evaluateCondition(when, { customer, invoice, today: on }).inputs,
  };
}

/** The decision as it is published: the same row from a simulation and from the running system. */
export function toDecisionRow(decision: Decision): DecisionRow {
  const { customer, invoice, policy } = decision;
  return {
    at: isoInstant(decision.at),
    on: decision.on,
    customer: customer.externalId,
    invoice: invoice.externalId,
    step: decision.step,
    action: decision.action,
    outcome: decision.outcome,
    reason: decision.reason,
    openMinor: invoice.openMinor,
    currency: invoice.currency,
    policyVersion: versionOf(policy),
  };
}

// Decisions come in runs under the same policy.
let lastVersion: { policy: Policy | null; name: string } = { policy: null, name: '' };

function versionOf(policy: Policy): string {
  if (lastVersion.policy !== policy) lastVersion = { policy, name: policyVersionName(policy) };
  return lastVersion.name;
}

// A simulation comes to the same few thousand instants with each customer, and a page of batches to a few.
const instantTexts = new Map<InstantMs, string>();
const instantTextsMax = 20_000;

/** An instant as ISO text. */
export function isoInstant(at: InstantMs): string {
  let text = instantTexts.get(at);
  if (text === undefined) {
    if (instantTexts.size >= instantTextsMax) instantTexts.clear();
    instantTexts.set(at, (text = new Date(at).toISOString()));
  }
  return text;
}

/** A policy version's name in decisions, keys and search attributes: "reference@1". */
export function policyVersionName({ policy, version }: { policy: string; version: number }): string {
  return `${policy}@${version}`;
}
