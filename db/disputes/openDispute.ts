import type { Knex } from 'knex';
import { addDays, dayNumber, isLocalDate, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { deadlineDays, type DisputeReason, type DisputeSource } from '../../domain/dispute/dispute';
import { appendAudit } from '../audit';
import { honourDiscounts } from '../discounts/honour';
import { recordEvents } from '../events';
import { inTransaction, refused, type LedgerContext, type RecordResult } from '../ledger/context';
import { touchLedger } from '../ledger/touch';
import { tellOwners } from './tellOwners';

/** What a customer disputes of an invoice, and why. */
export interface NewDispute {
  /** Makes it one dispute, however often it is recorded: 'call-17', 'reply-4'. */
  externalId: string;
  invoiceExternalId: string;
  /** Left out: all that is open and not disputed yet. */
  amountMinor?: number;
  reason: DisputeReason;
  detail?: string | null;
  source: DisputeSource;
  /** The user who looks after it. */
  ownerId?: number | null;
  /** The last day on which it is to be resolved, where the customer is; left out: 14 days from now. */
  deadlineOn?: LocalDate;
  /** What is more than open and not disputed yet is left out, where it would be refused otherwise. */
  atMost?: boolean;
}

export interface DisputeResult extends RecordResult {
  disputeId: number | null;
  amountMinor?: number;
}

interface Disputable {
  id: number;
  number: string;
  customer_id: number;
  time_zone: string;
  currency: string;
  open_minor: number;
  disputed_minor: number;
  document_state: string;
}

/**
 * Opens a dispute: the disputed amount is not asked for until it is resolved, the rest of the invoice is. One that is known already changes nothing and
 * answers as before; its id with other content is refused.
 */
export async function openDispute(db: Knex, context: LedgerContext, dispute: NewDispute): Promise<DisputeResult> {
  const [result] = await inTransaction(db, (trx) => openDisputes(trx, context, [dispute]));
  if (!result) throw new Error(`The dispute ${dispute.externalId} was given no answer.`);
  return result;
}

/** The same for many, no two of which may be about the same invoice or have the same id: what one takes of an invoice the other would not see. */
export async function openDisputes(trx: Knex.Transaction, context: LedgerContext, disputes: readonly NewDispute[]): Promise<DisputeResult[]> {
  const invoices = await lockDisputables(trx, disputes.map(({ invoiceExternalId }) => invoiceExternalId));
  const known = await findKnown(trx, disputes.map(({ externalId }) => externalId));
  const owners = await activeUsers(trx, disputes.flatMap(({ ownerId }) => ownerId ?? []));
  const judged = disputes.map((dispute, index) => judge(dispute, index, context, invoices.get(dispute.invoiceExternalId), known.get(dispute.externalId), owners));
  const ids = await insertDisputes(trx, context, judged.flatMap((each) => (each.kind === 'new' ? [each] : [])));
  return judged.map((each): DisputeResult => (each.kind === 'answered'
    ? each.result
    : { index: each.index, externalId: each.dispute.externalId, status: 'created', disputeId: ids.get(each.dispute.externalId) ?? null, amountMinor: each.amountMinor }));
}

interface Known {
  id: number;
  external_id: string;
  invoice_id: number;
  amount_minor: number;
  reason_code: string;
}

interface Opening {
  kind: 'new';
  index: number;
  dispute: NewDispute;
  invoice: Disputable;
  amountMinor: number;
  deadlineOn: LocalDate;
}

function judge(
  dispute: NewDispute, index: number, { at }: LedgerContext, invoice: Disputable | undefined, known: Known | undefined, owners: ReadonlySet<number>,
): Opening | { kind: 'answered'; result: DisputeResult } {
  const { externalId } = dispute;
  const refuse = (field: string, value: string | null, reason: string) => ({ kind: 'answered' as const, result: { ...refused(index, externalId, field, value, reason), disputeId: null } });
  if (!invoice) return refuse('invoice_external_id', dispute.invoiceExternalId, 'is not a known invoice');
  if (known) {
    const same = known.invoice_id === invoice.id && known.reason_code === dispute.reason && (dispute.amountMinor === undefined || dispute.amountMinor === known.amount_minor || (dispute.atMost === true && dispute.amountMinor > known.amount_minor));
    return same ? { kind: 'answered', result: { index, externalId, status: 'unchanged', disputeId: known.id, amountMinor: known.amount_minor } } : refuse('external_id', externalId, 'is known already with other content');
  }
  if (invoice.document_state !== 'issued') return refuse('invoice_external_id', dispute.invoiceExternalId, `is ${invoice.document_state}`);
  const today = localDateAt(at.getTime(), invoice.time_zone);
  const deadlineOn = dispute.deadlineOn ?? addDays(today, deadlineDays);
  if (!isLocalDate(deadlineOn)) return refuse('deadline_on', deadlineOn, 'is not a date such as 2026-03-01');
  if (deadlineOn < today) return refuse('deadline_on', deadlineOn, 'is past where the customer is');
  const undisputedMinor = invoice.open_minor - invoice.disputed_minor;
  const amountMinor = Math.min(dispute.amountMinor ?? undisputedMinor, dispute.atMost ? undisputedMinor : Infinity);
  if (undisputedMinor <= 0) return refuse('invoice_external_id', dispute.invoiceExternalId, 'has nothing open that is not disputed already');
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return refuse('amount', String(amountMinor), 'must be more than zero');
  if (amountMinor > undisputedMinor) return refuse('amount', String(amountMinor), `is more than what is open and not disputed, ${undisputedMinor} minor units`);
  if (dispute.ownerId && !owners.has(dispute.ownerId)) return refuse('owner_id', String(dispute.ownerId), 'is not an active user');
  return { kind: 'new', index, dispute, invoice, amountMinor, deadlineOn };
}

async function insertDisputes(trx: Knex.Transaction, { actor, at }: LedgerContext, opening: readonly Opening[]): Promise<ReadonlyMap<string, number>> {
  if (opening.length === 0) return new Map();
  const { rows } = await trx.raw<{ rows: { id: number; external_id: string }[] }>(
    `INSERT INTO disputes (external_id, customer_id, invoice_id, currency, amount_minor, reason_code, detail, source, owner_id, opened_at, opened_by, deadline_on, deadline_at)
     SELECT external_id, customer_id, invoice_id, currency, amount_minor, reason_code, detail, source, owner_id, ?, ?, deadline_on, deadline_at FROM jsonb_populate_recordset(NULL::disputes, ?) RETURNING id, external_id`,
    [at, `${actor.kind}:${actor.id}`, JSON.stringify(opening.map(({ dispute, invoice, amountMinor, deadlineOn }) => ({
      external_id: dispute.externalId, customer_id: invoice.customer_id, invoice_id: invoice.id, currency: invoice.currency, amount_minor: amountMinor, reason_code: dispute.reason, detail: dispute.detail ?? null,
      source: dispute.source, owner_id: dispute.ownerId ?? null, deadline_on: deadlineOn, deadline_at: new Date(startOfDay(dayNumber(deadlineOn) + 1, invoice.time_zone)),
    })))],
  );
  // The rest may have been paid in time already.
  await honourDiscounts(trx, { actor, at }, opening.map(({ invoice }) => invoice.id));
  await touchLedger(trx, opening.map(({ invoice }) => ({ customerId: invoice.customer_id, invoiceIds: [invoice.id], kind: 'dispute.opened' })));
  const facts = ({ dispute, invoice, amountMinor }: Opening) => ({ amountMinor, currency: invoice.currency, reason: dispute.reason });
  await recordEvents(trx, opening.map((each) => ({
    kind: 'dispute.opened' as const, key: each.dispute.externalId, customerId: each.invoice.customer_id, invoiceId: each.invoice.id, at, data: { dispute: each.dispute.externalId, ...facts(each) },
  })));
  await appendAudit(trx, opening.map((each) => ({
    actor, action: 'dispute.opened', subjectType: 'dispute', subjectId: each.dispute.externalId,
    after: { invoice: each.dispute.invoiceExternalId, ...facts(each), deadlineOn: each.deadlineOn, source: each.dispute.source, detail: each.dispute.detail ?? null },
  })));
  await tellOwners(trx, actor, at, opening.flatMap(({ dispute: { externalId, ownerId }, invoice }) => (ownerId ? [{ externalId, ownerId, rowVersion: 1, invoiceNumber: invoice.number, customerId: invoice.customer_id, invoiceId: invoice.id }] : [])));
  return new Map(rows.map(({ id, external_id }) => [external_id, id]));
}

async function lockDisputables(trx: Knex.Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, Disputable>> {
  const ids = [...new Set(externalIds)];
  await trx.raw('SELECT FROM customers WHERE id IN (SELECT customer_id FROM invoices WHERE external_id = ANY(?)) ORDER BY id FOR NO KEY UPDATE', [ids]);
  const { rows } = await trx.raw<{ rows: (Disputable & { external_id: string })[] }>(
    `SELECT i.id, i.number, i.external_id, i.customer_id, c.time_zone, i.currency, i.open_minor, i.document_state,
       coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = i.id AND d.state = 'open'), 0)::bigint AS disputed_minor
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.external_id = ANY(?)`, [ids]);
  return new Map(rows.map((row) => [row.external_id, row]));
}

async function findKnown(trx: Knex.Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const { rows } = await trx.raw<{ rows: Known[] }>('SELECT id, external_id, invoice_id, amount_minor, reason_code FROM disputes WHERE external_id = ANY(?)', [[...externalIds]]);
  return new Map(rows.map((row) => [row.external_id, row]));
}

async function activeUsers(trx: Knex.Transaction, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  return new Set(await trx<{ id: number; active: boolean }>('users').whereIn('id', [...ids]).where({ active: true }).pluck('id'));
}

export async function isActiveUser(db: Knex, id: number): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>('SELECT 1 FROM users WHERE id = ? AND active', [id]);
  return rows.length > 0;
}
