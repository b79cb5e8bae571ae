import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import type { Collected } from '../../domain/collection/decision';
import { claimsWithin } from '../../domain/collection/claims';
import { noClaims, type Claims, type CustomerFacts, type CustomValue, type DecidedAction, type InvoiceFacts, type Outcome, type ReasonCode, type StepRecord, type Whole } from '../../domain/collection/facts';
import { askedAheadMs } from '../../domain/collection/laterToday';
import { holdingBack, isClosing } from '../../domain/collection/progress';
import { askedBy, askedByPolicy, union } from '../../domain/condition/asked';
import type { AskedFact } from '../../domain/condition/catalogue';
import type { Policy } from '../../domain/policy/types';
import { loadPolicyVersions } from '../policies';
import { prepared } from '../prepared';
import { readAsked, type AskedFacts } from './asked';
import { readClaims } from './claims';
import { customerFacts, customerFactsColumns, customerFactsJoin, policyVersionsOf, type CustomerFactsRow } from './customerFacts';
import { readExceptions, type Exceptions } from './exceptions';
import { ms } from './instants';
import { readMoney, type CurrencyMoney } from './money';

/** An invoice under collection with its facts, and the ids and marks that are written back with its decisions. */
export interface CollectedInvoice extends Collected {
  invoiceId: number;
  customerId: number;
  policyVersionId: number;
  state: 'active' | 'done';
  /** The segment whose batches collect it; null: its own workflow does. */
  batchSegmentId: number | null;
  stage: string | null;
  /** Of each record of progress, the decision that it is. */
  decisionIds: readonly number[];
  /** requested_seq as these facts were read: what a plan made of them has seen. */
  requestedSeq: number;
}

export interface CustomerLedger {
  customerId: number;
  customer: CustomerFacts;
  collected: CollectedInvoice[];
}

/** Which of the customers' invoices are read. */
export type FactsScope =
  | { kind: 'invoices'; invoiceIds: readonly number[] }
  /** Those that are or may be due at an instant, those of which a plan is owed, and those that asked. */
  | { kind: 'due'; at: InstantMs; askedInvoiceIds: readonly number[] };

/**
 * The facts that decisions are made of, as the ledger is now, for any number of customers in a few queries. Read in the transaction that records
 * the decisions, with the customer locked, they cannot change in between.
 *
 * @param also what is asked by other conditions than those of the invoices' policies and of the holds on them
 */
export async function readFacts(trx: Knex, customerIds: readonly number[], scope: FactsScope, also: ReadonlySet<AskedFact> = new Set()): Promise<CustomerLedger[]> {
  const customers = await prepared<CustomerRow>(trx, customersSql, { customerIds });
  const invoices = await prepared<InvoiceRow>(trx, invoicesSql(scope), { customerIds, ...scopeBindings(scope) });
  const policies = await loadPolicyVersions(trx, invoices.rows.map((row) => row.policy_version_id));
  const exceptions = await readExceptions(trx, invoices.rows.map((row) => row.invoice_id));
  const claims = await readClaims(trx, customerIds);
  const money = await readMoney(trx, customerIds);
  const ofCustomers = await loadPolicyVersions(trx, policyVersionsOf(customers.rows));
  const asked = await readAsked(trx, customerIds, union([also, ...[...policies.values()].map(askedByPolicy), ...[...exceptions.values()].map(({ holds = [] }) => union(holds.map(([, , , , , when]) => askedBy(when))))]), money, claims);
  const byCustomer = new Map<number, CustomerLedger>();
  const ofCustomer = new Map(customers.rows.map((row) => [row.id, row]));
  for (const row of customers.rows) byCustomer.set(row.id, { customerId: row.id, customer: { ...customerFacts(row, ofCustomers), ...asked.of(row.id), consolidatedBy: row.consolidated_by }, collected: [] });
  for (const row of invoices.rows) {
    const policy = policies.get(row.policy_version_id);
    if (!policy) throw new Error(`Invoice ${row.external_id} is on policy version ${row.policy_version_id}, which does not exist.`);
    byCustomer.get(row.customer_id)?.collected.push(collectedInvoice(row, {
      policy, graceDays: row.grace_days ?? ofCustomer.get(row.customer_id)?.grace_days ?? null, stopped: row.stopped || ofCustomer.get(row.customer_id)?.stopped === true, claims: claims.get(row.invoice_id) ?? noClaims, money: money.of(row.customer_id, row.currency), exceptions: exceptions.get(row.invoice_id) ?? {}, asked,
    }));
  }
  return [...byCustomer.values()];
}

