export type { LedgerContext, RecordResult, RecordStatus } from './context';
export { recordsMax } from './context';
export { touchLedger, type LedgerChange } from './touch';
export { upsertCustomers } from './customers';
export { upsertInvoices } from './invoices';
export { recordPayments, recordCreditNotes, type ReceiptResult } from './receipts';
