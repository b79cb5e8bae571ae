import type { FieldError, FolderKind } from '../ledger/records';
import type { Ledger } from './timeline';

/** What is wrong between the records of a ledger; `index` is the record's position in its kind. */
export interface CrossError extends FieldError {
  kind: FolderKind;
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
  const refuse = (kind: FolderKind, index: number, field: string, value: string | null, reason: string): false => {
    errors.push({ kind, index, field, value, reason });
    return false;
  };
  const once = <R extends Identified>(kind: FolderKind, records: readonly R[]): { record: R; index: number }[] => {
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

  const settles = (kind: FolderKind) => ({ record, index }: { record: { customerExternalId?: string | null; invoiceExternalId?: string | null; currency: string }; index: number }): boolean => {
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
  const creditNotes = once('credit_notes', ledger.creditNotes).filter(settles('credit_notes')).map(({ record }) => record);
  const promises = once('promises', ledger.promises ?? []).filter(settles('promises')).map(({ record }) => record);
  const disputes = once('disputes', ledger.disputes ?? []).filter(settles('disputes')).map(({ record }) => record);
  return { ledger: { ...ledger, customers, invoices, payments, creditNotes, promises, disputes }, errors };
}
