import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import type { InstantMs } from '../../domain/calendar/dates';
import { recipientCalendar } from '../../domain/calendar/sendingCalendar';
import { localDateAt } from '../../domain/calendar/zones';
import { blockOf } from '../../domain/collection/blocked';
import { isHoldReleased } from '../../domain/collection/assessLadder';
import { noClaims, noControl, type CustomerFacts, type DecidedAction, type InvoiceFacts, type ReasonCode } from '../../domain/collection/facts';
import { silenceOn, type Silence } from '../../domain/collection/silence';
import { plannedInstants } from '../../domain/collection/schedule';
import { askedBy, union } from '../../domain/condition/asked';
import { evaluateCondition } from '../../domain/condition/evaluate';
import type { Policy, Step } from '../../domain/policy/types';
import { readAskedBefore, type AskedBefore } from '../automations/askedBefore';
import { readFacts, type CollectedInvoice } from '../collection/facts';
import { loadPolicyVersions } from '../policies';
import { asContacted, asWrittenAbout, readContactsBefore } from './contactsBefore';
import type { LockedMessage, MessageCustomer, MessageRow } from './messageRow';

/** One step of one invoice in a message, as the ledger stands at hand-over. */
export interface StandingItem {
  invoiceId: number;
  invoiceExternalId: string;
  step: string;
  /** What the step did that asked for the message; null: no step did. */
  action: DecidedAction | null;
  /** The policy whose send window is kept to: of a ladder's message, the one that decided. */
  policy: Policy | null;
  /** Why it must not be sent any more; null: it stands. */
  refusal: Refusal | null;
  /** A person has paused the invoice or the customer since the message was queued; until null: until resumed. */
  pause: { until: Date | null } | null;
}

export interface Refusal {
  code: ReasonCode;
  reason: string;
}

interface Row {
  message_id: string;
  invoice_id: number;
  external_id: string;
  step: string;
  action: DecidedAction | null;
  policy_version_id: number | null;
  open_minor: number;
  document_state: 'draft' | 'issued' | 'void';
  stopped: boolean;
  paused: boolean | null;
  paused_until: Date | null;
}

