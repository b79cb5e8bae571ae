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
  const [result] = await inTransaction(db, (trx) => recordPromises(trx, context, [promise]));
  if (!result) throw new Error(`The promise ${promise.externalId} was given no answer.`);
  return result;
}

/** The same for many, no two of which may be for the same invoice or have the same id: what one takes of an invoice the other would not see. */
export async function recordPromises(trx: Knex.Transaction, context: LedgerContext, promises: readonly NewPromise[]): Promise<PromiseResult[]> {
  const customers = await lockCustomers(trx, promises.map(({ customerExternalId }) => customerExternalId));
  const known = await findKnown(trx, promises.map(({ externalId }) => externalId));
  const judged = promises.map((promise, index) => judge(promise, index, context, customers.get(promise.customerExternalId), known.get(promise.externalId)));
  const owed = await readOwed(trx, judged.flatMap((each) => (each.kind === 'new' ? [each] : [])));
  const spread = judged.map((each) => (each.kind === 'new' ? spreadOver(each, owed.get(each.index) ?? []) : each));
  const made = await insertPromises(trx, context, spread.flatMap((each) => (each.kind === 'spread' ? [each] : [])));
  await supersede(trx, context, made);
  await tell(trx, context, made);
  const ids = new Map(made.map(({ index, promiseId }) => [index, promiseId]));
  return spread.map((each): PromiseResult => (each.kind === 'spread'
    ? { index: each.index, externalId: each.promise.externalId, status: 'created', promiseId: ids.get(each.index) ?? null, amountMinor: each.amountMinor }
    : each.result));
}

interface Asked {
  kind: 'new';
  index: number;
  promise: NewPromise;
  customer: Customer;
}

interface Spread extends Omit<Asked, 'kind'> {
  kind: 'spread';
  amountMinor: number;
  lines: readonly { invoice: OwedInvoice; amountMinor: number }[];
}

interface Answered {
  kind: 'answered';
  result: PromiseResult;
}

type Made = Spread & { promiseId: number; alsoTouched: number[] };

function refusal({ externalId }: NewPromise, index: number, field: string, value: string | null, reason: string): Answered {
  return { kind: 'answered', result: { ...refused(index, externalId, field, value, reason), promiseId: null } };
}

function judge(promise: NewPromise, index: number, { at }: LedgerContext, customer: Customer | undefined, known: Known | undefined): Asked | Answered {
  const refuse = (field: string, value: string | null, reason: string): Answered => refusal(promise, index, field, value, reason);
  if (!customer) return refuse('customer_external_id', promise.customerExternalId, 'is not a known customer');
  if (known) {
    return isSame(known, customer, promise)
      ? { kind: 'answered', result: { index, externalId: promise.externalId, status: 'unchanged', promiseId: known.id, amountMinor: known.amount_minor } }
      : refuse('external_id', promise.externalId, 'is known already with other content');
  }
  if (promise.amountMinor !== undefined && !(Number.isSafeInteger(promise.amountMinor) && promise.amountMinor > 0)) return refuse('amount', String(promise.amountMinor), 'must be more than zero');
  if (!isLocalDate(promise.promisedOn)) return refuse('promised_on', promise.promisedOn, 'is not a date such as 2026-03-01');
  if (promise.promisedOn < localDateAt(at.getTime(), customer.time_zone)) return refuse('promised_on', promise.promisedOn, 'is past where the customer is');
  return { kind: 'new', index, promise, customer };
}

function spreadOver(asked: Asked, invoices: readonly OwedInvoice[]): Spread | Answered {
  const { promise, index } = asked;
  const refuse = (field: string, value: string | null, reason: string): Answered => refusal(promise, index, field, value, reason);
  const missing = promise.invoiceExternalIds?.find((id) => !invoices.some(({ external_id }) => external_id === id));
  if (missing !== undefined) return refuse('invoice_external_id', missing, `is not an open invoice of the customer in ${promise.currency}`);
  const availableMinor = invoices.reduce((sum, each) => sum + each.availableMinor, 0);
  const amountMinor = Math.min(promise.amountMinor ?? availableMinor, promise.atMost ? availableMinor : Infinity);
  if (amountMinor <= 0) return refuse('amount', null, 'has nothing to fall on: nothing is open and undisputed');
  const lines = spreadPromise(amountMinor, invoices);
  if (!lines) return refuse('amount', String(amountMinor), `is more than what is open and undisputed, ${availableMinor} minor units`);
  return { ...asked, kind: 'spread', amountMinor, lines };
}

