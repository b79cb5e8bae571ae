import type { Knex } from 'knex';
import { localDateAt, momentIn } from '../../domain/calendar/zones';
import { checkRefund } from '../../domain/ledger/recordChecks';
import type { RefundRecord } from '../../domain/ledger/records';
import { planRefund, type RefundPlan } from '../../domain/ledger/refund';
import { appendAudit } from '../audit';
import { takeBackDiscounts } from '../discounts/honour';
import { moveReopened } from '../policies/moveReopened';
import { inTransaction, recordsMax, refused, type LedgerContext, type RecordResult } from './context';
import { recordRefunded } from './ledgerEvents';
import { askAboutLiftedHolds } from './liftedHolds';
import { lockCustomersOf } from './locks';
import { touchLedger, type LedgerChange } from './touch';

export interface RefundResult extends RecordResult {
  amountMinor?: number;
}

interface PaymentRow {
  id: number;
  externalId: string;
  customerId: number;
  timeZone: string;
  currency: string;
  amountMinor: number;
  refundedMinor: number;
  unappliedMinor: number;
  receivedAt: Date;
  isReversed: boolean;
}

/** What a payment's money is on: an invoice or a charge. */
interface StandingRow {
  on: 'invoice' | 'charge';
  id: number;
  paymentId: number;
  /** Of the invoice, or of the charge. */
  onId: number;
  amountMinor: number;
  appliedAt: Date;
}

interface Known {
  paymentExternalId: string;
  amountMinor: number;
  refundedAt: number;
}

interface Written {
  id: number;
  record: RefundRecord;
  payment: PaymentRow;
  amountMinor: number;
  refundedAt: Date;
  plan: RefundPlan<StandingRow>;
}

/**
 * Gives money of payments back to who paid, in the order given. What is unapplied goes first and reopens nothing; then applications are taken back, the newest first, those to charges
 * as those to invoices, which opens exactly that much again. A refund that is known already has no effect and the same answer; its id with other content is refused.
 */
export async function refundPayments(db: Knex, context: LedgerContext, records: readonly RefundRecord[]): Promise<RefundResult[]> {
  if (records.length > recordsMax) throw new RangeError(`${records.length} refunds in one call; at most ${recordsMax}. Import a file instead.`);
  return inTransaction(db, async (trx) => {
    const externalIds = [...new Set(records.map(({ paymentExternalId }) => paymentExternalId))];
    await lockCustomersOf(trx, (await readPayments(trx, externalIds)).map(({ customerId }) => customerId));
    const payments = new Map((await readPayments(trx, externalIds)).map((payment) => [payment.externalId, payment]));
    const standings = await readStandings(trx, [...payments.values()].map(({ id }) => id));
    const known = await readKnown(trx, records);

    const planned: Omit<Written, 'id'>[] = [];
    const results = records.map((record, index): RefundResult => {
      const verdict = judge(record, payments, standings, known, context);
      if ('field' in verdict) return refused(index, record.externalId, verdict.field, verdict.value, verdict.reason);
      if (verdict.kind === 'known') return { index, externalId: record.externalId, status: 'unchanged', amountMinor: verdict.amountMinor };
      const { payment, amountMinor, refundedAt, plan } = verdict;
      payment.unappliedMinor -= plan.fromUnappliedMinor;
      payment.refundedMinor += amountMinor;
      for (const { application, amountMinor: taken } of plan.takenBack) application.amountMinor -= taken;
      known.set(record.externalId, { paymentExternalId: payment.externalId, amountMinor, refundedAt: refundedAt.getTime() });
      planned.push({ record, payment, amountMinor, refundedAt, plan });
      return { index, externalId: record.externalId, status: 'created', amountMinor };
    });
    if (planned.length) await write(trx, context, planned);
    return results;
  });
}

type Verdict = { kind: 'known'; amountMinor: number } | ({ kind: 'new' } & Pick<Written, 'payment' | 'amountMinor' | 'refundedAt' | 'plan'>) | { field: string; value: string | null; reason: string };

