import { applyCash, recordCreditNotes, recordPayments, reversePayments, type CashApplication } from '../../db/ledger';
import { findCreditNote, findPayment, listCreditNotes, listPayments } from '../../db/readmodels/money';
import { CreditNoteInput, PaymentInput, type moneyContracts } from '../contracts/money';
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
    const context = await ledgerContext(trx, actor);
    accepted(await reversePayments(trx, body.at === undefined ? context : { ...context, at: new Date(body.at) }, [{ externalId: payment.externalId, reason: body.reason }]));
    return (await findPayment(trx, params)) ?? payment;
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
