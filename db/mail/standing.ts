import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { recipientCalendar } from '../../domain/calendar/sendingCalendar';
import { localDateAt } from '../../domain/calendar/zones';
import { isHoldReleased } from '../../domain/collection/assessLadder';
import type { CustomerFacts, ReasonCode } from '../../domain/collection/facts';
import { plannedInstants } from '../../domain/collection/schedule';
import { evaluateCondition } from '../../domain/condition/evaluate';
import type { Policy, Step } from '../../domain/policy/types';
import { readFacts, type CollectedInvoice } from '../collection/facts';
import { loadPolicyVersions } from '../policies';
import type { MessageCustomer, MessageRow } from './messageRow';

/** One step of one invoice in a message, as the ledger stands at hand-over. */
export interface StandingItem {
  invoiceId: number;
  invoiceExternalId: string;
  step: string;
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
  invoice_id: number;
  external_id: string;
  step: string;
  action: string | null;
  policy_version_id: number | null;
  open_minor: number;
  credit_minor: number;
  document_state: 'draft' | 'issued' | 'void';
  stopped: boolean | null;
  paused: boolean | null;
  paused_until: Date | null;
}

/** Reads the ledger again for everything a message is about; the invoice that leads comes first. */
export async function readStanding(trx: Knex.Transaction, message: MessageRow, customer: MessageCustomer, now: InstantMs): Promise<StandingItem[]> {
  // Unapplied cash and credit go to the oldest due invoice first, then by id: the same rule by which decisions are made.
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `WITH unapplied AS (
       SELECT currency, sum(amount) AS amount FROM (
         SELECT currency, unapplied_minor AS amount FROM payments WHERE customer_id = :customer AND unapplied_minor > 0
         UNION ALL SELECT currency, unapplied_minor FROM credit_notes WHERE customer_id = :customer AND unapplied_minor > 0
       ) u GROUP BY currency
     ),
     open AS (
       SELECT id, sum(open_minor) OVER (PARTITION BY currency ORDER BY due_on, external_id COLLATE "C" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
       FROM invoices WHERE customer_id = :customer AND open_minor > 0
     )
     SELECT mi.invoice_id, i.external_id, mi.step, d.action, d.policy_version_id, i.open_minor, i.document_state, c.stopped, c.paused, c.paused_until,
       least(i.open_minor, greatest(0, coalesce(u.amount, 0) - coalesce(o.before, 0)))::bigint AS credit_minor
     FROM message_invoices mi
     JOIN invoices i ON i.id = mi.invoice_id
     LEFT JOIN collections c ON c.invoice_id = i.id
     LEFT JOIN unapplied u ON u.currency = i.currency
     LEFT JOIN open o ON o.id = i.id
     LEFT JOIN decisions d ON d.message_id = mi.message_id AND d.invoice_id = mi.invoice_id AND d.step = mi.step AND d.outcome IN ('executed', 'covered')
     WHERE mi.message_id = :message
     ORDER BY (mi.invoice_id = :lead) DESC, (d.outcome = 'executed') DESC NULLS LAST, i.due_on, i.external_id COLLATE "C", mi.step`,
    { customer: customer.id, message: message.id, lead: message.invoice_id },
  );
  const policies = await loadPolicyVersions(trx, rows.flatMap(({ policy_version_id }) => (policy_version_id === null ? [] : [policy_version_id])));
  const [ledger] = await readFacts(trx, [customer.id], { kind: 'invoices', invoiceIds: rows.map(({ invoice_id }) => invoice_id) });
  return rows.map((row) => {
    const policy = row.policy_version_id === null ? null : policies.get(row.policy_version_id) ?? null;
    const step = policy?.steps.find(({ id }) => id === row.step) ?? null;
    const collected = ledger?.collected.find(({ invoiceId, policyVersionId }) => invoiceId === row.invoice_id && policyVersionId === row.policy_version_id);
    const byHand = collected?.invoice.control.sendNow.includes(row.step) ?? false;
    return {
      invoiceId: row.invoice_id,
      invoiceExternalId: row.external_id,
      step: row.step,
      policy,
      pause: byHand ? null : pauseOf(row, customer),
      refusal: refusalOf(row, step, message, customer) ?? (ledger && collected && step && row.action === 'email' && !byHand ? outdated(ledger.customer, collected, step, now) : null),
    };
  });
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

function refusalOf(row: Row, step: Step | null, message: MessageRow, customer: MessageCustomer): Refusal | null {
  if (customer.do_not_contact) return doNotContact;
  // A statement says how things stand, also with what has been paid.
  if (message.source === 'statement') return null;
  // The notice that a hold is over is about an invoice that is paid: that is its point.
  if (row.action === 'release-notice') return null;
  if (row.document_state === 'void') return { code: 'void', reason: 'the invoice was voided before the message was handed over' };
  if (row.open_minor <= 0) return { code: 'paid-before-hand-over', reason: 'nothing was open any more when the message was to be handed over' };
  if (row.stopped) return { code: 'stopped', reason: 'collection was stopped by a person before the message was handed over' };
  if (!step?.exemptFromSpacing && row.credit_minor >= row.open_minor) {
    return { code: 'unapplied-cash', reason: 'unapplied cash or credit covered what was open when the message was to be handed over' };
  }
  return null;
}

/** Why a step would not be taken any more as its invoice stands now: what the decision looked at has changed since. What a person asked for is sent all the same. */
function outdated(customer: CustomerFacts, { invoice, policy }: CollectedInvoice, step: Step, now: InstantMs): Refusal | null {
  if (isHoldReleased(invoice, step)) return { code: 'released', reason: 'the hold of this step was released before the message was handed over' };
  const { holds, reason } = evaluateCondition(step.when, { customer, invoice, today: localDateAt(now, customer.timeZone) });
  if (!holds) return { code: 'condition', reason: `before the message was handed over: ${reason}` };
  const calendar = recipientCalendar(policy.calendar, customer);
  const planned = plannedInstants(invoice, policy, calendar)[policy.steps.indexOf(step)] ?? null;
  // Later today is no reason: an email carries what is due later the same day.
  if (planned !== null && calendar.day(planned) > calendar.day(now)) return { code: 'taken-back', reason: 'the step is for a later day since the invoice was changed: it comes again then' };
  return null;
}
