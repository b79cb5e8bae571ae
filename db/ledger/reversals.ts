import type { Knex } from 'knex';
import { addDays } from '../../domain/calendar/dates';
import { localDateAt, momentIn } from '../../domain/calendar/zones';
import type { FieldError } from '../../domain/ledger/records';
import type { ReversalKind } from '../../domain/ledger/reversal';
import { formatMoney } from '../../domain/money/money';
import { appendAudit, type AuditEntry } from '../audit';
import { takeBackDiscounts } from '../discounts/honour';
import { moveReopened } from '../policies/moveReopened';
import { raiseTasks, type NewTask } from '../work/raiseTasks';
import { inTransaction, refused, type LedgerContext, type RecordResult } from './context';
import { recordReversed } from './ledgerEvents';
import { askAboutLiftedHolds } from './liftedHolds';
import { lockCustomersOf } from './locks';
import { touchLedger, type LedgerChange } from './touch';

export interface Reversal {
  /** The external id of what is reversed. */
  externalId: string;
  reason?: string | null;
}

export interface PaymentReversal extends Reversal {
  /** A reversal unless given. */
  kind?: ReversalKind;
  /** The payment's: another is refused. */
  currency?: string;
  /** When the bank did it, a date or an instant: one that lies ahead, or before the payment was received, is refused. What it opens is open from when it is recorded. */
  reversedAt?: string;
}

interface Reversible {
  id: number;
  external_id: string;
  customer_id: number;
  reversed_at: Date | null;
}

interface ReversiblePayment extends Reversible {
  currency: string;
  time_zone: string;
  received_at: Date;
  unapplied_minor: number;
  refunded_minor: number;
}

/**
 * Takes payments back, as a bank does: their applications are reversed, which opens the invoices again. Again for the same payment: unchanged. A chargeback is a person's to look into,
 * and so is a payment of which some had been given back already.
 */
export async function reversePayments(db: Knex, context: LedgerContext, reversals: readonly PaymentReversal[]): Promise<RecordResult[]> {
  return inTransaction(db, (trx) => reverse<ReversiblePayment, PaymentReversal>(trx, context, reversals, {
    what: 'payment',
    read: (ids) => trx<ReversiblePayment>('payments as p').join('customers as c', 'c.id', 'p.customer_id').whereIn('p.external_id', ids)
      .select('p.id', 'p.external_id', 'p.customer_id', 'p.reversed_at', 'p.currency', 'c.time_zone', 'p.received_at', 'p.unapplied_minor', 'p.refunded_minor'),
    fault: (row, given) => faultOf(context, row, given),
    mark: async (rows) => {
      await trx.raw(
        'UPDATE payments p SET reversed_at = ?, reversal_reason = r.reason, reversal_kind = r.kind FROM jsonb_to_recordset(?::jsonb) AS r (id bigint, reason text, kind text) WHERE p.id = r.id',
        [context.at, JSON.stringify(rows.map(({ row, reason, given }) => ({ id: row.id, reason, kind: kindOf(given) })))],
      );
    },
    applicationColumn: 'payment_id',
    takesCash: ({ unapplied_minor }) => unapplied_minor > 0,
    told: (given) => ({ kind: kindOf(given) }),
    after: async (reversed) => {
      const told = reversed.map((each) => ({ ...each, payment: each.row.external_id, kind: kindOf(each.given), customerId: each.row.customer_id }));
      await askAboutLiftedHolds(trx, context, told.flatMap(({ payment, invoiceIds }) => invoiceIds.map((invoiceId) => ({ invoiceId, payment, refund: null }))));
      await recordReversed(trx, context.at, told);
      await raiseTasks(trx, told.flatMap((each) => taskOf(context, each)));
    },
  }));
}

/** Takes write-offs back: what was written off is owed again. */
export async function reverseWriteOffs(db: Knex, context: LedgerContext, reversals: readonly Reversal[]): Promise<RecordResult[]> {
  return inTransaction(db, (trx) => reverse<Reversible, Reversal>(trx, context, reversals, {
    what: 'write-off',
    read: (ids) => trx<Reversible>('write_offs as w').join('invoices as i', 'i.id', 'w.invoice_id').whereIn('w.external_id', ids)
      .select('w.id', 'w.external_id', 'i.customer_id', 'w.reversed_at'),
    fault: () => null,
    mark: async (rows) => {
      await trx('write_offs').whereIn('id', rows.map(({ row }) => row.id)).update({ reversed_at: context.at });
    },
    applicationColumn: 'write_off_id',
    takesCash: () => false,
    told: () => ({}),
    after: () => Promise.resolve(),
  }));
}

const kindOf = ({ kind }: PaymentReversal): ReversalKind => kind ?? 'reversal';

function faultOf({ at }: LedgerContext, { currency, time_zone, received_at }: ReversiblePayment, given: PaymentReversal): FieldError | null {
  if (given.currency && given.currency !== currency) return { field: 'currency', value: given.currency, reason: `differs from the currency of the payment, ${currency}` };
  if (!given.reversedAt) return null;
  const reversedAt = momentIn(given.reversedAt, time_zone);
  if (reversedAt > at.getTime()) return { field: 'refunded_at', value: given.reversedAt, reason: 'lies ahead: record it once it has happened' };
  const [reversedOn, receivedOn] = [localDateAt(reversedAt, time_zone), localDateAt(received_at.getTime(), time_zone)];
  return reversedOn < receivedOn ? { field: 'refunded_at', value: given.reversedAt, reason: `is before the payment was received, ${receivedOn}` } : null;
}

interface Taken<Row, Given> {
  row: Row;
  given: Given;
  reason: string | null;
}

