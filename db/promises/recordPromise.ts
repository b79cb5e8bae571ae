import type { Knex } from 'knex';
import { dayNumber, isLocalDate, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { spreadPromise, type PromiseSource } from '../../domain/promise/promise';
import { appendAudit } from '../audit';
import { recordEvents } from '../events';
import { inTransaction, refused, type LedgerContext, type RecordResult } from '../ledger/context';
import { lockCustomersOf } from '../ledger/locks';
import { touchLedger } from '../ledger/touch';

/** What a customer promised to pay, and by when. */
export interface NewPromise {
  /** Makes it one promise, however often it is recorded: 'call-17', 'reply-4'. */
  externalId: string;
  customerExternalId: string;
  /** The invoices that it is for; none: all that the customer owes in this currency, oldest due first. */
  invoiceExternalIds?: readonly string[];
  currency: string;
  /** Left out: all that is open and undisputed on the invoices. */
  amountMinor?: number;
  /** The customer pays until the end of this day where it is. */
  promisedOn: LocalDate;
  source: PromiseSource;
  note?: string | null;
  /** What is more than open and undisputed is left out, where it would be refused otherwise. */
  atMost?: boolean;
}

export interface PromiseResult extends RecordResult {
  promiseId: number | null;
  amountMinor?: number;
}

interface Customer {
  id: number;
  external_id: string;
  time_zone: string;
}

interface OwedInvoice {
  id: number;
  external_id: string;
  availableMinor: number;
  openMinor: number;
}

interface Known {
  id: number;
  customer_id: number;
  currency: string;
  amount_minor: number;
  promised_on: LocalDate;
  invoices: string[];
}

/**
 * Records a promise: what is promised is not asked for until the end of that day. It takes over the customer's promises that run on the same
 * invoices. One that is known already changes nothing and answers as before; its id with other content is refused.
 */
export async function recordPromise(db: Knex, context: LedgerContext, promise: NewPromise): Promise<PromiseResult> {
  return inTransaction(db, async (trx) => {
    const refuse = (field: string, value: string | null, reason: string): PromiseResult => ({ ...refused(0, promise.externalId, field, value, reason), promiseId: null });
    const { rows: [customer] } = await trx.raw<{ rows: Customer[] }>('SELECT id, external_id, time_zone FROM customers WHERE external_id = ? FOR NO KEY UPDATE', [promise.customerExternalId]);
    if (!customer) return refuse('customer_external_id', promise.customerExternalId, 'is not a known customer');
    const known = await findKnown(trx, promise.externalId);
    if (known) {
      return isSame(known, customer, promise)
        ? { index: 0, externalId: promise.externalId, status: 'unchanged', promiseId: known.id, amountMinor: known.amount_minor }
        : refuse('external_id', promise.externalId, 'is known already with other content');
    }
    if (promise.amountMinor !== undefined && !(Number.isSafeInteger(promise.amountMinor) && promise.amountMinor > 0)) return refuse('amount', String(promise.amountMinor), 'must be more than zero');
    if (!isLocalDate(promise.promisedOn)) return refuse('promised_on', promise.promisedOn, 'is not a date such as 2026-03-01');
    if (promise.promisedOn < localDateAt(context.at.getTime(), customer.time_zone)) return refuse('promised_on', promise.promisedOn, 'is past where the customer is');

    const invoices = await readOwed(trx, customer.id, promise);
    const missing = promise.invoiceExternalIds?.find((id) => !invoices.some(({ external_id }) => external_id === id));
    if (missing !== undefined) return refuse('invoice_external_id', missing, `is not an open invoice of the customer in ${promise.currency}`);
    const availableMinor = invoices.reduce((sum, each) => sum + each.availableMinor, 0);
    const amountMinor = Math.min(promise.amountMinor ?? availableMinor, promise.atMost ? availableMinor : Infinity);
    if (amountMinor <= 0) return refuse('amount', null, 'has nothing to fall on: nothing is open and undisputed');
    const lines = spreadPromise(amountMinor, invoices);
    if (!lines) return refuse('amount', String(amountMinor), `is more than what is open and undisputed, ${availableMinor} minor units`);

    const promiseId = await insertPromise(trx, context, customer, promise, amountMinor, lines);
    const released = await supersede(trx, context, promiseId, lines.map(({ invoice }) => invoice.id));
    await touchLedger(trx, [{ customerId: customer.id, invoiceIds: [...new Set([...lines.map(({ invoice }) => invoice.id), ...released])], kind: 'promise.made' }]);
    await recordEvents(trx, lines.map(({ invoice, amountMinor: lineMinor }) => ({
      kind: 'promise.made' as const, key: `${promise.externalId}/${invoice.external_id}`, customerId: customer.id, invoiceId: invoice.id, at: context.at,
      data: { promise: promise.externalId, amountMinor: lineMinor, currency: promise.currency, promisedOn: promise.promisedOn, source: promise.source },
    })));
    await appendAudit(trx, [{
      actor: context.actor, action: 'promise.made', subjectType: 'promise', subjectId: promise.externalId,
      after: { customer: customer.external_id, invoices: lines.map(({ invoice }) => invoice.external_id), amountMinor, currency: promise.currency, promisedOn: promise.promisedOn, source: promise.source },
    }]);
    return { index: 0, externalId: promise.externalId, status: 'created', promiseId, amountMinor };
  });
}

async function findKnown(trx: Knex.Transaction, externalId: string): Promise<Known | null> {
  const { rows } = await trx.raw<{ rows: Known[] }>(
    `SELECT p.id, p.customer_id, p.currency, p.amount_minor, p.promised_on,
       ARRAY(SELECT i.external_id::text FROM promise_invoices l JOIN invoices i ON i.id = l.invoice_id WHERE l.promise_id = p.id) AS invoices
     FROM promises p WHERE p.external_id = ?`, [externalId]);
  return rows[0] ?? null;
}

/** A repeat may name fewer: what it leaves out was worked out when it was first recorded. */
function isSame(known: Known, customer: Customer, promise: NewPromise): boolean {
  return known.customer_id === customer.id && known.currency === promise.currency && known.promised_on === promise.promisedOn
    && (promise.amountMinor === undefined || promise.amountMinor === known.amount_minor || (promise.atMost === true && promise.amountMinor > known.amount_minor))
    && (promise.invoiceExternalIds === undefined || known.invoices.every((id) => promise.invoiceExternalIds?.includes(id)));
}

/** What is open and undisputed, oldest due first. */
async function readOwed(trx: Knex.Transaction, customerId: number, { currency, invoiceExternalIds }: NewPromise): Promise<OwedInvoice[]> {
  const { rows } = await trx.raw<{ rows: OwedInvoice[] }>(
    `SELECT i.id, i.external_id, i.open_minor AS "openMinor",
       greatest(0, i.open_minor - coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = i.id AND d.state = 'open'), 0))::bigint AS "availableMinor"
     FROM invoices i WHERE i.customer_id = :customerId AND i.currency = :currency AND i.open_minor > 0 AND i.document_state = 'issued'
       AND (:every OR i.external_id = ANY(:ids)) ORDER BY i.due_on, i.external_id`,
    { customerId, currency, every: invoiceExternalIds === undefined, ids: [...(invoiceExternalIds ?? [])] });
  return rows;
}

async function insertPromise(
  trx: Knex.Transaction, { actor, at }: LedgerContext, customer: Customer, promise: NewPromise, amountMinor: number, lines: readonly { invoice: OwedInvoice; amountMinor: number }[],
): Promise<number> {
  const endsAt = new Date(startOfDay(dayNumber(promise.promisedOn) + 1, customer.time_zone));
  const { rows: [inserted] } = await trx.raw<{ rows: { id: number }[] }>(
    `INSERT INTO promises (external_id, customer_id, currency, amount_minor, promised_on, ends_at, source, note, made_at, made_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    [promise.externalId, customer.id, promise.currency, amountMinor, promise.promisedOn, endsAt, promise.source, promise.note ?? null, at, `${actor.kind}:${actor.id}`],
  );
  if (!inserted) throw new Error(`The promise ${promise.externalId} vanished while it was recorded.`);
  await trx.raw(
    `INSERT INTO promise_invoices (promise_id, invoice_id, amount_minor, open_minor, after_application_id)
     SELECT :promiseId, l.invoice_id, l.amount_minor, l.open_minor, coalesce((SELECT max(a.id) FROM applications a WHERE a.invoice_id = l.invoice_id), 0)
     FROM jsonb_to_recordset(:lines::jsonb) AS l (invoice_id bigint, amount_minor bigint, open_minor bigint)`,
    { promiseId: inserted.id, lines: JSON.stringify(lines.map((line) => ({ invoice_id: line.invoice.id, amount_minor: line.amountMinor, open_minor: line.invoice.openMinor }))) },
  );
  return inserted.id;
}

/** Takes over what runs on these invoices. A promise of which nothing is left is superseded. Answers with the invoices that it was on. */
async function supersede(trx: Knex.Transaction, { at }: LedgerContext, promiseId: number, invoiceIds: readonly number[]): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { promise_id: number; invoice_id: number }[] }>(
    `UPDATE promise_invoices l SET superseded = true FROM promises p
     WHERE p.id = l.promise_id AND p.state = 'pending' AND p.id <> ? AND l.invoice_id = ANY(?) AND NOT l.superseded RETURNING l.promise_id, l.invoice_id`,
    [promiseId, [...invoiceIds]]);
  if (rows.length === 0) return [];
  await trx.raw(
    `UPDATE promises p SET state = 'superseded', superseded_by = ?, decided_at = ?, row_version = row_version + 1
     WHERE p.id = ANY(?) AND NOT EXISTS (SELECT FROM promise_invoices l WHERE l.promise_id = p.id AND NOT l.superseded)`,
    [promiseId, at, [...new Set(rows.map(({ promise_id }) => promise_id))]]);
  return rows.map(({ invoice_id }) => invoice_id);
}

/** Withdraws a promise that runs, as when it was recorded by mistake: what was promised is asked for again. Null when there is none. */
export async function withdrawPromise(trx: Knex.Transaction, context: LedgerContext, id: number, reason: string): Promise<'withdrawn' | 'over' | null> {
  const { rows: [found] } = await trx.raw<{ rows: { external_id: string; customer_id: number }[] }>('SELECT external_id, customer_id FROM promises WHERE id = ?', [id]);
  if (!found) return null;
  await lockCustomersOf(trx, [found.customer_id]);
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `UPDATE promises SET state = 'cancelled', withdrawn_at = ?, withdrawn_reason = ?, decided_at = ?, row_version = row_version + 1 WHERE id = ? AND state = 'pending'`,
    [context.at, reason, context.at, id]);
  if (rowCount === 0) return 'over';
  const invoiceIds = await trx<{ promise_id: number; invoice_id: number }>('promise_invoices').where({ promise_id: id }).pluck('invoice_id');
  await touchLedger(trx, [{ customerId: found.customer_id, invoiceIds, kind: 'promise.withdrawn' }]);
  await appendAudit(trx, [{ actor: context.actor, action: 'promise.withdrawn', subjectType: 'promise', subjectId: found.external_id, after: { reason } }]);
  return 'withdrawn';
}
