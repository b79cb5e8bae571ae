import { listOffers, offerDiscounts, withdrawOffer, type OfferRow } from '../../db/discounts';
import { appendAudit } from '../../db/audit';
import { lockCustomersOf } from '../../db/ledger';
import { discountUptake } from '../../db/readmodels/discountUptake';
import { findInvoice } from '../../db/readmodels/invoices';
import { parseRate } from '../../domain/charges/interest';
import { describeDiscount } from '../../domain/discount/discount';
import { worthOf } from '../../domain/discount/uptake';
import { formatMoney } from '../../domain/money/money';
import type { discountContracts } from '../contracts/discounts';
import type { Handlers } from '../http/call';
import { conflict, notFound } from '../http/problem';
import { now } from './ledgerContext';

export const discountHandlers: Handlers<typeof discountContracts> = {
  // Few rows: one page holds them all.
  listDiscountUptake: async ({ db, query }) => ({ items: (await discountUptake(db, query)).map((row) => ({ ...row, ...worthOf(row) })), next: null }),
  listDiscountOffers: async ({ db, params }) => {
    if (!(await findInvoice(db, params.id))) throw notFound('invoice', params.id);
    const at = await now(db);
    return { items: (await listOffers(db, params.id)).map((offer) => answer(offer, at)) };
  },
  offerDiscount: async ({ trx, params, body, actor }) => {
    const invoice = await findInvoice(trx, params.id);
    if (!invoice) throw notFound('invoice', params.id);
    await lockCustomersOf(trx, [invoice.customerId]);
    const at = await now(trx);
    const { terms, forDays } = body;
    const rule = terms.kind === 'percent' ? { kind: terms.kind, rate: parseRate(terms.percent) ?? 0 } : { ...terms, currency: invoice.currency };
    const key = `person/${invoice.externalId}/${at.toISOString()}`;
    const made = await offerDiscounts(trx, [{ key, invoiceId: params.id, source: 'person', sourceName: actor.name, rule, forDays }], at);
    if (made.length === 0) throw conflict('Nothing is open on this invoice, or the discount comes to nothing.');
    await appendAudit(trx, [{ actor, action: 'discount.offered', subjectType: 'invoice', subjectId: invoice.externalId, after: { rule, forDays } }]);
    return { items: (await listOffers(trx, params.id)).filter((offer) => offer.key === key).map((offer) => answer(offer, at)) };
  },
  withdrawDiscount: async ({ trx, params, body, actor }) => {
    const { rows: [offer] } = await trx.raw<{ rows: { customer_id: number; invoice: string; key: string }[] }>('SELECT o.customer_id, i.external_id AS invoice, o.key FROM discount_offers o JOIN invoices i ON i.id = o.invoice_id WHERE o.id = ?', [params.id]);
    if (!offer) throw notFound('discount offer', params.id);
    await lockCustomersOf(trx, [offer.customer_id]);
    if (!(await withdrawOffer(trx, params.id, actor.name, body.reason, await now(trx)))) throw conflict('The offer has been met by a payment, or is withdrawn already.');
    await appendAudit(trx, [{ actor, action: 'discount.withdrawn', subjectType: 'invoice', subjectId: offer.invoice, after: { offer: offer.key, reason: body.reason } }]);
  },
};

function answer({ key: _key, rule, expiresAt, withdrawnAt, ...offer }: OfferRow, at: Date) {
  const state = offer.honouredMinor !== null ? 'honoured' as const : withdrawnAt ? 'withdrawn' as const : expiresAt <= at ? 'expired' as const : 'open' as const;
  return { ...offer, terms: describeDiscount(rule, formatMoney), state };
}
