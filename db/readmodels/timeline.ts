import type { Knex } from 'knex';
import { describeDiscount, discountOn, type DiscountRule } from '../../domain/discount/discount';
import { formatMoney } from '../../domain/money/money';
import { readPage, Where, type Binding, type Page, type PageRequest } from './keyset';
import { person } from './person';

export type TimelineKind = 'decision' | 'message' | 'task' | 'payment' | 'credit-note' | 'write-off' | 'invoice' | 'hold' | 'handoff' | 'note' | 'entry' | 'call' | 'promise' | 'dispute' | 'control' | 'reply' | 'segment' | 'segment-run' | 'campaign' | 'charge' | 'discount' | 'approval' | 'change';
export interface TimelineEntry {
  kind: TimelineKind;
  id: string;
  at: Date;
  title: string;
  detail: string | null;
  actor: string | null;
  invoiceId: number | null;
  invoiceNumber: string | null;
  messageId: string | null;
  amountMinor: number | null;
  currency: string | null;
  state: string | null;
}

interface Source {
  kind: TimelineKind;
  /** What tells several entries of one row apart: 'placed', 'released'. */
  moment?: string;
  from: string;
  customer: string;
  id: string;
  at: string;
  title: string;
  detail?: string;
  actor?: string;
  invoice?: string;
  message?: string;
  amount?: string;
  currency?: string;
  state?: string;
  where?: string;
  /** A column in whose order `at` is, where `at` itself is worked out; and what an instant is in it. */
  order?: { column: string; of: string };
}

/** Dates become the start of that day where the customer is, which keeps their order. */
const issued = { column: 'x.issued_on', of: '(?::timestamptz AT TIME ZONE c.time_zone)::date' };
/** A promise may be for several invoices; the timeline leads to the first. */
const firstInvoice = '(SELECT min(l.invoice_id) FROM promise_invoices l WHERE l.promise_id = x.id)';
/** What a call ends with; what other tasks end with is theirs alone. */
const callOutcomes = `('no-answer', 'promised', 'disputed', 'paid', 'wrong-contact', 'wrong-number')`;

const chargeName = `CASE x.kind WHEN 'late-fee' THEN 'Late fee' WHEN 'interest' THEN 'Interest' ELSE 'Compensation' END`;
const askedFor = `CASE x.kind WHEN 'write-off' THEN 'a write-off' WHEN 'handoff' THEN 'a hand-off' ELSE 'a hold' END`;
const membership = 'campaign_members x JOIN campaign_runs r ON r.id = x.run_id JOIN campaigns g ON g.id = r.campaign_id';
const campaignTitle = `g.document ->> 'title'`;
/** Under which policy something comes. The audit trail of before names customers by another id than the rest of it. */
const assignment = {
  kind: 'change', moment: 'assigned', id: 'x.id', at: 'x.at', title: `CASE WHEN x.policy_after IS NULL THEN 'policy-assignment.removed' ELSE 'policy-assignment.made' END`,
  detail: `coalesce(x.policy_after, x.policy_before) || ': ' || x.reason`, actor: 'x.changed_by',
} as const;

