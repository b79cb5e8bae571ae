import { localDateAt, momentIn } from '../calendar/zones';
import type { FieldError, FiledRefund, FileKind, PaymentRecord } from '../ledger/records';
import { defaultTimeZone, type Ledger } from './timeline';

/** What is wrong between the records of a ledger; `index` is the record's position in its kind. */
export interface CrossError extends FieldError {
  kind: FileKind;
  index: number;
}

interface Identified {
  externalId: string;
}

/**
 * Checks what no single row can tell: ids that are there twice, and references to customers and invoices that are not. A record repeated word for word has no effect, as
 * in the running system. Answers with the records that stand, and the errors of those that do not.
 */
export function crossCheck(ledger: Ledger): { ledger: Ledger; errors: CrossError[] } {
  const errors: CrossError[] = [];
  const refuse = (kind: FileKind, index: number, field: string, value: string | null, reason: string): false => {
    errors.push({ kind, index, field, value, reason });
    return false;
  };
  const once = <R extends Identified>(kind: FileKind, records: readonly R[]): { record: R; index: number }[] => {
    const seen = new Map<string, R>();
    return records.flatMap((record, index) => {
      const earlier = seen.get(record.externalId);
      if (!earlier) {
        seen.set(record.externalId, record);
        return [{ record, index }];
      }
      if (JSON.stringify(earlier) !== JSON.stringify(record)) refuse(kind, index, 'external_id', record.externalId, 'is there twice, with other content');
      return [];
    });
  };

  const customers = once('customers', ledger.customers).map(({ record }) => record);
  const knownCustomers = new Set(customers.map(({ externalId }) => externalId));
  const invoices = once('invoices', ledger.invoices)
    .filter(({ record, index }) => knownCustomers.has(record.customerExternalId) || refuse('invoices', index, 'customer_external_id', record.customerExternalId, 'is not a known customer'))
    .map(({ record }) => record);
  const invoicesById = new Map(invoices.map((invoice) => [invoice.externalId, invoice]));

  const settles = (kind: FileKind) => ({ record, index }: { record: { customerExternalId?: string | null; invoiceExternalId?: string | null; currency: string }; index: number }): boolean => {
    const { customerExternalId, invoiceExternalId, currency } = record;
    if (customerExternalId && !knownCustomers.has(customerExternalId)) return refuse(kind, index, 'customer_external_id', customerExternalId, 'is not a known customer');
    if (!invoiceExternalId) return Boolean(customerExternalId) || refuse(kind, index, 'customer_external_id', null, 'is needed where no invoice is named');
    const invoice = invoicesById.get(invoiceExternalId);
    if (!invoice) return refuse(kind, index, 'invoice_external_id', invoiceExternalId, 'is not a known invoice');
    if (customerExternalId && invoice.customerExternalId !== customerExternalId) return refuse(kind, index, 'invoice_external_id', invoiceExternalId, 'belongs to another customer');
    if (invoice.currency !== currency) return refuse(kind, index, 'currency', currency, `differs from the currency of the invoice, ${invoice.currency}`);
    return true;
  };
  const payments = once('payments', ledger.payments).filter(settles('payments')).map(({ record }) => record);
  const zones = new Map(customers.map(({ externalId, timeZone }) => [externalId, timeZone ?? defaultTimeZone]));
  const zoneOf = ({ customerExternalId, invoiceExternalId }: PaymentRecord): string => zones.get(customerExternalId ?? invoicesById.get(invoiceExternalId ?? '')?.customerExternalId ?? '') ?? defaultTimeZone;
  const leftOfPayments = new LeftOfPayments(payments, zoneOf);
  const creditNotes = once('credit_notes', ledger.creditNotes).filter(settles('credit_notes')).map(({ record }) => record);
  const refunds = once('refunds', ledger.refunds ?? []).filter(({ record, index }) => {
    const fault = leftOfPayments.judge(record);
    return fault === null || refuse('refunds', index, fault.field, fault.value, fault.reason);
  }).map(({ record }) => record);
  const promises = once('promises', ledger.promises ?? []).filter(settles('promises')).map(({ record }) => record);
  const disputes = once('disputes', ledger.disputes ?? []).filter(settles('disputes')).map(({ record }) => record);
  return { ledger: { ...ledger, customers, invoices, payments, creditNotes, refunds, promises, disputes }, errors };
}

/** What is left of payments while refunds and reversals are gone through, in the order of their file. */
class LeftOfPayments {
  private readonly payments: Map<string, { payment: PaymentRecord; leftMinor: number; reversed: boolean; last: FiledRefund | null }>;

  constructor(payments: readonly PaymentRecord[], private readonly zoneOf: (payment: PaymentRecord) => string) {
    this.payments = new Map(payments.map((payment) => [payment.externalId, { payment, leftMinor: payment.amountMinor, reversed: false, last: null }]));
  }

  /** Null when the ledger takes it, which then has been done. */
  judge(refund: FiledRefund): FieldError | null {
    const known = this.payments.get(refund.paymentExternalId);
    if (!known) return { field: 'payment_external_id', value: refund.paymentExternalId, reason: 'is not a known payment' };
    const { payment, leftMinor, reversed, last } = known;
    if (refund.currency !== payment.currency) return { field: 'currency', value: refund.currency, reason: `differs from the currency of the payment, ${payment.currency}` };
    if (reversed) return { field: 'payment_external_id', value: payment.externalId, reason: 'is reversed: nothing of it is left to give back' };
    const zone = this.zoneOf(payment);
    const at = (moment: string): number => momentIn(moment, zone);
    if (localDateAt(at(refund.refundedAt), zone) < localDateAt(at(payment.receivedAt), zone)) return { field: 'refunded_at', value: refund.refundedAt, reason: `is before the payment was received, ${payment.receivedAt}` };
    if (last && at(refund.refundedAt) < at(last.refundedAt)) return { field: 'refunded_at', value: refund.refundedAt, reason: `is before the row above it of the same payment, ${last.refundedAt}: put them in the order in which they happened` };
    const takenMinor = refund.kind === 'refund' ? refund.amountMinor ?? leftMinor : leftMinor;
    if (refund.kind === 'refund' && leftMinor === 0) return { field: 'payment_external_id', value: payment.externalId, reason: 'has been given back in full' };
    if (takenMinor > leftMinor) return { field: 'amount', value: String(takenMinor), reason: `is more than what is left of the payment, ${leftMinor} minor units` };
    Object.assign(known, { leftMinor: leftMinor - takenMinor, reversed: refund.kind !== 'refund', last: refund });
    return null;
  }
}
