import type { Knex } from 'knex';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import { chargesBy, type ChargeRule } from '../../domain/charges/charge';
import type { BalanceSpan } from '../../domain/charges/interest';
import { NoRateError } from '../../domain/charges/statutory';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf } from '../ledger';
import { todaySql } from '../readmodels/clockSql';
import { listCharges, type ChargeRow } from './listCharges';

export class ChargeError extends Error {
  override name = 'ChargeError';
}

interface InvoiceRow {
  customerId: number;
  externalId: string;
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  today: LocalDate;
  chargedUntil: LocalDate | null;
  hasCompensation: boolean;
}

/** Charges an invoice by a rule, as it stands now; null when there is no such invoice. Throws ChargeError when the rule gives nothing to charge. */
export async function chargeInvoice(trx: Knex.Transaction, actor: Actor, invoiceId: number, rule: ChargeRule, at: Date): Promise<ChargeRow[] | null> {
  const found = await readInvoice(trx, invoiceId);
  if (!found) return null;
  await lockCustomersOf(trx, [found.customerId]);
  const invoice = (await readInvoice(trx, invoiceId)) ?? found;
  const { spans, openMinor } = await readSpans(trx, invoiceId, invoice);
  const charges = refusing(() => chargesBy(rule, { ...invoice, spans, openMinor }));
  if (charges.length === 0) throw new ChargeError(`There is nothing to charge for ${invoice.externalId}: nothing undisputed is late that has not been charged for already.`);
  const ids = await trx('charges').insert(charges.map((charge) => ({
    invoice_id: invoiceId, customer_id: invoice.customerId, kind: charge.kind, amount_minor: charge.amountMinor, currency: invoice.currency, from_on: charge.fromOn, to_on: charge.toOn,
    basis: charge.basis, charged_at: at, charged_by: `${actor.kind}:${actor.id}`,
  }))).returning('id') as { id: number }[];
  await appendAudit(trx, charges.map((charge) => ({ actor, action: 'charge.made', subjectType: 'invoice' as const, subjectId: invoice.externalId, after: { ...charge, currency: invoice.currency } })));
  return listCharges(trx, { ids: ids.map(({ id }) => id) });
}

/** Waives a charge: it is no longer asked for. The days of the newest interest may then be charged for anew. Null when there is none. Throws ChargeError for one that is waived. */
export async function waiveCharge(trx: Knex.Transaction, actor: Actor, id: number, reason: string, at: Date): Promise<ChargeRow | null> {
  const { rows: [row] } = await trx.raw<{ rows: { customer_id: number; invoice_id: number }[] }>('SELECT customer_id, invoice_id FROM charges WHERE id = ?', [id]);
  if (!row) return null;
  await lockCustomersOf(trx, [row.customer_id]);
  const changed = await trx('charges').where({ id }).whereNull('waived_at').update({ waived_at: at, waived_by: `${actor.kind}:${actor.id}`, waive_reason: reason });
  if (changed === 0) throw new ChargeError('This charge is waived already.');
  const [charge] = await listCharges(trx, { ids: [id] });
  const invoice = await trx<{ id: number; external_id: string }>('invoices').where({ id: row.invoice_id }).first('external_id');
  await appendAudit(trx, [{ actor, action: 'charge.waived', subjectType: 'invoice', subjectId: invoice?.external_id ?? String(row.invoice_id), after: { charge: id, reason, amountMinor: charge?.amountMinor } }]);
  return charge ?? null;
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NoRateError) throw new ChargeError(error.message);
    throw error;
  }
}

async function readInvoice(trx: Knex.Transaction, invoiceId: number): Promise<InvoiceRow | null> {
  const { rows } = await trx.raw<{ rows: InvoiceRow[] }>(
    `SELECT i.customer_id AS "customerId", i.external_id AS "externalId", i.due_on AS "dueOn", i.currency, CASE i.document_state WHEN 'issued' THEN i.total_minor ELSE 0 END::bigint AS "totalMinor", ${todaySql} AS today,
       (SELECT max(to_on) FROM charges h WHERE h.invoice_id = i.id AND h.kind = 'interest' AND h.waived_at IS NULL) AS "chargedUntil",
       EXISTS (SELECT FROM charges h WHERE h.invoice_id = i.id AND h.kind = 'compensation' AND h.waived_at IS NULL) AS "hasCompensation"
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.id = ?`, [invoiceId]);
  return rows[0] ?? null;
}

/**
 * What was open and undisputed at the start of each day from the day after the due date to today. Money counts from the day on which it was received, so interest is for that day still and no longer; a
 * disputed part bears none for as long as it is disputed.
 */
async function readSpans(trx: Knex.Transaction, invoiceId: number, { totalMinor, dueOn, today }: InvoiceRow): Promise<{ spans: BalanceSpan[]; openMinor: number }> {
  const { rows } = await trx.raw<{ rows: { on: LocalDate; change: number }[] }>(
    `SELECT happened AS "on", sum(change)::bigint AS change FROM (
       SELECT (coalesce(p.received_at, n.issued_on::timestamp AT TIME ZONE c.time_zone, a.applied_at) AT TIME ZONE c.time_zone)::date AS happened, -a.amount_minor AS change
       FROM applications a JOIN invoices i ON i.id = a.invoice_id JOIN customers c ON c.id = i.customer_id LEFT JOIN payments p ON p.id = a.payment_id LEFT JOIN credit_notes n ON n.id = a.credit_note_id WHERE a.invoice_id = :invoiceId
       UNION ALL
       SELECT (a.reversed_at AT TIME ZONE c.time_zone)::date, a.amount_minor FROM applications a JOIN invoices i ON i.id = a.invoice_id JOIN customers c ON c.id = i.customer_id WHERE a.invoice_id = :invoiceId AND a.reversed_at IS NOT NULL
       UNION ALL
       SELECT (d.opened_at AT TIME ZONE c.time_zone)::date, -d.amount_minor FROM disputes d JOIN customers c ON c.id = d.customer_id WHERE d.invoice_id = :invoiceId
       UNION ALL
       SELECT (d.resolved_at AT TIME ZONE c.time_zone)::date, d.amount_minor FROM disputes d JOIN customers c ON c.id = d.customer_id WHERE d.invoice_id = :invoiceId AND d.resolved_at IS NOT NULL
     ) every GROUP BY happened ORDER BY happened`, { invoiceId });
  const spans: BalanceSpan[] = [];
  let balance = totalMinor;
  let from = addDays(dueOn, 1);
  const end = addDays(today, 1);
  for (const { on, change } of rows) {
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
