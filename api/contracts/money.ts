import { z } from 'zod';
import { reversalKinds } from '../../domain/ledger/reversal';
import { contract, ledgerWriters, readers } from './contract';
import { BulkResult, Currency, ExternalId, Flag, Id, Instant, LocalDate, Minor, PositiveMinor, QueryId, Text, bulkRecordsMax, idParams, page, pageQuery } from './values';

const Applied = z.object({ invoiceId: Id, invoiceExternalId: z.string(), invoiceNumber: z.string(), amountMinor: Minor, appliedAt: Instant, reversedAt: Instant.nullable() }).meta({ id: 'AppliedTo' });
const source = { id: Id, externalId: z.string(), customerId: Id, customerName: z.string(), currency: z.string(), amountMinor: Minor, appliedMinor: Minor, unappliedMinor: Minor };
const ReversalKind = z.enum(reversalKinds).meta({ id: 'ReversalKind' });
const paymentFields = {
  ...source, refundedMinor: Minor.describe('What has gone back to who paid'), receivedAt: Instant, method: z.string().nullable(), reversedAt: Instant.nullable(), reversalKind: ReversalKind.nullable(), reversalReason: z.string().nullable(),
};
export const Refund = z.object({
  id: Id, externalId: z.string(), paymentId: Id, paymentExternalId: z.string(), customerId: Id, customerName: z.string(), currency: z.string(), amountMinor: Minor,
  reopenedMinor: Minor.describe('How much of it is owed again, on invoices and on charges'), reason: z.string().nullable(), refundedAt: Instant, recordedAt: Instant,
}).meta({ id: 'Refund' });
const creditNoteFields = { ...source, issuedOn: LocalDate, reason: z.string().nullable() };
export const PaymentListItem = z.object(paymentFields).meta({ id: 'PaymentListItem' });
export const Payment = z.object({ ...paymentFields, applications: z.array(Applied), refunds: z.array(Refund) }).meta({ id: 'Payment' });
export const CreditNoteListItem = z.object(creditNoteFields).meta({ id: 'CreditNoteListItem' });
export const CreditNote = z.object({ ...creditNoteFields, applications: z.array(Applied) }).meta({ id: 'CreditNote' });

const where = {
  customerExternalId: ExternalId.nullable().optional().describe('May be left out where an invoice is named'),
  invoiceExternalId: ExternalId.nullable().optional().describe('The invoice that it settles, as far as it goes; without one all of it stays unapplied'),
  currency: Currency, amountMinor: PositiveMinor,
};
export const PaymentInput = z.strictObject({
  externalId: ExternalId, ...where, receivedAt: z.union([Instant, LocalDate]).describe("A date alone means the start of that day in the customer's zone"), method: Text.nullable().optional(),
}).meta({ id: 'PaymentInput' });
export const CreditNoteInput = z.strictObject({ externalId: ExternalId, ...where, issuedOn: LocalDate, reason: Text.nullable().optional() }).meta({ id: 'CreditNoteInput' });
const refundFields = {
  externalId: ExternalId, amountMinor: PositiveMinor.optional().describe('Left out: all that is left of the payment'), refundedAt: z.union([Instant, LocalDate]).optional().describe("Left out: now. A date alone means the start of that day in the customer's zone"),
  reason: Text.nullable().optional(),
};
export const RefundInput = z.strictObject({ paymentExternalId: ExternalId, ...refundFields, currency: Currency.optional().describe("The payment's; another is refused") }).meta({ id: 'RefundInput' });
const records = (name: string) => z.strictObject({ records: z.array(z.unknown()).min(1).max(bulkRecordsMax).meta({ items: { $ref: `#/components/schemas/${name}` } }) });
const Apply = z.strictObject({ applications: z.array(z.strictObject({ invoiceExternalId: ExternalId, amountMinor: PositiveMinor })).min(1).max(1000) }).meta({ id: 'ApplyInput' });

const listQuery = { customerId: QueryId.optional(), currency: z.string().length(3).optional(), externalId: z.string().max(200).optional(), unapplied: Flag.optional(), ...pageQuery };
const payments = { tag: 'Payments' } as const;
const refunds = { tag: 'Refunds' } as const;
const credits = { tag: 'Credit notes' } as const;

