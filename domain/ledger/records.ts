import type { LocalDate } from '../calendar/dates';
import type { CustomValue } from '../collection/facts';
import type { DisputeReason, DisputeResolution } from '../dispute/dispute';
import type { ContactRole } from '../policy/types';
import type { RefundKind } from './reversal';

/**
 * What comes into the ledger, from a file or a caller. In an upsert a field that is absent keeps its value (or takes its
 * default in a new record), and null empties it.
 */
export interface CustomerRecord {
  externalId: string;
  name: string;
  timeZone?: string | null;
  country?: string | null;
  region?: string | null;
  language?: string | null;
  businessUnit?: string | null;
  termsDays?: number | null;
  tier?: string | null;
  doNotContact?: boolean;
  /** Days after the due date before overdue steps count; null: as the policy says. */
  graceDays?: number | null;
  /** How much the customer may owe in all in that currency; null: no limit. */
  creditLimitMinor?: number | null;
  creditLimitCurrency?: string | null;
  /** Of the user whose account it is; null: nobody's. */
  ownerEmail?: string | null;
  custom?: Readonly<Record<string, CustomValue>>;
  /** Replaces the customer's contacts: all of them, or those of `contactRoles` when that is given. */
  contacts?: readonly ContactRecord[];
  contactRoles?: readonly ContactRole[];
}

export interface ContactRecord {
  role: ContactRole;
  name?: string | null;
  email: string;
  phone?: string | null;
}

export type DocumentState = 'draft' | 'issued' | 'void';

export interface InvoiceRecord {
  externalId: string;
  customerExternalId: string;
  /** The external id unless given. */
  number?: string | null;
  issuedOn: LocalDate;
  /** Not before the issue date. */
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  type?: string | null;
  businessUnit?: string | null;
  documentState?: DocumentState;
  /** Days of grace of this invoice alone; null: as its customer or the policy says. */
  graceDays?: number | null;
  custom?: Readonly<Record<string, CustomValue>>;
  lines?: readonly InvoiceLineRecord[];
}

export interface InvoiceLineRecord {
  description: string;
  quantity?: number;
  amountMinor: number;
}

export interface PaymentRecord {
  externalId: string;
  /** May be left out where an invoice is named. */
  customerExternalId?: string | null;
  /** null: on account, all of it unapplied. */
  invoiceExternalId?: string | null;
  /** `YYYY-MM-DD`, which means the start of that day in the customer's zone, or an ISO instant with its offset. */
  receivedAt: string;
  currency: string;
  amountMinor: number;
  method?: string | null;
}

export interface CreditNoteRecord {
  externalId: string;
  customerExternalId?: string | null;
  invoiceExternalId?: string | null;
  issuedOn: LocalDate;
  currency: string;
  amountMinor: number;
  reason?: string | null;
}

/** Money of a payment that goes back to who paid. */
export interface RefundRecord {
  externalId: string;
  paymentExternalId: string;
  /** `YYYY-MM-DD`, which means the start of that day in the customer's zone, or an ISO instant with its offset; null: now. */
  refundedAt?: string | null;
  /** The payment's. */
  currency?: string | null;
  /** null: all that is left of the payment. */
  amountMinor?: number | null;
  reason?: string | null;
}

/** A row of a file of refunds, which tells of reversals and chargebacks too: those are of all that is left of a payment. */
export interface FiledRefund extends RefundRecord {
  kind: RefundKind;
  refundedAt: string;
  currency: string;
}

/** A promise to pay one invoice, as a ledger brought over from elsewhere tells of it. What is more than open and undisputed then is left out. */
export interface PromiseRecord {
  externalId: string;
  invoiceExternalId: string;
  /** `YYYY-MM-DD`, which means the start of that day in the customer's zone, or an ISO instant with its offset. */
  madeAt: string;
  promisedOn: LocalDate;
  currency: string;
  amountMinor: number;
}

/** A dispute of one invoice, with how it ended if it has. */
export interface DisputeRecord {
  externalId: string;
  invoiceExternalId: string;
  openedAt: string;
  currency: string;
  /** null: all that is open. What is more than that is left out. */
  amountMinor: number | null;
  reason: DisputeReason;
  resolved: { at: string; resolution: DisputeResolution } | null;
}

export type LedgerKind = 'customers' | 'invoices' | 'payments' | 'credit_notes';

export interface LedgerRecords {
  customers: CustomerRecord;
  invoices: InvoiceRecord;
  payments: PaymentRecord;
  credit_notes: CreditNoteRecord;
}

/** What customers said, in files of their own: read one by one, as each is for what the one before has left. */
export type ClaimKind = 'promises' | 'disputes';
/** The files of a ledger, by which imports and simulations go. */
export type FileKind = LedgerKind | ClaimKind | 'refunds';

export interface FileRecords extends LedgerRecords {
  promises: PromiseRecord;
  disputes: DisputeRecord;
  refunds: FiledRefund;
}

/** Why a record, or one field of it, was refused. */
export interface FieldError {
  field: string;
  value: string | null;
  reason: string;
}
