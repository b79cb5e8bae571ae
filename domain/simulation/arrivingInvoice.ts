import { noControl, type InvoiceFacts } from '../collection/facts';
import type { InvoiceRecord } from '../ledger/records';

/** The facts of an invoice on the day on which it is issued. Every field is written out, claims too: an object spread in makes each of tens of thousands several times as large while it is built. */
export function arrivingInvoice(record: InvoiceRecord, graceDaysOfCustomer: number | null): InvoiceFacts {
  return {
    id: record.externalId,
    externalId: record.externalId,
    issuedOn: record.issuedOn,
    dueOn: record.dueOn,
    currency: record.currency,
    totalMinor: record.totalMinor,
    openMinor: record.totalMinor,
    promisedMinor: 0,
    promisedUntil: null,
    disputedMinor: 0,
    claimsDueAt: null,
    creditMinor: 0,
    customerBalanceMinor: 0,
    graceDays: record.graceDays ?? graceDaysOfCustomer,
    documentState: record.documentState ?? 'issued',
    type: record.type ?? 'standard',
    businessUnit: record.businessUnit ?? null,
    custom: record.custom ?? {},
    control: noControl,
    progress: [],
    holds: [],
  };
}