interface CustomerRow extends CustomerFactsRow {
  grace_days: number | null;
  consolidated_by: string | null;
}

const customersSql = `
  SELECT ${customerFactsColumns}, c.grace_days,
    (SELECT min(s.key) FROM segment_members g JOIN segments s ON s.id = g.segment_id WHERE g.customer_id = c.id AND NOT s.archived AND s.consolidated AND s.run IS NOT NULL) AS consolidated_by
  FROM customers c ${customerFactsJoin}
  WHERE c.id = ANY(:customerIds)`;

function pauseOf(row: { paused: boolean; paused_until: Date | null }): { until: InstantMs | null } | null {
  return row.paused ? { until: row.paused_until?.getTime() ?? null } : null;
}

interface InvoiceRow {
  invoice_id: number;
  customer_id: number;
  policy_version_id: number;
  state: 'active' | 'done';
  batch_segment_id: number | null;
  stage: string | null;
  requested_seq: number;
  paused: boolean;
  paused_until: Date | null;
  stopped: boolean;
  external_id: string;
  issued_on: LocalDate;
  due_on: LocalDate;
  currency: string;
  total_minor: number;
  open_minor: number;
  grace_days: number | null;
  document_state: InvoiceFacts['documentState'];
  type: string;
  business_unit: string | null;
  custom: Record<string, CustomValue>;
  progress: ProgressTuple[] | null;
  listed_on: LocalDate[] | null;
}
export type ProgressTuple = [step: string, action: DecidedAction, occurrence: number, outcome: Outcome, reasonCode: ReasonCode, at: number, on: LocalDate, until: number | null, id: number];

function invoicesSql(scope: FactsScope): string {
  return `
  SELECT c.invoice_id, c.customer_id, c.policy_version_id, c.state, c.batch_segment_id, c.stage, c.requested_seq, c.paused, c.paused_until, c.stopped,
    i.external_id, i.issued_on, i.due_on, i.currency, i.total_minor, i.open_minor, i.document_state, i.type, i.business_unit, i.custom, i.grace_days,
    ${progressSql('c.invoice_id', 'c.policy_version_id')} AS progress,
    CASE WHEN EXISTS (SELECT FROM messages WHERE source = 'segment') AND EXISTS (SELECT FROM decisions d WHERE d.invoice_id = c.invoice_id AND d.reason_code = 'consolidated') THEN (
       SELECT json_agg(DISTINCT m.contact_on ORDER BY m.contact_on) FROM message_invoices l JOIN messages m ON m.id = l.message_id
       WHERE l.invoice_id = c.invoice_id AND m.source = 'segment' AND m.contact_on IS NOT NULL AND m.state NOT IN ('cancelled', 'failed')) END AS listed_on
  FROM collections c
  JOIN invoices i ON i.id = c.invoice_id
  WHERE c.customer_id = ANY(:customerIds) AND ${scopeSql(scope)}
  ORDER BY i.due_on, i.external_id COLLATE "C"`;
}

const holdingBackSql = holdingBack.map((code) => `'${code}'`).join(', ');

/**
 * What counts of an invoice's decisions under a policy version: those made under it, and those carried over when the invoice moved to it. A decision
 * from before the ladder was begun anew ends nothing any more, and what a rule of the policy before held back is held back until the move at most.
 */
export function progressSql(invoiceId: string, versionId: string): string {
  return `(SELECT json_agg(json_build_array(coalesce(m.step, d.step), d.action, d.occurrence, d.outcome, CASE WHEN m.restarted THEN 'restarted' ELSE d.reason_code END,
      ${ms('d.at')}, d.on_date, ${ms(`CASE WHEN d.outcome = 'deferred' AND d.reason_code IN (${holdingBackSql}) THEN least(d.until, m.carried_at) ELSE d.until END`)}, d.id) ORDER BY d.id)
    FROM decisions d LEFT JOIN carried_decisions m ON m.decision_id = d.id AND m.policy_version_id = ${versionId}
    WHERE d.invoice_id = ${invoiceId} AND (d.policy_version_id = ${versionId} OR m.decision_id IS NOT NULL))`;
}