function judge(record: RefundRecord, payments: ReadonlyMap<string, PaymentRow>, standings: ReadonlyMap<number, readonly StandingRow[]>, known: ReadonlyMap<string, Known>, { at }: LedgerContext): Verdict {
  const [fault] = checkRefund(record);
  if (fault) return fault;
  const payment = payments.get(record.paymentExternalId);
  if (!payment) return { field: 'payment_external_id', value: record.paymentExternalId, reason: 'is not a known payment' };
  const refundedAt = record.refundedAt ? new Date(momentIn(record.refundedAt, payment.timeZone)) : at;
  const earlier = known.get(record.externalId);
  if (earlier) {
    const same = earlier.paymentExternalId === payment.externalId && (record.amountMinor ?? earlier.amountMinor) === earlier.amountMinor && (!record.refundedAt || refundedAt.getTime() === earlier.refundedAt);
    return same ? { kind: 'known', amountMinor: earlier.amountMinor } : { field: 'external_id', value: record.externalId, reason: 'is known already with other content' };
  }
  if (record.currency && record.currency !== payment.currency) return { field: 'currency', value: record.currency, reason: `differs from the currency of the payment, ${payment.currency}` };
  if (payment.isReversed) return { field: 'payment_external_id', value: payment.externalId, reason: 'is reversed: nothing of it is left to give back' };
  if (refundedAt.getTime() > at.getTime()) return { field: 'refunded_at', value: record.refundedAt ?? null, reason: 'lies ahead: record it once it has happened' };
  const day = (instant: Date): string => localDateAt(instant.getTime(), payment.timeZone);
  if (day(refundedAt) < day(payment.receivedAt)) return { field: 'refunded_at', value: record.refundedAt ?? null, reason: `is before the payment was received, ${day(payment.receivedAt)}` };
  const left = payment.amountMinor - payment.refundedMinor;
  const amountMinor = record.amountMinor ?? left;
  if (left === 0) return { field: 'payment_external_id', value: payment.externalId, reason: 'has been given back in full' };
  const plan = amountMinor > left ? null : planRefund({ amountMinor, unappliedMinor: payment.unappliedMinor, newestFirst: (standings.get(payment.id) ?? []).filter((each) => each.amountMinor > 0) });
  if (!plan) return { field: 'amount', value: String(amountMinor), reason: `is more than what is left of the payment, ${left} minor units` };
  return { kind: 'new', payment, amountMinor, refundedAt, plan };
}

async function write(trx: Knex.Transaction, context: LedgerContext, planned: readonly Omit<Written, 'id'>[]): Promise<void> {
  const { rows: ids } = await trx.raw<{ rows: { id: number }[] }>(`SELECT nextval('refunds_id_seq') AS id FROM generate_series(1, ?)`, [planned.length]);
  const written = planned.map((refund, index): Written => ({ ...refund, id: ids[index]!.id }));
  await takeBack(trx, context, written);
  await trx.raw(`INSERT INTO refunds (id, external_id, payment_id, customer_id, currency, amount_minor, reason, refunded_at, recorded_at) OVERRIDING SYSTEM VALUE
    SELECT id, external_id, payment_id, customer_id, currency, amount_minor, reason, refunded_at, ?::timestamptz FROM jsonb_to_recordset(?::jsonb)
      AS t (id bigint, external_id text, payment_id bigint, customer_id bigint, currency text, amount_minor bigint, reason text, refunded_at timestamptz) ORDER BY id`,
  [context.at, JSON.stringify(written.map(({ id, record, payment, amountMinor, refundedAt }) => ({
    id, external_id: record.externalId, payment_id: payment.id, customer_id: payment.customerId, currency: payment.currency, amount_minor: amountMinor, reason: record.reason ?? null, refunded_at: refundedAt.toISOString(),
  })))]);
  const reopened = written.map((refund) => ({ ...refund, invoices: invoicesOf(refund) }));
  const reopenedIds = [...new Set(reopened.flatMap(({ invoices }) => [...invoices.keys()]))];
  await takeBackDiscounts(trx, context, written.flatMap(({ plan }) => plan.takenBack.flatMap(({ application: { on, id, onId } }) => (on === 'invoice' ? [{ id, invoiceId: onId }] : []))));
  await moveReopened(trx, context, reopenedIds);
  await touchLedger(trx, reopened.flatMap(({ payment: { customerId }, plan, invoices }): LedgerChange[] => {
    const kind = 'payment.refunded';
    // Unapplied cash that goes is what any invoice of the customer may have counted on.
    const account: LedgerChange[] = plan.fromUnappliedMinor > 0 || invoices.size === 0 ? [{ customerId, invoiceIds: null, kind }] : [];
    return invoices.size ? [{ customerId, invoiceIds: [...invoices.keys()], kind }, ...account] : account;
  }));
  await askAboutLiftedHolds(trx, context, reopened.flatMap(({ record, payment, invoices }) => [...invoices.keys()].map((invoiceId) => ({ invoiceId, payment: payment.externalId, refund: record.externalId }))));
  await recordRefunded(trx, context.at, reopened.map(({ record, payment, amountMinor, invoices }) => ({
    refund: record.externalId, payment: payment.externalId, customerId: payment.customerId, currency: payment.currency, amountMinor, reason: record.reason ?? null, invoices,
  })));
  await appendAudit(trx, reopened.map(({ record, payment, amountMinor, plan, invoices }) => ({
    actor: context.actor,
    action: 'payment.refunded',
    subjectType: 'payment',
    subjectId: payment.externalId,
    after: {
      refund: record.externalId, amountMinor, currency: payment.currency, reason: record.reason ?? null, fromUnappliedMinor: plan.fromUnappliedMinor, reopenedMinor: [...invoices.values()].reduce((sum, minor) => sum + minor, 0),
    },
  })));
}

