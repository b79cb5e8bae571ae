import { z } from 'zod';
import { contract, creditManagers, readers } from './contract';
import { Id, Instant, LocalDate, Minor, PositiveMinor, Text, idParams, page, pageQuery } from './values';

const percent = z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, 'must be a percentage below 100 with a point and at most four decimals, such as "2.5"');

export const DiscountOffer = z.object({
  id: Id, invoiceId: Id, source: z.enum(['policy', 'campaign', 'automation', 'person']), sourceName: z.string(), terms: z.string().describe('In words'), currency: z.string(), baseMinor: Minor.describe('What was open when it was offered'),
  discountMinor: Minor.describe('What is taken off of that'), lastDay: LocalDate.describe('A payment received on it meets the offer still'), offeredAt: Instant,
  state: z.enum(['open', 'honoured', 'expired', 'withdrawn']), honouredMinor: Minor.nullable().describe('What has been taken off: a part of it while a part of the invoice is disputed'), honouredAt: Instant.nullable(),
  toEarn: z.object({ discountMinor: Minor, payMinor: Minor }).nullable().describe('What can still be earned: so much is taken off if so much, which is all that is open and undisputed less that, is received in time'),
}).meta({ id: 'DiscountOffer' });
const DiscountOffers = z.object({ items: z.array(DiscountOffer) }).meta({ id: 'DiscountOffers' });

const terms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: percent.describe('Of what is open') }),
  z.strictObject({ kind: z.literal('fixed'), amountMinor: PositiveMinor }),
]);

export const DiscountUptake = z.object({
  source: z.enum(['policy', 'campaign', 'person']), sourceName: z.string().describe('The step, the campaign or the person that offered them'), currency: z.string(), offers: z.int(), offeredOnMinor: Minor.describe('What was open on the invoices when it was offered'),
  open: z.int(), taken: z.int(), lost: z.int().describe('Their time was over before a payment met them'), withdrawn: z.int().describe('Taken back, or another offer on the invoice was taken'),
  takenMinor: Minor.describe('What was taken off'), receivedMinor: Minor.describe('What was paid on the invoices whose offers were taken'),
  takenDays: z.number().nullable().describe('From the due date to the last payment, weighted by amount; below zero is early'), lostDays: z.number().nullable().describe('The same of offers that were not taken, whose invoices were paid'),
  daysGained: z.number().nullable(), comparedWith: z.enum(['not-taken', 'due-date']).nullable(), yearlyCostPercent: z.number().nullable().describe('takenMinor / receivedMinor × 365 / daysGained'),
}).meta({ id: 'DiscountUptake' });

export const discountContracts = {
  listDiscountUptake: contract({
    id: 'listDiscountUptake', method: 'get', path: '/discounts/uptake', tag: 'Discounts', summary: 'What became of discounts: offered, taken, lost, what they cost and the days they gained', access: readers,
    query: z.object({ from: LocalDate.optional().describe('The first day of offers'), to: LocalDate.optional().describe('The last day of offers'), ...pageQuery }), status: 200, answer: page('DiscountUptakePage', DiscountUptake),
  }),
  listDiscountOffers: contract({ id: 'listDiscountOffers', method: 'get', path: '/invoices/{id}/discounts', tag: 'Discounts', summary: 'Discounts offered on an invoice', access: readers, params: idParams, status: 200, answer: DiscountOffers, problems: [404] }),
  offerDiscount: contract({
    id: 'offerDiscount', method: 'post', path: '/invoices/{id}/discounts', tag: 'Discounts', summary: 'Offer a discount for paying early', access: creditManagers, params: idParams,
    description: 'When payments received until the end of the last day, where the customer is, come to what is asked for less the discount, the ledger takes the rest off. A payment that is reversed takes the discount back with it.',
    body: z.strictObject({ terms, forDays: z.int().min(0).max(365) }), status: 201, answer: DiscountOffers, problems: [404, 409],
  }),
  withdrawDiscount: contract({ id: 'withdrawDiscount', method: 'post', path: '/discounts/{id}/withdraw', tag: 'Discounts', summary: 'Withdraw an offer that no payment has met', access: creditManagers, params: idParams, body: z.strictObject({ reason: Text }), status: 204, problems: [404, 409] }),
};
