import { dayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { momentIn, startOfDay } from '../calendar/zones';
import type { CreditNoteRecord, CustomerRecord, DisputeRecord, FiledRefund, InvoiceRecord, PaymentRecord, PromiseRecord } from '../ledger/records';

/** A whole ledger as records, as it is read from files. */
export interface Ledger {
  customers: readonly CustomerRecord[];
  invoices: readonly InvoiceRecord[];
  payments: readonly PaymentRecord[];
  creditNotes: readonly CreditNoteRecord[];
  /** Of one payment in the order in which they happened. */
  refunds?: readonly FiledRefund[];
  promises?: readonly PromiseRecord[];
  disputes?: readonly DisputeRecord[];
}

/** Something that happens to a customer's ledger at an instant. */
export type LedgerEvent = { at: InstantMs; customer: string } & LedgerHappening;
export type LedgerHappening =
  | { kind: 'invoice'; invoice: InvoiceRecord }
  | { kind: 'credit-note'; creditNote: CreditNoteRecord }
  | { kind: 'payment'; payment: PaymentRecord }
  | { kind: 'refund'; refund: FiledRefund }
  | { kind: 'promise'; promise: PromiseRecord }
  | { kind: 'dispute'; dispute: DisputeRecord }
  | { kind: 'dispute-resolved'; dispute: DisputeRecord };

export class LedgerError extends Error {
  override name = 'LedgerError';
}

export const defaultTimeZone = 'UTC';

/**
 * What happens to a ledger, customer by customer and in order: invoices on the day they are issued, payments when they are received, credit
 * notes on the day they are issued, refunds and reversals when the money went, each in the customer's zone. What lies before the start of `from` happens at that start, as when a ledger is
 * brought over on that day; what settles an invoice never comes before the invoice, and no refund before its payment. At one instant invoices come first, then credit notes, what disputes and
 * promises there are, and payments, so that a payment dated the day of a promise keeps it; what goes back of payments comes last.
 */
export function ledgerTimeline(ledger: Ledger, from: LocalDate): Map<string, LedgerEvent[]> {
  const zones = new Map(ledger.customers.map((customer) => [customer.externalId, customer.timeZone ?? defaultTimeZone]));
  const fromDay = dayNumber(from);
  const timelines = new Map<string, LedgerEvent[]>();
  const issued = new Map<string, { customer: string; at: InstantMs }>();
  const received = new Map<string, { customer: string; at: InstantMs }>();

  const place = (customer: string, at: (zone: string) => InstantMs, notBefore: InstantMs, happening: LedgerHappening): InstantMs => {
    const zone = zones.get(customer);
    if (zone === undefined) throw new LedgerError(`${happening.kind} of an unknown customer "${customer}"`);
    const instant = Math.max(at(zone), startOfDay(fromDay, zone), notBefore);
    const timeline = timelines.get(customer);
    const event: LedgerEvent = { at: instant, customer, ...happening };
    if (timeline) timeline.push(event);
    else timelines.set(customer, [event]);
    return instant;
  };
  const settling = (kind: string, record: { externalId: string; customerExternalId?: string | null; invoiceExternalId?: string | null }): { customer: string; notBefore: InstantMs } => {
    if (!record.invoiceExternalId) {
      if (!record.customerExternalId) throw new LedgerError(`${kind} "${record.externalId}" names neither a customer nor an invoice`);
      return { customer: record.customerExternalId, notBefore: -Infinity };
    }
    const invoice = issued.get(record.invoiceExternalId);
    if (!invoice) throw new LedgerError(`${kind} "${record.externalId}" is for an unknown invoice "${record.invoiceExternalId}"`);
    return { customer: invoice.customer, notBefore: invoice.at };
  };

  for (const invoice of ledger.invoices) {
    const customer = invoice.customerExternalId;
    const at = place(customer, (zone) => startOfDay(dayNumber(invoice.issuedOn), zone), -Infinity, { kind: 'invoice', invoice });
    issued.set(invoice.externalId, { customer, at });
  }
  for (const creditNote of ledger.creditNotes) {
    const { customer, notBefore } = settling('credit note', creditNote);
    place(customer, (zone) => startOfDay(dayNumber(creditNote.issuedOn), zone), notBefore, { kind: 'credit-note', creditNote });
  }
  for (const payment of ledger.payments) {
    const { customer, notBefore } = settling('payment', payment);
    const at = place(customer, (zone) => momentIn(payment.receivedAt, zone), notBefore, { kind: 'payment', payment });
    received.set(payment.externalId, { customer, at });
  }
  for (const refund of ledger.refunds ?? []) {
    const payment = received.get(refund.paymentExternalId);
    if (!payment) throw new LedgerError(`${refund.kind} "${refund.externalId}" is of an unknown payment "${refund.paymentExternalId}"`);
    place(payment.customer, (zone) => momentIn(refund.refundedAt, zone), payment.at, { kind: 'refund', refund });
  }
  for (const promise of ledger.promises ?? []) {
    const { customer, notBefore } = settling('promise', promise);
    place(customer, (zone) => momentIn(promise.madeAt, zone), notBefore, { kind: 'promise', promise });
  }
  for (const dispute of ledger.disputes ?? []) {
    const { customer, notBefore } = settling('dispute', dispute);
    const openedAt = place(customer, (zone) => momentIn(dispute.openedAt, zone), notBefore, { kind: 'dispute', dispute });
    const { resolved } = dispute;
    if (resolved) place(customer, (zone) => momentIn(resolved.at, zone), openedAt, { kind: 'dispute-resolved', dispute });
  }
  // Stable: within an instant and a kind the order of the file stays.
  for (const timeline of timelines.values()) timeline.sort((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind]);
  return timelines;
}

const rank: Record<LedgerEvent['kind'], number> = { invoice: 0, 'credit-note': 1, dispute: 2, 'dispute-resolved': 3, promise: 4, payment: 5, refund: 6 };