/** Where a customer's history is written down. Each becomes one branch of the union below. */
const sources: readonly Source[] = [
  { kind: 'decision', from: 'decisions x', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: `x.step || ': ' || x.action`, detail: 'x.reason', invoice: 'x.invoice_id', message: 'x.message_id', amount: 'x.open_minor', currency: 'x.currency', state: 'x.outcome' },
  { kind: 'message', from: 'messages x', customer: 'x.customer_id', id: 'x.id', at: 'x.queued_at', title: 'coalesce(x.subject, x.template)', detail: `array_to_string(x.to_addresses, ', ')`, invoice: 'x.invoice_id', message: 'x.id', state: 'x.state' },
  { kind: 'task', moment: 'raised', from: 'tasks x', customer: 'x.customer_id', id: 'x.id', at: 'x.created_at', title: 'x.title', detail: 'x.queue', invoice: 'x.invoice_id', state: `'open'` },
  { kind: 'task', moment: 'closed', from: 'tasks x LEFT JOIN users u ON u.id = x.assignee_id', customer: 'x.customer_id', id: 'x.id', at: 'x.closed_at', title: 'x.title', detail: `concat_ws(': ', x.outcome, x.note)`, actor: 'u.name', invoice: 'x.invoice_id', state: 'x.state', where: `x.closed_at IS NOT NULL AND (x.outcome IS NULL OR x.outcome NOT IN ${callOutcomes})` },
  { kind: 'call', from: 'tasks x LEFT JOIN users u ON u.id = x.assignee_id', customer: 'x.customer_id', id: 'x.id', at: 'x.closed_at', title: 'x.title', detail: 'x.note', actor: 'u.name', invoice: 'x.invoice_id', state: 'x.outcome', where: `x.closed_at IS NOT NULL AND x.outcome IN ${callOutcomes}` },
  { kind: 'payment', moment: 'received', from: 'payments x', customer: 'x.customer_id', id: 'x.id', at: 'x.received_at', title: `'Payment ' || x.external_id`, detail: 'x.method', amount: 'x.amount_minor', currency: 'x.currency', state: `'received'` },
  { kind: 'payment', moment: 'reversed', from: 'payments x', customer: 'x.customer_id', id: 'x.id', at: 'x.reversed_at', title: `'Payment ' || x.external_id || CASE x.reversal_kind WHEN 'chargeback' THEN ' charged back' ELSE ' reversed' END`, detail: 'x.reversal_reason', amount: 'x.amount_minor', currency: 'x.currency', state: `CASE x.reversal_kind WHEN 'chargeback' THEN 'charged-back' ELSE 'reversed' END`, where: 'x.reversed_at IS NOT NULL' },
  { kind: 'payment', moment: 'refunded', from: 'refunds x JOIN payments p ON p.id = x.payment_id', customer: 'x.customer_id', id: 'x.id', at: 'x.refunded_at', title: `'Refund ' || x.external_id || ' of payment ' || p.external_id`, detail: 'x.reason', amount: 'x.amount_minor', currency: 'x.currency', state: `'refunded'` },
  { kind: 'credit-note', from: 'credit_notes x JOIN customers c ON c.id = x.customer_id', customer: 'x.customer_id', id: 'x.id', at: 'x.issued_on::timestamp AT TIME ZONE c.time_zone', order: issued, title: `'Credit note ' || x.external_id`, detail: 'x.reason', amount: 'x.amount_minor', currency: 'x.currency' },
  { kind: 'write-off', from: 'write_offs x JOIN invoices w ON w.id = x.invoice_id', customer: 'w.customer_id', id: 'x.id', at: 'x.written_off_at', title: `'Written off'`, detail: 'x.reason', invoice: 'x.invoice_id', amount: 'x.amount_minor', currency: 'w.currency', state: `CASE WHEN x.reversed_at IS NULL THEN 'written-off' ELSE 'reversed' END` },
  { kind: 'invoice', from: 'invoices x JOIN customers c ON c.id = x.customer_id', customer: 'x.customer_id', id: 'x.id', at: 'x.issued_on::timestamp AT TIME ZONE c.time_zone', order: issued, title: `'Invoice ' || x.number || ' issued'`, detail: `'due ' || x.due_on`, invoice: 'x.id', amount: 'x.total_minor', currency: 'x.currency', state: 'x.document_state' },
  { kind: 'hold', moment: 'placed', from: 'holds x', customer: 'x.customer_id', id: 'x.id', at: 'x.placed_at', title: `x.kind || ' hold placed'`, detail: 'x.reason', actor: person('x.placed_by'), invoice: 'x.invoice_id', state: `'placed'` },
  { kind: 'hold', moment: 'released', from: 'holds x', customer: 'x.customer_id', id: 'x.id', at: 'x.released_at', title: `x.kind || ' hold released'`, detail: 'x.release_reason', actor: person('x.released_by'), invoice: 'x.invoice_id', state: `'released'`, where: 'x.released_at IS NOT NULL' },
  { kind: 'handoff', from: 'handoffs x', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: `'Handed off to ' || coalesce(x.agency, 'collections')`, invoice: 'x.invoice_id', amount: 'x.open_minor', currency: 'x.currency' },
  { kind: 'note', from: 'notes x', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: `'Note'`, detail: 'x.body', actor: 'x.author', invoice: 'x.invoice_id', where: 'x.issue_type IS NULL' },
  { kind: 'entry', from: 'notes x JOIN issue_types y ON y.code = x.issue_type', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: 'y.label', detail: 'x.body', actor: 'x.author', invoice: 'x.invoice_id', where: 'x.issue_type IS NOT NULL' },
  { kind: 'promise', moment: 'made', from: 'promises x', customer: 'x.customer_id', id: 'x.id', at: 'x.made_at', title: `'Promised to pay by ' || x.promised_on`, detail: 'x.note', actor: person('x.made_by'), invoice: firstInvoice, amount: 'x.amount_minor', currency: 'x.currency', state: `'pending'` },
  { kind: 'promise', moment: 'decided', from: 'promises x', customer: 'x.customer_id', id: 'x.id', at: 'x.decided_at', title: `'Promise for ' || x.promised_on`, detail: 'x.withdrawn_reason', invoice: firstInvoice, amount: 'x.amount_minor', currency: 'x.currency', state: 'x.state', where: 'x.decided_at IS NOT NULL' },
  { kind: 'dispute', moment: 'opened', from: 'disputes x', customer: 'x.customer_id', id: 'x.id', at: 'x.opened_at', title: `'Disputed: ' || replace(x.reason_code, '-', ' ')`, detail: 'x.detail', actor: person('x.opened_by'), invoice: 'x.invoice_id', amount: 'x.amount_minor', currency: 'x.currency', state: `'open'` },
  { kind: 'dispute', moment: 'resolved', from: 'disputes x', customer: 'x.customer_id', id: 'x.id', at: 'x.resolved_at', title: `'Dispute resolved'`, detail: 'x.resolution_note', actor: person('x.resolved_by'), invoice: 'x.invoice_id', amount: 'x.credited_minor', currency: 'x.currency', state: 'x.resolution', where: 'x.resolved_at IS NOT NULL' },
  { kind: 'dispute', moment: 'noted', from: 'dispute_notes x JOIN disputes d ON d.id = x.dispute_id', customer: 'd.customer_id', id: 'x.id', at: 'x.at', title: `'Note on a dispute'`, detail: 'x.body', actor: 'x.author', invoice: 'd.invoice_id' },
  { kind: 'segment', from: 'segment_history x JOIN segments s ON s.id = x.segment_id', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: 's.title', detail: 'x.reason', state: 'x.change' },
  { kind: 'segment-run', from: 'segment_decisions x JOIN segment_runs r ON r.id = x.run_id JOIN segments s ON s.id = r.segment_id', customer: 'x.customer_id', id: 'x.run_id', at: 'x.at', title: `s.title || ', run ' || r.number`, detail: 'x.reason', message: 'x.message_id', state: 'x.outcome' },
  { kind: 'campaign', moment: 'joined', from: membership, customer: 'x.customer_id', id: 'x.run_id', at: 'x.joined_at', title: campaignTitle, detail: `CASE WHEN x.experiment_group NOT IN ('all', 'holdout') THEN 'group ' || x.experiment_group END`, state: `CASE x.state WHEN 'held-out' THEN 'held-out' ELSE 'joined' END` },
  { kind: 'campaign', moment: 'ended', from: membership, customer: 'x.customer_id', id: 'x.run_id', at: 'coalesce(x.ended_at, r.ended_at)', title: campaignTitle, detail: `CASE x.state WHEN 'active' THEN 'the campaign was stopped' ELSE x.reason END`, state: `CASE x.state WHEN 'active' THEN 'stopped' ELSE x.state END`, where: `x.ended_at IS NOT NULL OR (x.state = 'active' AND r.state = 'stopped')` },
  { kind: 'charge', moment: 'made', from: 'charges x', customer: 'x.customer_id', id: 'x.id', at: 'x.charged_at', title: chargeName, detail: 'x.basis', actor: person('x.charged_by'), invoice: 'x.invoice_id', amount: 'x.amount_minor', currency: 'x.currency', state: `'charged'` },
  { kind: 'charge', moment: 'waived', from: 'charges x', customer: 'x.customer_id', id: 'x.id', at: 'x.waived_at', title: chargeName, detail: 'x.waive_reason', actor: person('x.waived_by'), invoice: 'x.invoice_id', amount: 'x.amount_minor', currency: 'x.currency', state: `'waived'`, where: 'x.waived_at IS NOT NULL' },
  { kind: 'discount', moment: 'offered', from: 'discount_offers x', customer: 'x.customer_id', id: 'x.id', at: 'x.offered_at', title: `'Discount until ' || x.last_day`, detail: 'x.rule', actor: 'x.source_name', invoice: 'x.invoice_id', amount: 'x.base_minor', currency: 'x.currency', state: `'offered'` },
  { kind: 'discount', moment: 'withdrawn', from: 'discount_offers x', customer: 'x.customer_id', id: 'x.id', at: 'x.withdrawn_at', title: `'Discount until ' || x.last_day`, detail: 'x.withdraw_reason', actor: person('x.withdrawn_by'), invoice: 'x.invoice_id', state: `'withdrawn'`, where: 'x.withdrawn_at IS NOT NULL' },
  { kind: 'discount', moment: 'taken', from: 'events x', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: `'Discount taken'`, invoice: 'x.invoice_id', amount: `x.data ->> 'amountMinor'`, currency: `x.data ->> 'currency'`, state: `'taken'`, where: `x.kind = 'discount.honoured'` },
  { kind: 'discount', moment: 'taken-back', from: 'events x', customer: 'x.customer_id', id: 'x.id', at: 'x.at', title: `'Discount taken back'`, detail: `'what it was given for has gone back'`, invoice: 'x.invoice_id', amount: `x.data ->> 'amountMinor'`, currency: `x.data ->> 'currency'`, state: `'taken-back'`, where: `x.kind = 'discount.taken-back'` },
  { kind: 'approval', moment: 'asked', from: 'approvals x', customer: 'x.customer_id', id: 'x.id', at: 'x.requested_at', title: `'Approval asked for: ' || ${askedFor}`, detail: `concat_ws('; ', x.reason, CASE WHEN x.state IN ('withdrawn', 'timed-out') THEN x.outcome END)`, actor: `CASE x.requested_by WHEN 'policy' THEN 'Dunwell' ELSE ${person('x.requested_by')} END`, invoice: 'x.invoice_id', amount: 'x.amount_minor', currency: 'x.currency', state: 'x.state' },
  { kind: 'approval', moment: 'answered', from: 'approvals x', customer: 'x.customer_id', id: 'x.id', at: 'x.answered_at', title: `'Approval answered: ' || ${askedFor}`, detail: 'x.answer', actor: 'x.answered_by_name', invoice: 'x.invoice_id', amount: 'x.amount_minor', currency: 'x.currency', state: 'x.state', where: 'x.answered_at IS NOT NULL' },
  { kind: 'reply', from: 'replies x', customer: 'x.customer_id', id: 'x.id', at: 'x.received_at', title: `'Reply: ' || x.subject`, detail: 'left(x.said, 500)', actor: 'coalesce(x.from_name, x.from_address)', message: 'x.message_id', state: 'coalesce(x.decided_kind, x.state)' },
  { kind: 'control', from: 'collection_controls x JOIN invoices w ON w.id = x.invoice_id', customer: 'w.customer_id', id: 'x.id', at: 'x.at', title: `x.kind || coalesce(' ' || x.step, '')`, detail: 'x.reason', actor: person('x.actor'), invoice: 'x.invoice_id', state: 'x.kind' },
  { kind: 'change', from: `audit_entries x JOIN customers c ON x.subject_type = 'customer' AND x.subject_id = c.external_id`, customer: 'c.id', id: 'x.seq', at: 'coalesce(x.clock_at, x.at)', title: 'x.action', actor: 'x.actor_name', where: `x.action NOT IN ('note.written', 'entry.written', 'hold.placed', 'hold.released', 'policy-assignment.made', 'policy-assignment.removed')` },
  { ...assignment, from: 'policy_assignment_changes x', customer: 'x.customer_id' },
  { ...assignment, from: 'policy_assignment_changes x JOIN invoices w ON w.id = x.invoice_id', customer: 'w.customer_id', invoice: 'x.invoice_id' },
];