function scopeSql(scope: FactsScope): string {
  switch (scope.kind) {
    case 'invoices':
      return 'c.invoice_id = ANY(:invoiceIds)';
    case 'due':
      return `(c.invoice_id = ANY(:askedInvoiceIds) OR (c.state = 'active' AND (c.next_at IS NULL OR c.next_at <= :ahead OR c.planned_seq < c.requested_seq)))`;
  }
}

function scopeBindings(scope: FactsScope): Record<string, Knex.Value> {
  switch (scope.kind) {
    case 'invoices':
      return { invoiceIds: [...scope.invoiceIds] };
    case 'due':
      return { askedInvoiceIds: [...scope.askedInvoiceIds], ahead: new Date(scope.at + askedAheadMs) };
  }
}

interface Around {
  policy: Policy;
  /** The invoice's own, or its customer's. */
  graceDays: number | null;
  claims: Claims;
  money: CurrencyMoney;
  exceptions: Exceptions;
  asked: AskedFacts;
  /** By itself, or with the whole customer. */
  stopped: boolean;
}

function collectedInvoice(row: InvoiceRow, { policy, graceDays, claims, money, exceptions, asked, stopped }: Around): CollectedInvoice {
  const { controls = [], approvals = [], holds = [], startedPolicies } = exceptions;
  const progress = (row.progress ?? []).map(stepRecord);
  const { promisedMinor, promisedUntil, disputedMinor, claimsDueAt, disputedDuring } = claimsWithin(row.open_minor, claims);
  const invoice: Whole<InvoiceFacts> = {
    id: String(row.invoice_id),
    externalId: row.external_id,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    currency: row.currency,
    totalMinor: row.total_minor,
    openMinor: row.open_minor,
    promisedMinor,
    promisedUntil,
    disputedMinor,
    claimsDueAt,
    disputedDuring,
    creditMinor: money.credits.get(row.external_id) ?? 0,
    customerBalanceMinor: money.openMinor - money.unappliedMinor,
    graceDays,
    documentState: row.document_state,
    type: row.type,
    businessUnit: row.business_unit,
    custom: row.custom,
    control: {
      pause: pauseOf(row),
      stopped,
      skips: controls.filter(([kind]) => kind === 'skip-step').map(([, step]) => step),
      sendNow: controls.filter(([kind, step, at]) => kind === 'send-now' && !isOvertaken(progress, step, at)).map(([, step]) => step),
    },
    progress,
    listedOn: row.listed_on ?? undefined,
    contactsOn: asked.ofInvoice(row.invoice_id).contactsOn,
    claimed: undefined,
    approvals: approvals.map(([step, action, occurrence, approved, by, reason]) => ({ step, action, occurrence, approved, by, reason })),
    holds: holds.flatMap(([step, releasedAt, releasedBy, byAutomation, hold, when, event, releaseNotice, isReleaseTold]) => (
      step === null ? [] : [{ step, releasedAt, releasedByItself: releasedBy === releasedByLedger, ...(byAutomation ? { automation: { hold, when, event, releaseNotice, isReleaseTold } } : {}) }])),
    startedPolicies,
  };
  return {
    invoice, policy,
    invoiceId: row.invoice_id,
    customerId: row.customer_id,
    policyVersionId: row.policy_version_id,
    state: row.state,
    batchSegmentId: row.batch_segment_id,
    stage: row.stage,
    decisionIds: (row.progress ?? []).map(([, , , , , , , , id]) => id),
    requestedSeq: row.requested_seq,
  };
}

/** "Send now" is for now: once the step has ended since the invoice was settled or stopped, a reversal a month later does not bring the request back. */
function isOvertaken(progress: readonly StepRecord[], step: string, askedAt: InstantMs): boolean {
  return progress.some((record) => record.step === step && isClosing(record.reasonCode) && record.at > askedAt);
}

export function stepRecord([step, action, occurrence, outcome, reasonCode, at, on, until]: ProgressTuple): StepRecord {
  return { step, action, occurrence, outcome, reasonCode, at, on, until };
}

/** `holds.released_by` when the ledger lifted a hold, not a person. */
export const releasedByLedger = 'ledger';
