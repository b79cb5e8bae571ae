import type { Knex } from 'knex';
import { addDays, dayNumber, isLocalDate, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { deadlineDays, type DisputeReason, type DisputeSource } from '../../domain/dispute/dispute';
import { appendAudit } from '../audit';
import { recordEvents } from '../events';
import { inTransaction, refused, type LedgerContext, type RecordResult } from '../ledger/context';
import { touchLedger } from '../ledger/touch';

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
  return inTransaction(db, async (trx) => {
    const { externalId } = dispute;
    const refuse = (field: string, value: string | null, reason: string): DisputeResult => ({ ...refused(0, externalId, field, value, reason), disputeId: null });
    const invoice = await lockDisputable(trx, dispute.invoiceExternalId);
    if (!invoice) return refuse('invoice_external_id', dispute.invoiceExternalId, 'is not a known invoice');
    const { rows: [known] } = await trx.raw<{ rows: { id: number; invoice_id: number; amount_minor: number; reason_code: string }[] }>(
      'SELECT id, invoice_id, amount_minor, reason_code FROM disputes WHERE external_id = ?', [externalId]);
    if (known) {
      const same = known.invoice_id === invoice.id && known.reason_code === dispute.reason && (dispute.amountMinor === undefined || dispute.amountMinor === known.amount_minor || (dispute.atMost === true && dispute.amountMinor > known.amount_minor));
      return same ? { index: 0, externalId, status: 'unchanged', disputeId: known.id, amountMinor: known.amount_minor } : refuse('external_id', externalId, 'is known already with other content');
    }
    if (invoice.document_state !== 'issued') return refuse('invoice_external_id', dispute.invoiceExternalId, `is ${invoice.document_state}`);
    const today = localDateAt(context.at.getTime(), invoice.time_zone);
    const deadlineOn = dispute.deadlineOn ?? addDays(today, deadlineDays);
    if (!isLocalDate(deadlineOn)) return refuse('deadline_on', deadlineOn, 'is not a date such as 2026-03-01');
    if (deadlineOn < today) return refuse('deadline_on', deadlineOn, 'is past where the customer is');
    const undisputedMinor = invoice.open_minor - invoice.disputed_minor;
    const amountMinor = Math.min(dispute.amountMinor ?? undisputedMinor, dispute.atMost ? undisputedMinor : Infinity);
    if (undisputedMinor <= 0) return refuse('invoice_external_id', dispute.invoiceExternalId, 'has nothing open that is not disputed already');
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return refuse('amount', String(amountMinor), 'must be more than zero');
    if (amountMinor > undisputedMinor) return refuse('amount', String(amountMinor), `is more than what is open and not disputed, ${undisputedMinor} minor units`);
    if (dispute.ownerId && !(await isActiveUser(trx, dispute.ownerId))) return refuse('owner_id', String(dispute.ownerId), 'is not an active user');

    const { rows: [inserted] } = await trx.raw<{ rows: { id: number }[] }>(
      `INSERT INTO disputes (external_id, customer_id, invoice_id, currency, amount_minor, reason_code, detail, source, owner_id, opened_at, opened_by, deadline_on, deadline_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      [externalId, invoice.customer_id, invoice.id, invoice.currency, amountMinor, dispute.reason, dispute.detail ?? null, dispute.source, dispute.ownerId ?? null, context.at,
        `${context.actor.kind}:${context.actor.id}`, deadlineOn, new Date(startOfDay(dayNumber(deadlineOn) + 1, invoice.time_zone))],
    );
    await touchLedger(trx, [{ customerId: invoice.customer_id, invoiceIds: [invoice.id], kind: 'dispute.opened' }]);
    const facts = { amountMinor, currency: invoice.currency, reason: dispute.reason };
    await recordEvents(trx, [{ kind: 'dispute.opened', key: externalId, customerId: invoice.customer_id, invoiceId: invoice.id, at: context.at, data: { dispute: externalId, ...facts } }]);
    await appendAudit(trx, [{
      actor: context.actor, action: 'dispute.opened', subjectType: 'dispute', subjectId: externalId,
      after: { invoice: dispute.invoiceExternalId, ...facts, deadlineOn, source: dispute.source, detail: dispute.detail ?? null },
    }]);
    return { index: 0, externalId, status: 'created', disputeId: inserted?.id ?? null, amountMinor };
  });
}

async function lockDisputable(trx: Knex.Transaction, externalId: string): Promise<Disputable | null> {
  await trx.raw('SELECT FROM customers WHERE id = (SELECT customer_id FROM invoices WHERE external_id = ?) FOR NO KEY UPDATE', [externalId]);
  const { rows } = await trx.raw<{ rows: Disputable[] }>(
    `SELECT i.id, i.customer_id, c.time_zone, i.currency, i.open_minor, i.document_state,
       coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = i.id AND d.state = 'open'), 0)::bigint AS disputed_minor
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.external_id = ?`, [externalId]);
  return rows[0] ?? null;
}

export async function isActiveUser(db: Knex, id: number): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>('SELECT 1 FROM users WHERE id = ? AND active', [id]);
  return rows.length > 0;
}