interface Wanted {
  customerId: number;
  invoiceId: number | undefined;
  after: readonly string[] | null;
  limit: number;
}

/**
 * One page of one source: what it has after the last row of the page before, newest first, and no more than the page can take. So a page costs the
 * same however long the history is, and however far down it is.
 */
function branch(source: Source, { customerId, invoiceId, after, limit }: Wanted): { sql: string; bindings: Binding[] } {
  const { kind, from, customer, id, at, order = { column: at, of: '?::timestamptz' } } = source;
  const text = (sql: string | undefined): string => (sql === undefined ? 'NULL::text' : `(${sql})::text`);
  const key = `('${kind}:' || (${id})::text${source.moment ? ` || '/${source.moment}'` : ''}) COLLATE "C"`;
  const where = new Where().and(`${customer} = ?`, customerId).when(invoiceId, `${source.invoice} = ?`);
  if (source.where) where.and(source.where);
  // The first is what an index can begin at, the second leaves out what the page before had of the same instant.
  if (after) where.and(`${order.column} <= ${order.of}`, after[0]!).and(`(${at}, ${key}) < (?::timestamptz, ?::text)`, ...after);
  return {
    sql: `(SELECT '${kind}' AS kind, ${key} AS id, ${at} AS at, ${text(source.title)} AS title, ${text(source.detail)} AS detail, ${text(source.actor)} AS actor,
      (${source.invoice ?? 'NULL'})::bigint AS invoice_id, ${text(source.message)} AS message_id, (${source.amount ?? 'NULL'})::bigint AS amount_minor, ${text(source.currency)} AS currency, ${text(source.state)} AS state
      FROM ${from} WHERE ${where.sql} ORDER BY ${order.column} DESC, ${key} DESC LIMIT ${limit + 1})`,
    bindings: where.bindings,
  };
}