/** Reads the ledger again for everything that messages are about, by message; the invoice that leads one comes first. */
export async function readStandings(trx: Knex.Transaction, messages: readonly LockedMessage[], now: InstantMs): Promise<Map<string, StandingItem[]>> {
  if (messages.length === 0) return new Map();
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT mi.message_id, mi.invoice_id, i.external_id, mi.step, d.action, d.policy_version_id, i.open_minor, i.document_state, k.stopped OR coalesce(c.stopped, false) AS stopped, c.paused, c.paused_until
     FROM message_invoices mi
     JOIN messages m ON m.id = mi.message_id
     JOIN invoices i ON i.id = mi.invoice_id
     JOIN customers k ON k.id = i.customer_id
     LEFT JOIN collections c ON c.invoice_id = i.id
     LEFT JOIN decisions d ON d.message_id = mi.message_id AND d.invoice_id = mi.invoice_id AND d.step = mi.step AND d.outcome IN ('executed', 'covered')
     WHERE mi.message_id = ANY(?)
     ORDER BY mi.message_id, (mi.invoice_id = m.invoice_id) DESC, (d.outcome = 'executed') DESC NULLS LAST, i.due_on, i.external_id COLLATE "C", mi.step`,
    [messages.map(({ message }) => message.id)],
  );
  const policies = await loadPolicyVersions(trx, rows.flatMap(({ policy_version_id }) => (policy_version_id === null ? [] : [policy_version_id])));
  const customerIds = [...new Set(messages.map(({ customer }) => customer.id))];
  const automated = await readAskedBefore(trx, messages.flatMap(({ message }) => (message.source === 'automation' ? [message] : [])));
  const asked = new Map(rows.map((row) => [row, askedBy(stepOf(row, policies)?.when ?? automated.get(row.message_id)?.when ?? null)]));
  const ledgers = await readFacts(trx, customerIds, { kind: 'invoices', invoiceIds: rows.map(({ invoice_id }) => invoice_id) }, union([...asked.values()]));
  const before = await readContactsBefore(trx, [...new Set(rows.filter((row) => asked.get(row)?.has('contacts')).map(({ message_id }) => message_id))]);
  const facts = new Map(ledgers.flatMap(({ customer, collected }) => collected.map((each) => [each.invoiceId, { customer, collected: each }] as const)));
  const standings = new Map(messages.map(({ message }): [string, StandingItem[]] => [message.id, []]));
  const locked = new Map(messages.map((one) => [one.message.id, one]));
  for (const row of rows) standings.get(row.message_id)?.push(standingItem(row, locked.get(row.message_id)!, asDecided(facts.get(row.invoice_id), before.get(row.message_id)), { policies, automated, now }));
  return standings;
}

interface ItemFacts {
  customer: CustomerFacts;
  collected: CollectedInvoice;
}

/** Facts with the contacts that the decision on a message knew of, where its step asks for them. */
function asDecided(facts: ItemFacts | undefined, contacts: Parameters<typeof asContacted>[1] | undefined): ItemFacts | undefined {
  if (!facts || !contacts) return facts;
  const { customer, collected } = facts;
  return { customer: asContacted(customer, contacts), collected: { ...collected, invoice: asWrittenAbout(collected.invoice, collected.invoiceId, contacts) } };
}

/** The policy that decided on what a message says of an invoice, and its step. */
function policyOf(row: Row, policies: ReadonlyMap<number, Policy>): Policy | null {
  return row.policy_version_id === null ? null : policies.get(row.policy_version_id) ?? null;
}

function stepOf(row: Row, policies: ReadonlyMap<number, Policy>): Step | null {
  return policyOf(row, policies)?.steps.find(({ id }) => id === row.step) ?? null;
}

interface Looked {
  policies: ReadonlyMap<number, Policy>;
  automated: ReadonlyMap<string, AskedBefore>;
  now: InstantMs;
}

function standingItem(row: Row, { message, customer }: LockedMessage, facts: ItemFacts | undefined, { policies, automated, now }: Looked): StandingItem {
  const policy = policyOf(row, policies);
  const step = stepOf(row, policies);
  const byHand = facts?.collected.policyVersionId === row.policy_version_id && facts.collected.invoice.control.sendNow.includes(row.step);
  // By the policy that decided, also where the invoice has left it since, which one and the same step may have done that asked for the email.
  const refusal = refusalOf(row, step, message, customer, facts)
    ?? (facts && policy && step && row.action === 'email' ? outdated(facts.customer, facts.collected.invoice, policy, step, now, byHand) : null)
    ?? (facts ? noLongerAsked(facts, automated.get(message.id), now) : null);
  // An automation tells one's own people also of what is paused, promised or disputed, which may be the very thing that set it off.
  const isOfAutomation = message.source === 'internal' && row.action === null;
  // Whatever else writes about an invoice keeps to the send window of the policy by which it is collected.
  const windowOf = message.source === 'ladder' ? policy : facts?.collected.policy ?? null;
  return { invoiceId: row.invoice_id, invoiceExternalId: row.external_id, step: row.step, action: row.action, policy: windowOf, pause: byHand || isOfAutomation ? null : pauseOf(row, customer), refusal };
}

/** What a person asked to be sent now, and the notice that a hold is over, go out in spite of a pause; of the former the caller knows. */
function pauseOf(row: Row, customer: MessageCustomer): StandingItem['pause'] {
  if (row.action === 'release-notice') return null;
  const pauses = [row, customer].flatMap(({ paused, paused_until }) => (paused ? [{ until: paused_until }] : []));
  if (pauses.length === 0) return null;
  const open = pauses.some(({ until }) => until === null);
  return { until: open ? null : new Date(Math.max(...pauses.map(({ until }) => until?.getTime() ?? 0))) };
}

export const doNotContact: Refusal = { code: 'do-not-contact', reason: 'the customer asked not to be contacted, before the message was handed over' };

function refusalOf(row: Row, step: Step | null, message: MessageRow, customer: MessageCustomer, facts: ItemFacts | undefined): Refusal | null {
  if (customer.do_not_contact && message.source !== 'internal') return doNotContact;
  // A statement says how things stand, also with what has been paid.
  if (message.source === 'statement') return null;
  // The notice that a hold is over is about an invoice that is paid: that is its point.
  if (row.action === 'release-notice') return null;
  const invoice = facts?.collected.invoice ?? notCollected(row);
  // A pause holds a message back without ending it, and is the caller's.
  const silence = silenceOn(unpaused, { ...invoice, control: { ...invoice.control, pause: null } }, 0, step?.exemptFromSpacing ?? false);
  return silence && refusalFor(silence, row.action === null && message.source !== 'internal');
}

const unpaused = { pause: null };

/** Of an invoice that is not under collection nothing is known but its balance. */
function notCollected({ open_minor, document_state, stopped }: Row): Parameters<typeof silenceOn>[1] {
  return { ...noClaims, openMinor: open_minor, creditMinor: 0, documentState: document_state, control: { ...noControl, stopped } };
}

/** `isAlone`: no step leads it, so it has no decision that would come again. What a step asks for and the customer has promised or disputes is looked at by its condition. */
function refusalFor({ code }: Silence, isAlone: boolean): Refusal | null {
  switch (code) {
    case 'void': return { code, reason: 'the invoice was voided before the message was handed over' };
    case 'settled': return { code: 'paid-before-hand-over', reason: 'nothing was open any more when the message was to be handed over' };
    case 'stopped': return { code, reason: 'collection was stopped by a person before the message was handed over' };
    case 'unapplied-cash': return { code, reason: 'unapplied cash or credit covered what was open when the message was to be handed over' };
    case 'promised': return isAlone ? { code, reason: 'the customer promised to pay before the message was handed over' } : null;
    case 'disputed': return isAlone ? { code, reason: 'what is open was disputed before the message was handed over' } : null;
    case 'paused': return null;
    default: return assertNever(code);
  }
}

/** Why an automation would not write now: what it asked has changed since. */
function noLongerAsked({ customer, collected: { invoice } }: ItemFacts, asked: AskedBefore | undefined, now: InstantMs): Refusal | null {
  if (!asked) return null;
  const { holds, reason } = evaluateCondition(asked.when, { customer, invoice, event: asked.event, today: localDateAt(now, customer.timeZone) });
  return holds ? null : { code: 'condition', reason: `before the message was handed over: ${reason}` };
}

/** Why a step would not be taken any more as its invoice stands now: what the decision looked at has changed since. What a person asked for is sent all the same, save what the customer has promised or disputes. */
function outdated(customer: CustomerFacts, invoice: InvoiceFacts, policy: Policy, step: Step, now: InstantMs, byHand: boolean): Refusal | null {
  const claimed = invoice.promisedMinor > 0 ? 'promised' : 'disputed';
  if (blockOf(step, customer, invoice, localDateAt(now, customer.timeZone))) {
    return { code: 'taken-back', reason: `what is open was ${claimed} before the message was handed over: it comes again if it is owed then` };
  }
  if (byHand) return null;
  if (isHoldReleased(invoice, step)) return { code: 'released', reason: 'the hold of this step was released before the message was handed over' };
  const { holds, reason } = evaluateCondition(step.when, { customer, invoice, today: localDateAt(now, customer.timeZone) });
  if (!holds) return { code: 'condition', reason: `before the message was handed over: ${reason}` };
  const calendar = recipientCalendar(policy.calendar, customer);
  const planned = plannedInstants(invoice, policy, calendar)[policy.steps.indexOf(step)] ?? null;
  // Later today is no reason: an email carries what is due later the same day.
  if (planned !== null && calendar.day(planned) > calendar.day(now)) return { code: 'taken-back', reason: 'the step is for a later day since the invoice was changed: it comes again then' };
  return null;
}