export const moneyContracts = {
  listPayments: contract({
    ...payments, id: 'listPayments', method: 'get', path: '/payments', summary: 'Payments, newest first', access: readers,
    query: z.object({ ...listQuery, reversed: Flag.optional(), receivedFrom: LocalDate.optional(), receivedTo: LocalDate.optional() }), status: 200, answer: page('PaymentPage', PaymentListItem),
  }),
  getPayment: contract({ ...payments, id: 'getPayment', method: 'get', path: '/payments/{id}', summary: 'One payment', access: readers, params: idParams, status: 200, answer: Payment, problems: [404] }),
  recordPayment: contract({
    ...payments, id: 'recordPayment', method: 'post', path: '/payments', summary: 'Record a payment', description: 'A payment with an external id that is known already changes nothing and answers with the payment as it is.',
    access: ledgerWriters, body: PaymentInput, status: 201, answer: Payment, problems: [409, 422],
  }),
  upsertPayments: contract({ ...payments, id: 'upsertPayments', method: 'post', path: '/payments/bulk', summary: 'Record up to 1,000 payments', access: ledgerWriters, body: records('PaymentInput'), status: 200, answer: BulkResult }),
  reversePayment: contract({
    ...payments, id: 'reversePayment', method: 'post', path: '/payments/{id}/reverse', summary: 'Reverse a payment: what it paid is open again', access: ledgerWriters, params: idParams,
    description: 'A chargeback is a reversal that the payer had the bank make; it raises a task for a person. Of a payment that is reversed already nothing changes.',
    body: z.strictObject({ reason: Text, kind: ReversalKind.optional().describe('A reversal unless given'), at: Instant.optional().describe('When the bank did it, not before the payment was received and not ahead. What it opens is open from when it is recorded') }), status: 200, answer: Payment, problems: [404, 422],
  }),
  refundPayment: contract({
    ...refunds, id: 'refundPayment', method: 'post', path: '/payments/{id}/refunds', summary: 'Give a payment back, or a part of it',
    description: 'Unapplied cash goes first, which reopens nothing; then what was applied last is taken back, and is open again. The same external id again changes nothing and answers with the refund as it is.',
    access: ledgerWriters, params: idParams, body: z.strictObject(refundFields).meta({ id: 'PaymentRefundInput' }), status: 201, answer: Refund, problems: [404, 422],
  }),
  listRefunds: contract({
    ...refunds, id: 'listRefunds', method: 'get', path: '/refunds', summary: 'Refunds, newest first', access: readers,
    query: z.object({ customerId: QueryId.optional(), paymentId: QueryId.optional(), currency: z.string().length(3).optional(), externalId: z.string().max(200).optional(), refundedFrom: LocalDate.optional(), refundedTo: LocalDate.optional(), ...pageQuery }),
    status: 200, answer: page('RefundPage', Refund),
  }),
  bulkRefunds: contract({ ...refunds, id: 'bulkRefunds', method: 'post', path: '/refunds/bulk', summary: 'Record up to 1,000 refunds, in the order given', access: ledgerWriters, body: records('RefundInput'), status: 200, answer: BulkResult }),
  applyPayment: contract({ ...payments, id: 'applyPayment', method: 'post', path: '/payments/{id}/apply', summary: 'Apply what is left of a payment', access: ledgerWriters, params: idParams, body: Apply, status: 200, answer: Payment, problems: [404, 422] }),
  listCreditNotes: contract({ ...credits, id: 'listCreditNotes', method: 'get', path: '/credit-notes', summary: 'Credit notes, newest first', access: readers, query: z.object(listQuery), status: 200, answer: page('CreditNotePage', CreditNoteListItem) }),
  getCreditNote: contract({ ...credits, id: 'getCreditNote', method: 'get', path: '/credit-notes/{id}', summary: 'One credit note', access: readers, params: idParams, status: 200, answer: CreditNote, problems: [404] }),
  recordCreditNote: contract({ ...credits, id: 'recordCreditNote', method: 'post', path: '/credit-notes', summary: 'Record a credit note', access: ledgerWriters, body: CreditNoteInput, status: 201, answer: CreditNote, problems: [409, 422] }),
  upsertCreditNotes: contract({ ...credits, id: 'upsertCreditNotes', method: 'post', path: '/credit-notes/bulk', summary: 'Record up to 1,000 credit notes', access: ledgerWriters, body: records('CreditNoteInput'), status: 200, answer: BulkResult }),
  applyCreditNote: contract({ ...credits, id: 'applyCreditNote', method: 'post', path: '/credit-notes/{id}/apply', summary: 'Apply what is left of a credit note', access: ledgerWriters, params: idParams, body: Apply, status: 200, answer: CreditNote, problems: [404, 422] }),
};
