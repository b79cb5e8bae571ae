import { applyCash, recordCreditNotes, recordPayments, refundPayments, reversePayments, type CashApplication } from '../../db/ledger';
import { findCreditNote, findPayment, findRefund, listCreditNotes, listPayments, listRefunds } from '../../db/readmodels/money';
import { CreditNoteInput, PaymentInput, RefundInput, type moneyContracts } from '../contracts/money';
import type { Handlers } from '../http/call';
import { notFound } from '../http/problem';
import { accepted, bulk, idsByExternalId, ledgerContext } from './ledgerContext';
import { paged } from './paging';

/** What a bulk of applications could not do refuses the whole: one that is half applied helps nobody. */
function allAccepted(results: Awaited<ReturnType<typeof applyCash>>): void {
  for (const result of results) accepted([result]);
}

const applicationsOf = (kind: CashApplication['source']['kind'], externalId: string, applications: readonly { invoiceExternalId: string; amountMinor: number }[]): CashApplication[] =>
  applications.map((application) => ({ source: { kind, externalId }, ...application }));

export const moneyHandlers: Handlers<typeof moneyContracts> = {
  listPayments: async ({ db, query }) => paged(query, '-receivedAt', 2, (page) => listPayments(db, query, page)),
  getPayment: async ({ db, params }) => {
    const payment = await findPayment(db, params);
    if (!payment) throw notFound('payment', params.id);
    return payment;
  },
  recordPayment: async ({ trx, body, actor }) => {
    accepted(await recordPayments(trx, await ledgerContext(trx, actor), [body]));
    const payment = await findPayment(trx, { externalId: body.externalId });
    if (!payment) throw notFound('payment', body.externalId);
    return payment;
  },
  upsertPayments: async ({ trx, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    return bulk(body.records, PaymentInput, (records) => recordPayments(trx, context, records), (ids) => idsByExternalId(trx, 'payments', ids));
  },
  reversePayment: async ({ trx, params, body, actor }) => {
    const payment = await findPayment(trx, params);
    if (!payment) throw notFound('payment', params.id);
    const results = await reversePayments(trx, await ledgerContext(trx, actor), [{ externalId: payment.externalId, reason: body.reason, kind: body.kind, reversedAt: body.at }]);
    accepted(results.map(({ errors, ...result }) => ({ ...result, errors: errors?.map((error) => (error.field === 'refunded_at' ? { ...error, field: 'at' } : error)) })));
    return (await findPayment(trx, params)) ?? payment;
  },
  refundPayment: async ({ trx, params, body, actor }) => {
    const payment = await findPayment(trx, params);
    if (!payment) throw notFound('payment', params.id);
    accepted(await refundPayments(trx, await ledgerContext(trx, actor), [{ ...body, paymentExternalId: payment.externalId }]));
    const refund = await findRefund(trx, body.externalId);
    if (!refund) throw notFound('refund', body.externalId);
    return refund;
  },
  listRefunds: async ({ db, query }) => paged(query, '-refundedAt', 2, (page) => listRefunds(db, query, page)),
  bulkRefunds: async ({ trx, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    return bulk(body.records, RefundInput, (records) => refundPayments(trx, context, records), (ids) => idsByExternalId(trx, 'refunds', ids));
  },
  applyPayment: async ({ trx, params, body, actor }) => {
    const payment = await findPayment(trx, params);
    if (!payment) throw notFound('payment', params.id);
    allAccepted(await applyCash(trx, await ledgerContext(trx, actor), applicationsOf('payment', payment.externalId, body.applications)));
    return (await findPayment(trx, params)) ?? payment;
  },

  listCreditNotes: async ({ db, query }) => paged(query, '-issuedOn', 2, (page) => listCreditNotes(db, query, page)),
  getCreditNote: async ({ db, params }) => {
    const creditNote = await findCreditNote(db, params);
    if (!creditNote) throw notFound('credit note', params.id);
    return creditNote;
  },
  recordCreditNote: async ({ trx, body, actor }) => {
    accepted(await recordCreditNotes(trx, await ledgerContext(trx, actor), [body]));
    const creditNote = await findCreditNote(trx, { externalId: body.externalId });
    if (!creditNote) throw notFound('credit note', body.externalId);
    return creditNote;
  },
  upsertCreditNotes: async ({ trx, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    return bulk(body.records, CreditNoteInput, (records) => recordCreditNotes(trx, context, records), (ids) => idsByExternalId(trx, 'credit_notes', ids));
  },
  applyCreditNote: async ({ trx, params, body, actor }) => {
    const creditNote = await findCreditNote(trx, params);
    if (!creditNote) throw notFound('credit note', params.id);
    allAccepted(await applyCash(trx, await ledgerContext(trx, actor), applicationsOf('credit-note', creditNote.externalId, body.applications)));
    return (await findCreditNote(trx, params)) ?? creditNote;
  },
};