/** What an offer takes off is reckoned here; its row has the rule and what was open. */
function offerInWords(entry: TimelineEntry): TimelineEntry {
  if (entry.kind !== 'discount' || entry.state !== 'offered' || entry.detail === null || entry.amountMinor === null || entry.currency === null) return entry;
  const rule = JSON.parse(entry.detail) as DiscountRule;
  return { ...entry, detail: `${describeDiscount(rule, formatMoney)} off`, amountMinor: discountOn(rule, entry.amountMinor, entry.currency) };
}

/** Everything that happened with a customer, newest first. */
export async function readTimeline(db: Knex, customerId: number, filter: { kind?: readonly TimelineKind[]; invoiceId?: number }, page: PageRequest): Promise<Page<TimelineEntry>> {
  const chosen = sources.filter(({ kind, invoice }) => (!filter.kind || filter.kind.includes(kind)) && (filter.invoiceId === undefined || invoice !== undefined));
  if (chosen.length === 0) return { rows: [], next: null };
  const branches = chosen.map((source) => branch(source, { customerId, invoiceId: filter.invoiceId, ...page }));
  const { rows, next } = await readPage<TimelineEntry>(db, {
    with: { sql: `entries AS (${branches.map(({ sql }) => sql).join(' UNION ALL ')})`, bindings: branches.flatMap(({ bindings }) => bindings) },
    columns: `t.kind, t.id, t.at, t.title, t.detail, t.actor, t.invoice_id AS "invoiceId", i.number AS "invoiceNumber", t.message_id AS "messageId", t.amount_minor AS "amountMinor", t.currency, t.state`,
    from: 'entries t LEFT JOIN invoices i ON i.id = t.invoice_id', where: new Where(),
    sort: [{ sql: 't.at', type: 'timestamptz' }, { sql: 't.id COLLATE "C"', type: 'text' }], direction: 'desc',
  }, page);
  return { rows: rows.map(offerInWords), next };
}