/** By invoice, how much the refund opens again. */
function invoicesOf({ plan }: Pick<Written, 'plan'>): Map<number, number> {
  const invoices = new Map<number, number>();
  for (const { application: { on, onId }, amountMinor } of plan.takenBack) if (on === 'invoice') invoices.set(onId, (invoices.get(onId) ?? 0) + amountMinor);
  return invoices;
}

const tables = { invoice: { name: 'applications', column: 'invoice_id' }, charge: { name: 'charge_applications', column: 'charge_id' } } as const;

/**
 * Parts are put beside the applications that they were parts of, which makes those smaller; what is then taken as a whole, or as the rest of one, is reversed where it stands.
 */
async function takeBack(trx: Knex.Transaction, { at }: LedgerContext, written: readonly Written[]): Promise<void> {
  for (const on of ['invoice', 'charge'] as const) {
    const { name, column } = tables[on];
    const taken = written.flatMap(({ id, plan }) => plan.takenBack.filter(({ application }) => application.on === on).map((each) => ({ refundId: id, ...each })));
    // Of those that are used up, the last refund that took of one takes what stands there then.
    const last = new Map(taken.filter(({ application }) => application.amountMinor === 0).map((each) => [each.application.id, each]));
    const parts = taken.filter((each) => last.get(each.application.id) !== each);
    if (parts.length) {
      await trx.raw(`INSERT INTO ${name} (${column}, payment_id, amount_minor, applied_at, reversed_at, refund_id, part_of)
        SELECT a.${column}, a.payment_id, t.amount_minor, a.applied_at, ?::timestamptz, t.refund_id, a.id
        FROM jsonb_to_recordset(?::jsonb) AS t (id bigint, amount_minor bigint, refund_id bigint) JOIN ${name} a ON a.id = t.id ORDER BY t.refund_id, a.id`,
      [at, JSON.stringify(parts.map(({ refundId, application, amountMinor }) => ({ id: application.id, amount_minor: amountMinor, refund_id: refundId })))]);
    }
    if (last.size) {
      await trx.raw(`UPDATE ${name} a SET reversed_at = ?::timestamptz, refund_id = t.refund_id FROM jsonb_to_recordset(?::jsonb) AS t (id bigint, refund_id bigint) WHERE a.id = t.id`,
        [at, JSON.stringify([...last.values()].map(({ refundId, application }) => ({ id: application.id, refund_id: refundId })))]);
    }
  }
}

async function readPayments(trx: Knex.Transaction, externalIds: readonly string[]): Promise<PaymentRow[]> {
  const { rows } = await trx.raw<{ rows: PaymentRow[] }>(
    `SELECT p.id, p.external_id AS "externalId", p.customer_id AS "customerId", c.time_zone AS "timeZone", p.currency, p.amount_minor AS "amountMinor", p.refunded_minor AS "refundedMinor",
       p.unapplied_minor AS "unappliedMinor", p.received_at AS "receivedAt", p.reversed_at IS NOT NULL AS "isReversed"
     FROM payments p JOIN customers c ON c.id = p.customer_id WHERE p.external_id = ANY (?)`, [[...externalIds]]);
  return rows;
}

/** By payment, the newest first; of one instant, what is on a charge first. */
async function readStandings(trx: Knex.Transaction, paymentIds: readonly number[]): Promise<Map<number, StandingRow[]>> {
  const { rows } = await trx.raw<{ rows: StandingRow[] }>(
    `SELECT * FROM (
       SELECT 'invoice' AS "on", id, payment_id AS "paymentId", invoice_id AS "onId", amount_minor AS "amountMinor", applied_at AS "appliedAt" FROM applications WHERE payment_id = ANY (:paymentIds) AND reversed_at IS NULL
       UNION ALL SELECT 'charge', id, payment_id, charge_id, amount_minor, applied_at FROM charge_applications WHERE payment_id = ANY (:paymentIds) AND reversed_at IS NULL
     ) every ORDER BY "paymentId", "appliedAt" DESC, "on", id DESC`, { paymentIds: [...paymentIds] });
  const byPayment = new Map<number, StandingRow[]>(paymentIds.map((id) => [id, []]));
  for (const row of rows) byPayment.get(row.paymentId)?.push(row);
  return byPayment;
}

async function readKnown(trx: Knex.Transaction, records: readonly RefundRecord[]): Promise<Map<string, Known>> {
  const { rows } = await trx.raw<{ rows: { externalId: string; paymentExternalId: string; amountMinor: number; refundedAt: Date }[] }>(
    `SELECT r.external_id AS "externalId", p.external_id AS "paymentExternalId", r.amount_minor AS "amountMinor", r.refunded_at AS "refundedAt" FROM refunds r JOIN payments p ON p.id = r.payment_id
     WHERE r.external_id = ANY (?)`, [records.map(({ externalId }) => externalId)]);
  return new Map(rows.map(({ externalId, refundedAt, ...known }) => [externalId, { ...known, refundedAt: refundedAt.getTime() }]));
}
