import type { Knex } from 'knex';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import { chargesBy, type Charge, type ChargeRule } from '../../domain/charges/charge';
import type { BalanceSpan } from '../../domain/charges/interest';
import { NoRateError } from '../../domain/charges/statutory';
import { appendAudit, type Actor } from '../audit';
import { raiseLedgerVersion } from '../ledger/touch';
import { todaySql } from '../readmodels/clockSql';
import { readAddedRates } from './referenceRates';

export interface ChargeRequest {
  invoiceId: number;
  rule: ChargeRule;
  /** The step of a policy that it is; null for a person's. The same again changes nothing. */
  key: string | null;
}

export interface MadeCharges {
  request: ChargeRequest;
  invoice: string;
  /** None where nothing is late and undisputed that has not been charged for. */
  ids: readonly number[];
  /** Why a rule could not be worked out; null otherwise. */
  refusal: string | null;
}

interface InvoiceRow {
  id: number;
  customerId: number;
  externalId: string;
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  today: LocalDate;
  chargedUntil: LocalDate | null;
  hasCompensation: boolean;
}

/** Charges invoices by rules, as they stand now, in the caller's transaction with the customers locked. Invoices that do not exist are left out. */
export async function makeCharges(trx: Knex.Transaction, actor: Actor, requests: readonly ChargeRequest[], at: Date): Promise<MadeCharges[]> {
  const invoices = await readInvoices(trx, requests.map(({ invoiceId }) => invoiceId));
  const changes = await readChanges(trx, [...invoices.keys()]);
  const added = requests.some(({ rule }) => rule.kind === 'statutory') ? await readAddedRates(trx) : {};
  const worked = requests.flatMap((request) => {
    const invoice = invoices.get(request.invoiceId);
    if (!invoice) return [];
    const work = (): Charge[] => chargesBy(request.rule, { ...invoice, ...spansOf(invoice, changes.get(invoice.id) ?? []) }, added);
    return [{ request, invoice, ...refusing(work) }];
  });
  const rows = worked.flatMap(({ request, invoice, charges }) => charges.map((charge) => ({
    key: request.key === null ? null : `${request.key}/${charge.kind}`, invoice_id: invoice.id, customer_id: invoice.customerId, kind: charge.kind, amount_minor: charge.amountMinor, currency: invoice.currency, from_on: charge.fromOn,
    to_on: charge.toOn, basis: charge.basis, charged_at: at, charged_by: `${actor.kind}:${actor.id}`,
  })));
  const inserted = rows.length === 0 ? [] : await trx('charges').insert(rows).onConflict().ignore().returning(['id', 'invoice_id', 'kind', 'amount_minor', 'currency', 'basis']) as
    { id: number; invoice_id: number; kind: Charge['kind']; amount_minor: number; currency: string; basis: string }[];
  await raiseLedgerVersion(trx, inserted.flatMap(({ invoice_id }) => invoices.get(invoice_id)?.customerId ?? []));
  // What a policy decides has its decision row; what a person does is in the trail.
  const people = new Set(requests.filter(({ key }) => key === null).map(({ invoiceId }) => invoiceId));
  await appendAudit(trx, inserted.filter(({ invoice_id }) => people.has(invoice_id)).map(({ invoice_id, kind, amount_minor, currency, basis }) => ({
    actor, action: 'charge.made', subjectType: 'invoice' as const, subjectId: invoices.get(invoice_id)?.externalId ?? String(invoice_id), after: { kind, amountMinor: amount_minor, currency, basis },
  })));
  return worked.map(({ request, invoice, refusal }) => ({ request, invoice: invoice.externalId, refusal, ids: inserted.filter(({ invoice_id }) => invoice_id === invoice.id).map(({ id }) => id) }));
}

function refusing(work: () => Charge[]): { charges: Charge[]; refusal: string | null } {
  try {
    return { charges: work(), refusal: null };
  } catch (error) {
    if (error instanceof NoRateError) return { charges: [], refusal: error.message };
    throw error;
  }
}

