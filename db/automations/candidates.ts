import type { Knex } from 'knex';
import type { Candidate } from '../../domain/automation/decideFiring';
import type { AutomationAction } from '../../domain/automation/types';
import type { InstantMs } from '../../domain/calendar/dates';
import { recipientCalendar, type RecipientCalendar } from '../../domain/calendar/sendingCalendar';
import type { CustomerFacts } from '../../domain/collection/facts';
import { arbitrateContact, type ContactVerdict } from '../../domain/contact/arbitrate';
import { askedBy } from '../../domain/condition/asked';
import type { Condition, Policy } from '../../domain/policy/types';
import { readFacts } from '../collection/facts';

/** An open invoice may be one of so many; an event about a customer looks at the oldest of them. */
const candidatesMax = 200;

export interface LedgerCandidate extends Candidate {
  invoiceId: number;
  policy: Policy;
}

export interface Subject {
  customerId: number;
  invoiceId: number | null;
}

/**
 * What events may be about, as the ledger is now: their invoice, or the customer's open invoices, oldest first. Null for an invoice that is not under
 * collection yet, and for a customer none of whose open invoices is. In the order of the subjects.
 *
 * @param when the condition that they will be held against
 */
export async function readCandidates(trx: Knex, subjects: readonly Subject[], when: Condition | null = null): Promise<(LedgerCandidate[] | null)[]> {
  const customerIds = [...new Set(subjects.map(({ customerId }) => customerId))];
  const wide = [...new Set(subjects.flatMap(({ customerId, invoiceId }) => (invoiceId === null ? [customerId] : [])))];
  const { rows: open } = await trx.raw<{ rows: { id: number; customer_id: number }[] }>(
    `SELECT i.id, c.id AS customer_id FROM unnest(?::bigint[]) AS c (id) CROSS JOIN LATERAL (SELECT id FROM invoices WHERE customer_id = c.id AND open_minor > 0 ORDER BY due_on, id LIMIT ${candidatesMax}) i`, [wide]);
  const invoiceIds = [...new Set([...open.map(({ id }) => id), ...subjects.flatMap(({ invoiceId }) => invoiceId ?? [])])];
  const ledgers = await readFacts(trx, customerIds, { kind: 'invoices', invoiceIds }, askedBy(when));
  const all = ledgers.flatMap(({ customer, collected }) => collected.map((each): LedgerCandidate & { customerId: number } => (
    { customer, invoice: each.invoice, invoiceId: each.invoiceId, policy: each.policy, customerId: each.customerId })));
  const byInvoice = new Map(all.map((candidate) => [candidate.invoiceId, candidate]));
  const byCustomer = new Map<number, LedgerCandidate[]>();
  for (const candidate of all) if (candidate.invoice.openMinor > 0) byCustomer.set(candidate.customerId, [...(byCustomer.get(candidate.customerId) ?? []), candidate]);
  const owing = new Set(open.map(({ customer_id }) => customer_id));
  return subjects.map(({ customerId, invoiceId }) => {
    if (invoiceId === null) {
      const ofCustomer = byCustomer.get(customerId) ?? [];
      return ofCustomer.length === 0 && owing.has(customerId) ? null : ofCustomer;
    }
    const found = byInvoice.get(invoiceId);
    return found ? [found] : null;
  });
}

/** Candidates with what stands of an automation's holds and of hand-offs, where it may do either. Read with the customer's ledger locked, it stays so until that is committed. */
export async function withStanding(trx: Knex, candidates: readonly LedgerCandidate[], { key, actions }: { key: string; actions: readonly AutomationAction[] }): Promise<LedgerCandidate[]> {
  if (candidates.length === 0 || !actions.some(({ kind }) => kind === 'hold' || kind === 'handoff')) return [...candidates];
  const { rows } = await trx.raw<{ rows: { id: number; isHandedOver: boolean; holds: string[] }[] }>(
    `SELECT i.id, EXISTS (SELECT FROM handoffs WHERE invoice_id = i.id) AS "isHandedOver", ARRAY(SELECT kind FROM holds WHERE invoice_id = i.id AND placed_by = ? AND released_at IS NULL) AS holds FROM unnest(?::bigint[]) AS i (id)`,
    [`automation:${key}`, candidates.map(({ invoiceId }) => invoiceId)]);
  const standing = new Map(rows.map(({ id, ...stands }) => [id, stands]));
  return candidates.map((candidate) => ({ ...candidate, standing: standing.get(candidate.invoiceId) }));
}

/** Customers as they are now, by id, whether or not they owe anything. */
export async function readCustomers(trx: Knex, ids: readonly number[], when: Condition | null = null): Promise<Map<number, CustomerFacts>> {
  if (ids.length === 0) return new Map();
  return new Map((await readFacts(trx, [...new Set(ids)], { kind: 'invoices', invoiceIds: [] }, askedBy(when))).map(({ customerId, customer }) => [customerId, customer]));
}

/** Whether its customer may be written to about an invoice now, in the send window of the invoice's policy: who writes beside policies, an automation or a campaign, has no right to more. */
export function contactNow(candidate: LedgerCandidate, now: InstantMs): ContactVerdict {
  const { customer, policy } = candidate;
  return arbitrateContact({ customer, rules: policy.contact, calendar: calendarOf(candidate), now, atMinute: null, exempt: false });
}

/** The calendar of the invoice's policy, for its customer. */
export function calendarOf({ customer, policy }: LedgerCandidate): RecipientCalendar {
  return recipientCalendar(policy.calendar, customer);
}
