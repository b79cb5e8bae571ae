import type { FileKind } from './records';

/** The columns of each file of a ledger. */
export const ledgerFields = {
  customers: [
    'external_id', 'name', 'email', 'contact_name', 'phone', 'escalation_email', 'leadership_email', 'time_zone', 'country', 'region', 'language',
    'business_unit', 'terms_days', 'tier', 'do_not_contact', 'grace_days', 'credit_limit', 'credit_limit_currency', 'owner_email',
  ],
  invoices: ['external_id', 'customer_external_id', 'number', 'issued_on', 'due_on', 'currency', 'total', 'type', 'business_unit', 'document_state', 'grace_days'],
  payments: ['external_id', 'customer_external_id', 'invoice_external_id', 'received_at', 'currency', 'amount', 'method'],
  credit_notes: ['external_id', 'customer_external_id', 'invoice_external_id', 'issued_on', 'currency', 'amount', 'reason'],
  refunds: ['external_id', 'payment_external_id', 'kind', 'refunded_at', 'currency', 'amount', 'reason'],
  promises: ['external_id', 'invoice_external_id', 'made_at', 'promised_on', 'currency', 'amount'],
  disputes: ['external_id', 'invoice_external_id', 'opened_at', 'currency', 'amount', 'reason', 'resolution', 'credit', 'resolved_at'],
} as const satisfies Record<FileKind, readonly string[]>;

/** The columns that a file cannot do without; a mapping may give them as constants. */
export const requiredFields: Record<FileKind, readonly string[]> = {
  customers: ['external_id', 'name'],
  invoices: ['external_id', 'customer_external_id', 'issued_on', 'due_on', 'currency', 'total'],
  payments: ['external_id', 'received_at', 'currency', 'amount'],
  credit_notes: ['external_id', 'issued_on', 'currency', 'amount'],
  refunds: ['external_id', 'payment_external_id', 'refunded_at', 'currency'],
  promises: ['external_id', 'invoice_external_id', 'made_at', 'promised_on', 'currency', 'amount'],
  disputes: ['external_id', 'invoice_external_id', 'opened_at', 'currency', 'reason'],
};

/** Whether columns that are no field become custom fields. */
export const takesCustomFields: Record<FileKind, boolean> = { customers: true, invoices: true, payments: false, credit_notes: false, refunds: false, promises: false, disputes: false };