async function lockCustomers(trx: Knex.Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, Customer>> {
  const { rows } = await trx.raw<{ rows: Customer[] }>('SELECT id, external_id, time_zone FROM customers WHERE external_id = ANY(?) ORDER BY id FOR NO KEY UPDATE', [[...new Set(externalIds)]]);
  return new Map(rows.map((row) => [row.external_id, row]));
}

async function findKnown(trx: Knex.Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const { rows } = await trx.raw<{ rows: (Known & { external_id: string })[] }>(
    `SELECT p.id, p.external_id, p.customer_id, p.currency, p.amount_minor, p.promised_on,
       ARRAY(SELECT i.external_id::text FROM promise_invoices l JOIN invoices i ON i.id = l.invoice_id WHERE l.promise_id = p.id) AS invoices
     FROM promises p WHERE p.external_id = ANY(?)`, [[...externalIds]]);
  return new Map(rows.map((row) => [row.external_id, row]));
}

/** A repeat may name fewer: what it leaves out was worked out when it was first recorded. */
function isSame(known: Known, customer: Customer, promise: NewPromise): boolean {
  return known.customer_id === customer.id && known.currency === promise.currency && known.promised_on === promise.promisedOn
    && (promise.amountMinor === undefined || promise.amountMinor === known.amount_minor || (promise.atMost === true && promise.amountMinor > known.amount_minor))
    && (promise.invoiceExternalIds === undefined || known.invoices.every((id) => promise.invoiceExternalIds?.includes(id)));
}

/** What is open and undisputed of what each may fall on, oldest due first, by the promise's position. */
async function readOwed(trx: Knex.Transaction, asked: readonly Asked[]): Promise<ReadonlyMap<number, OwedInvoice[]>> {
  const owed = new Map<number, OwedInvoice[]>();
  if (asked.length === 0) return owed;
  const { rows } = await trx.raw<{ rows: (OwedInvoice & { position: number })[] }>(
    `WITH asked AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS a (position integer, customer_id bigint, currency text, ids text[])),
     meant AS (
       SELECT a.position, i.id FROM asked a JOIN invoices i ON i.external_id = ANY (a.ids) AND i.customer_id = a.customer_id AND i.currency = a.currency WHERE a.ids IS NOT NULL
       UNION ALL SELECT a.position, i.id FROM asked a JOIN invoices i ON i.customer_id = a.customer_id AND i.currency = a.currency WHERE a.ids IS NULL)
     SELECT m.position, i.id, i.external_id, i.open_minor AS "openMinor",
       greatest(0, i.open_minor - coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = i.id AND d.state = 'open'), 0))::bigint AS "availableMinor"
     FROM meant m JOIN invoices i ON i.id = m.id WHERE i.open_minor > 0 AND i.document_state = 'issued' ORDER BY m.position, i.due_on, i.external_id`,
    [JSON.stringify(asked.map(({ index, customer, promise }) => ({ position: index, customer_id: customer.id, currency: promise.currency, ids: promise.invoiceExternalIds ?? null })))]);
  for (const { position, ...invoice } of rows) owed.set(position, [...(owed.get(position) ?? []), invoice]);
  return owed;
}

async function insertPromises(trx: Knex.Transaction, { actor, at }: LedgerContext, spread: readonly Spread[]): Promise<Made[]> {
  if (spread.length === 0) return [];
  const { rows } = await trx.raw<{ rows: { id: number; external_id: string }[] }>(
    `INSERT INTO promises (external_id, customer_id, currency, amount_minor, promised_on, ends_at, source, note, made_at, made_by)
     SELECT external_id, customer_id, currency, amount_minor, promised_on, ends_at, source, note, ?, ? FROM jsonb_populate_recordset(NULL::promises, ?) RETURNING id, external_id`,
    [at, `${actor.kind}:${actor.id}`, JSON.stringify(spread.map(({ promise, customer, amountMinor }) => ({
      external_id: promise.externalId, customer_id: customer.id, currency: promise.currency, amount_minor: amountMinor, promised_on: promise.promisedOn,
      ends_at: new Date(startOfDay(dayNumber(promise.promisedOn) + 1, customer.time_zone)), source: promise.source, note: promise.note ?? null,
    })))],
  );
  const ids = new Map(rows.map(({ id, external_id }) => [external_id, id]));
  const made = spread.map((each): Made => {
    const promiseId = ids.get(each.promise.externalId);
    if (promiseId === undefined) throw new Error(`The promise ${each.promise.externalId} vanished while it was recorded.`);
    return { ...each, promiseId, alsoTouched: [] };
  });
  await trx.raw(
    `INSERT INTO promise_invoices (promise_id, invoice_id, amount_minor, open_minor, after_application_id)
     SELECT l.promise_id, l.invoice_id, l.amount_minor, l.open_minor, coalesce((SELECT max(a.id) FROM applications a WHERE a.invoice_id = l.invoice_id), 0)
     FROM jsonb_to_recordset(?::jsonb) AS l (promise_id bigint, invoice_id bigint, amount_minor bigint, open_minor bigint)`,
    [JSON.stringify(made.flatMap(({ promiseId, lines }) => lines.map((line) => ({ promise_id: promiseId, invoice_id: line.invoice.id, amount_minor: line.amountMinor, open_minor: line.invoice.openMinor }))))],
  );
  return made;
}

/** Takes over what runs on these invoices. A promise of which nothing is left is superseded. Notes with each the invoices that it took over. */
async function supersede(trx: Knex.Transaction, { at }: LedgerContext, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const taking = made.flatMap(({ promiseId, lines }) => lines.map(({ invoice }) => ({ promise_id: promiseId, invoice_id: invoice.id })));
  const { rows } = await trx.raw<{ rows: { promise_id: number; invoice_id: number; by: number }[] }>(
    `UPDATE promise_invoices l SET superseded = true FROM promises p, jsonb_to_recordset(?::jsonb) AS m (promise_id bigint, invoice_id bigint)
     WHERE p.id = l.promise_id AND p.state = 'pending' AND l.invoice_id = m.invoice_id AND p.id <> m.promise_id AND NOT l.superseded RETURNING l.promise_id, l.invoice_id, m.promise_id AS by`,
    [JSON.stringify(taking)]);
  if (rows.length === 0) return;
  await trx.raw(
    `UPDATE promises p SET state = 'superseded', superseded_by = t.by, decided_at = ?, row_version = row_version + 1
     FROM (SELECT promise_id, max(by) AS by FROM jsonb_to_recordset(?::jsonb) AS r (promise_id bigint, by bigint) GROUP BY 1) t
     WHERE p.id = t.promise_id AND NOT EXISTS (SELECT FROM promise_invoices l WHERE l.promise_id = p.id AND NOT l.superseded)`,
    [at, JSON.stringify(rows)]);
  for (const each of made) each.alsoTouched.push(...rows.filter(({ by }) => by === each.promiseId).map(({ invoice_id }) => invoice_id));
}

async function tell(trx: Knex.Transaction, { actor, at }: LedgerContext, made: readonly Made[]): Promise<void> {
  await touchLedger(trx, made.map(({ customer, lines, alsoTouched }) => ({ customerId: customer.id, invoiceIds: [...new Set([...lines.map(({ invoice }) => invoice.id), ...alsoTouched])], kind: 'promise.made' })));
  await recordEvents(trx, made.flatMap(({ promise, customer, lines }) => lines.map(({ invoice, amountMinor }) => ({
    kind: 'promise.made' as const, key: `${promise.externalId}/${invoice.external_id}`, customerId: customer.id, invoiceId: invoice.id, at,
    data: { promise: promise.externalId, amountMinor, currency: promise.currency, promisedOn: promise.promisedOn, source: promise.source },
  }))));
  await appendAudit(trx, made.map(({ promise, customer, lines, amountMinor }) => ({
    actor, action: 'promise.made', subjectType: 'promise', subjectId: promise.externalId,
    after: { customer: customer.external_id, invoices: lines.map(({ invoice }) => invoice.external_id), amountMinor, currency: promise.currency, promisedOn: promise.promisedOn, source: promise.source },
  })));
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