interface Reversed<Row, Given> extends Taken<Row, Given> {
  /** Those that are open again. */
  invoiceIds: readonly number[];
  reopenedMinor: number;
}

/** Where what nobody is named for is looked after. */
const queue = 'Collections';

/** What a bank fetches back has to be answered within days, so it is for the next one. */
function taskOf({ at }: LedgerContext, { row, kind, reason, invoiceIds, reopenedMinor }: Omit<Reversed<ReversiblePayment, PaymentReversal>, 'given'> & { kind: ReversalKind }): NewTask[] {
  if (kind === 'reversal' && row.refunded_minor === 0) return [];
  const money = (minor: number): string => `${formatMoney(minor, row.currency)} ${row.currency}`;
  const told = [
    ...(reason === null ? [] : [`Reason: ${reason}.`]),
    reopenedMinor > 0 ? `${money(reopenedMinor)} are open again.` : 'No invoice is open again.',
    ...(row.refunded_minor > 0 ? [`${money(row.refunded_minor)} of the payment had been given back before: that much has gone twice, and no invoice says so.`] : []),
  ];
  return [{
    key: `payment/${row.external_id}/${kind}`, queue, title: kind === 'chargeback' ? `Look into the chargeback of payment ${row.external_id}` : `Payment ${row.external_id} was reversed after a refund`,
    instructions: told.join(' '), customerId: row.customer_id, invoiceId: invoiceIds[0] ?? null, dueOn: addDays(localDateAt(at.getTime(), row.time_zone), 1), at: at.getTime(), priority: 1,
  }];
}

interface ReversalPlan<Row extends Reversible, Given extends Reversal> {
  what: 'payment' | 'write-off';
  read(externalIds: string[]): Promise<Row[]>;
  /** Why one that is not reversed yet is not to be. */
  fault(row: Row, given: Given): FieldError | null;
  mark(rows: readonly Taken<Row, Given>[]): Promise<void>;
  applicationColumn: 'payment_id' | 'write_off_id';
  /** Whether unapplied cash goes with it, which any invoice of the customer may have counted on. */
  takesCash(row: Row): boolean;
  /** What the audit trail says of it besides. */
  told(given: Given): Readonly<Record<string, string>>;
  after(reversed: readonly Reversed<Row, Given>[]): Promise<void>;
}

async function reverse<Row extends Reversible, Given extends Reversal>(trx: Knex.Transaction, context: LedgerContext, reversals: readonly Given[], plan: ReversalPlan<Row, Given>): Promise<RecordResult[]> {
  const ids = [...new Set(reversals.map((reversal) => reversal.externalId))];
  await lockCustomersOf(trx, (await plan.read(ids)).map((row) => row.customer_id));
  const known = new Map((await plan.read(ids)).map((row) => [row.external_id, row]));

  const fresh = new Map<string, Taken<Row, Given>>();
  const results = reversals.map((given, index): RecordResult => {
    const { externalId, reason } = given;
    const row = known.get(externalId);
    if (!row) return refused(index, externalId, 'external_id', externalId, `is not a known ${plan.what}`);
    if (row.reversed_at || fresh.has(externalId)) return { index, externalId, status: 'unchanged' };
    const fault = plan.fault(row, given);
    if (fault) return refused(index, externalId, fault.field, fault.value, fault.reason);
    fresh.set(externalId, { row, given, reason: reason ?? null });
    return { index, externalId, status: 'updated' };
  });
  if (!fresh.size) return results;

  const rows = [...fresh.values()];
  const reopened = await trx<{ id: number; invoice_id: number; amount_minor: number; payment_id: number; write_off_id: number; reversed_at: Date | null }>('applications')
    .whereIn(plan.applicationColumn, rows.map(({ row }) => row.id)).whereNull('reversed_at')
    .update({ reversed_at: context.at }, ['id', 'invoice_id', 'amount_minor', plan.applicationColumn]);
  await plan.mark(rows);
  const reopenedIds = [...new Set(reopened.map(({ invoice_id }) => invoice_id))];

  if (plan.what === 'payment') {
    await trx('charge_applications').whereIn('payment_id', rows.map(({ row }) => row.id)).whereNull('reversed_at').update({ reversed_at: context.at });
    await takeBackDiscounts(trx, context, reopened.map(({ id, invoice_id }) => ({ id, invoiceId: invoice_id })));
  }
  await moveReopened(trx, context, reopenedIds);

  const kind = `${plan.what}.reversed`;
  const reversed = rows.map((taken): Reversed<Row, Given> => {
    const { row } = taken;
    const own = reopened.filter((application) => application[plan.applicationColumn] === row.id);
    return { ...taken, invoiceIds: [...new Set(own.map((application) => application.invoice_id))], reopenedMinor: own.reduce((sum, application) => sum + application.amount_minor, 0) };
  });
  await touchLedger(trx, reversed.flatMap(({ row, invoiceIds }): LedgerChange[] => {
    const change = { customerId: row.customer_id, kind };
    const account: LedgerChange[] = plan.takesCash(row) || invoiceIds.length === 0 ? [{ ...change, invoiceIds: null }] : [];
    return invoiceIds.length ? [{ ...change, invoiceIds: [...invoiceIds] }, ...account] : account;
  }));
  await plan.after(reversed);
  await appendAudit(trx, reversed.map(({ row, given, reason, reopenedMinor }): AuditEntry => ({
    actor: context.actor, action: kind, subjectType: plan.what, subjectId: row.external_id, after: { ...plan.told(given), reason, at: context.at, reopenedMinor },
  })));
  return results;
}