async function readInvoices(trx: Knex.Transaction, ids: readonly number[]): Promise<Map<number, InvoiceRow>> {
  const { rows } = await trx.raw<{ rows: InvoiceRow[] }>(
    `SELECT i.id, i.customer_id AS "customerId", i.external_id AS "externalId", i.due_on AS "dueOn", i.currency, CASE i.document_state WHEN 'issued' THEN i.total_minor ELSE 0 END::bigint AS "totalMinor", ${todaySql} AS today,
       (SELECT max(to_on) FROM charges h WHERE h.invoice_id = i.id AND h.kind = 'interest' AND h.waived_at IS NULL) AS "chargedUntil",
       EXISTS (SELECT FROM charges h WHERE h.invoice_id = i.id AND h.kind = 'compensation' AND h.waived_at IS NULL) AS "hasCompensation"
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.id = ANY (?)`, [[...ids]]);
  return new Map(rows.map((row) => [row.id, row]));
}

interface BalanceChange {
  on: LocalDate;
  change: number;
}

/** By invoice, on which days what was open and undisputed changed, and by how much. What is taken back never opens an invoice before the day from which it had settled it. */
async function readChanges(trx: Knex.Transaction, invoiceIds: readonly number[]): Promise<Map<number, BalanceChange[]>> {
  const { rows } = await trx.raw<{ rows: (BalanceChange & { invoiceId: number })[] }>(
    `WITH applied AS (
       SELECT a.invoice_id, a.amount_minor, (coalesce(p.received_at, n.issued_on::timestamp AT TIME ZONE c.time_zone, a.applied_at) AT TIME ZONE c.time_zone)::date AS counted, (a.reversed_at AT TIME ZONE c.time_zone)::date AS reversed
       FROM applications a JOIN invoices i ON i.id = a.invoice_id JOIN customers c ON c.id = i.customer_id LEFT JOIN payments p ON p.id = a.payment_id LEFT JOIN credit_notes n ON n.id = a.credit_note_id
       WHERE a.invoice_id = ANY (:invoiceIds)
     )
     SELECT invoice_id AS "invoiceId", happened AS "on", sum(change)::bigint AS change FROM (
       SELECT invoice_id, counted, -amount_minor FROM applied
       UNION ALL
       SELECT invoice_id, greatest(counted, reversed), amount_minor FROM applied WHERE reversed IS NOT NULL
       UNION ALL
       SELECT d.invoice_id, (d.opened_at AT TIME ZONE c.time_zone)::date, -d.amount_minor FROM disputes d JOIN customers c ON c.id = d.customer_id WHERE d.invoice_id = ANY (:invoiceIds)
       UNION ALL
       SELECT d.invoice_id, (d.resolved_at AT TIME ZONE c.time_zone)::date, d.amount_minor FROM disputes d JOIN customers c ON c.id = d.customer_id WHERE d.invoice_id = ANY (:invoiceIds) AND d.resolved_at IS NOT NULL
     ) every (invoice_id, happened, change) GROUP BY invoice_id, happened ORDER BY invoice_id, happened`, { invoiceIds: [...invoiceIds] });
  const byInvoice = new Map<number, BalanceChange[]>();
  for (const { invoiceId, on, change } of rows) {
    const changes = byInvoice.get(invoiceId);
    if (changes) changes.push({ on, change });
    else byInvoice.set(invoiceId, [{ on, change }]);
  }
  return byInvoice;
}

/**
 * What was open and undisputed at the start of each day from the day after the due date to today. Money counts from the day on which it was received, so interest is for that day still and no longer; a
 * disputed part bears none for as long as it is disputed.
 */
function spansOf({ totalMinor, dueOn, today }: InvoiceRow, changes: readonly BalanceChange[]): { spans: BalanceSpan[]; openMinor: number } {
  const spans: BalanceSpan[] = [];
  let balance = totalMinor;
  let from = addDays(dueOn, 1);
  const end = addDays(today, 1);
  for (const { on, change } of changes) {
    const next = addDays(on, 1);
    if (next > from && next <= end) {
      spans.push({ from, to: next, balanceMinor: Math.max(0, balance) });
      from = next;
    }
    balance += change;
  }
  if (from < end) spans.push({ from, to: end, balanceMinor: Math.max(0, balance) });
  return { spans, openMinor: Math.max(0, balance) };
}
